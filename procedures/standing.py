"""Where a dossier stands, for the people who ask: who it waits for, and what comes next."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from workflows import service
from workflows.authority import HOLDER, Desk
from workflows.diagram import main_path
from workflows.models import Delegation, Event, Holding, Post, in_force
from workflows.states import State, acts_of

from .models import Dossier
from .models.ways import Asking


def people_at(desk: Desk) -> list[Holding]:
    """Who sits at a desk today: holders of its posts, then those a paper put beside them; at a desk
    of one person, he while he is in his post."""
    if isinstance(desk.owner, Holding):
        return list(Holding.objects.filter(in_force(), pk=desk.owner.pk).select_related("user"))
    posts = _posts_of(desk)
    _role, _dot, field = desk.code.partition(".")
    helpers = Delegation.objects.filter(in_force(), principal__in=posts, field__in=("", field))
    sitting = Holding.objects.filter(
        in_force(), Q(post__in=posts) | Q(post__in=helpers.values("delegate"))
    ).select_related("user", "post")
    own = set(posts.values_list("pk", flat=True))
    return sorted(sitting, key=lambda holding: holding.post_id not in own)


def _posts_of(desk: Desk) -> QuerySet[Post]:
    if desk.code == HOLDER:
        return Post.objects.filter(pk=desk.owner.pk)
    role, _dot, _field = desk.code.partition(".")
    owner = {str(desk.owner._meta.model_name): desk.owner}
    return Post.objects.filter(role=role, **owner)


def steps_ahead(dossier: Dossier) -> list[State]:
    """The states still before the dossier on its main road, nearest first."""
    path = [state for state, _acts in main_path(dossier)]
    if dossier.state not in path:
        return []
    return [State(state) for state in path[path.index(dossier.state) + 1 :]]


def told(dossier: Dossier) -> list[Event]:
    """What was done, oldest first. Of several savings in a row only the last is told, and taking
    a number only where the same person's signature did not follow."""
    events = list(service.history(dossier))
    following: list[Event | None] = [*events[1:], *([None] if events else [])]
    told = [e for e, after in zip(events, following, strict=True) if not _overtaken(e, after)]
    for event in told:
        event.paper = dossier.final_name  # type: ignore[attr-defined]  # for its sentence alone
        event.drafted = dossier.is_upward or dossier.is_drafted  # type: ignore[attr-defined]
    return told


def _overtaken(event: Event, after: Event | None) -> bool:
    if after is None or event.actor_id != after.actor_id:
        return False
    acts = acts_of(Dossier)
    first, second = acts.get(event.act), acts.get(after.act)
    if not first or not second:
        return False
    saved_again = event.act == after.act and event.act in ("edit", "edit_entered")
    return saved_again or (first.hold == "take" and second.hold == "use")


def reason(dossier: Dossier) -> Event | None:
    """Who sent the dossier back or stopped it, with his words; None while it is on its way."""
    if dossier.state not in (State.RETURNED, State.REJECTED, State.WITHDRAWN):
        return None
    words = service.history(dossier).filter(to_state=dossier.state).exclude(note="")
    return words.order_by("-sequence").first()


# What the step of a head of division is called where he signs no Tờ trình.
_ASKING = {Asking.SLIP: _("Xem Phiếu trình"), Asking.INITIALS: _("Xem và ký nháy dự thảo")}


def todo(dossier: Dossier, step: str) -> str:
    """What an open step asks for; ``step`` is what it is usually called."""
    if dossier.state != State.CHECKED:
        return step
    return str(_ASKING.get(Asking(dossier.asking), step))

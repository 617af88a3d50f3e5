"""Where a dossier stands, for the people who ask: what was done, and what comes next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflows import service
from workflows.diagram import main_path
from workflows.models import Event
from workflows.states import State, acts_of

from .models import Dossier
from .models.ways import Asking


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

"""Where a dossier stands, for the people who ask: who it waits for, and what comes next."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from workflows import service
from workflows.authority import HOLDER, Desk
from workflows.diagram import main_path
from workflows.models import Delegation, Event, Holding, Post, in_force
from workflows.states import State

from .models import Dossier


def people_at(desk: Desk) -> list[Holding]:
    """Who sits at a desk today: holders of its posts, then those a paper put beside them."""
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
    owner = {desk.owner._meta.model_name: desk.owner}
    return Post.objects.filter(role=role, **owner)


def steps_ahead(dossier: Dossier) -> list[State]:
    """The states still before the dossier on its main road, nearest first."""
    path = [state for state, _acts in main_path(Dossier)]
    if dossier.state not in path:
        return []
    return [State(state) for state in path[path.index(dossier.state) + 1 :]]


def told(dossier: Dossier) -> list[Event]:
    """What was done, oldest first; of several savings in a row only the last is told."""
    events = list(service.history(dossier))
    following = [*events[1:], None]
    return [
        event
        for event, after in zip(events, following, strict=True)
        if not (after and event.act == after.act == "edit" and event.actor_id == after.actor_id)
    ]

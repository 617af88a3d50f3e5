"""Asking for one member of a team: who may ask, for whom, and how it is sent.

The leader asks from the post that leads the team: the head of the hamlet, or the Youth secretary
for the commune's team. The specialist enters it for him; where nobody holds that post, he enters
what the deputy of the team asks, as his own request, and somebody else checks it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _t

from workflows.authority import Capacity
from workflows.errors import Refusal
from workflows.models import Post
from workflows.service import perform

from .. import behalf
from ..codes import JOIN_TEAM, LEAVE_TEAM, REMOVE_MEMBER
from ..models import Change, Dossier, Seat, SeatRole, Team
from ..models.entering import Received
from ..road import DossierPage
from ..teams import in_order

PROCEDURES = {
    Change.Kind.ADMIT: JOIN_TEAM,
    Change.Kind.LEAVE: LEAVE_TEAM,
    Change.Kind.REMOVE: REMOVE_MEMBER,
}
CAUSES = {
    Change.Kind.LEAVE: (Change.Cause.OWN_WISH, Change.Cause.MOVED, Change.Cause.HEALTH),
    Change.Kind.REMOVE: (Change.Cause.DIED, Change.Cause.MOVED, Change.Cause.VIOLATION),
}


def asking_post(held: Sequence[Capacity], team: Team) -> Post | None:
    """The post from which somebody with these capacities asks for the team; None for others."""
    leading = team.leading_post()
    own = (c.post for c in held if c.delegation is None and c.post == leading)
    return next(own, None) or entering_post(held, team)


def entering_post(held: Sequence[Capacity], team: Team) -> Post | None:
    """The post from which he enters for the leader: a specialist's of the commune."""
    posts = behalf.posts_that_may_enter(held)
    return next((post for post in posts if post.agency_id == team.commune.agency_id), None)


def posted_at(team: Team, entering: Post) -> Post:
    """Where a request that is entered belongs: the leader's post, or, where nobody holds it, the
    post of who enters it."""
    leading = team.leading_post()
    return leading if leading is not None and leading.holder() is not None else entering


@transaction.atomic
def ask(
    user: Any,
    post: Post,
    team: Team,
    kind: str,
    seat: dict[str, Any],
    words: dict[str, str] | None = None,
    received: Received | None = None,
) -> Dossier:
    """Send the request of ``kind`` from ``post`` at once, entered for its holder if ``received``.

    ``seat`` is the person as typed, or {"was_id": the seat he has}; ``words`` are the cause, the
    reason and what he said of it. Raises :class:`Refusal`; then there is no request at all.
    """
    dossier = draft(user, post, team, kind)
    if received is not None:
        dossier = perform(dossier, "enter", by=user, seen=dossier.revision, received=received)
    return send(dossier, user, seat, words, entered=received is not None)


def draft(user: Any, post: Post, team: Team, kind: str) -> Dossier:
    """A new request for the team, naming nobody yet."""
    flow = _flow(kind)
    holding = post.holder()
    dossier = flow.begin(holding.user if holding else user, post)
    Change.objects.create(
        dossier=dossier, kind=kind, level=team.level, hamlet=team.hamlet, team=team
    )
    return dossier


def send(
    dossier: Dossier,
    user: Any,
    seat: dict[str, Any],
    words: dict[str, str] | None = None,
    *,
    entered: bool = False,
) -> Dossier:
    """Write down whom and why, and send it, for himself or ``entered`` for the author.

    Raises :class:`Refusal`; what was typed is then not kept here.
    """
    [change] = dossier.lines()
    acts = ("edit_entered", "submit_entered") if entered else ("edit", "submit")
    data: dict[str, Any] = {
        "seats": {change.pk: [named(change, seat)]},
        "words": {change.pk: words or {}},
    }
    with transaction.atomic():
        written = perform(dossier, acts[0], by=user, seen=dossier.revision, **data)
        return perform(written, acts[1], by=user, seen=written.revision)


def named(change: Change, seat: dict[str, Any]) -> dict[str, Any]:
    """The columns of the seat: as typed for who joins, as he stands for who leaves."""
    if change.kind == Change.Kind.ADMIT:
        return {"role": SeatRole.MEMBER, **seat}
    before = next((s for s in in_order.standing_list(change.team) if s.pk == seat["was_id"]), None)
    if before is None:
        raise Refusal(_t("Danh sách của tổ vừa thay đổi. Ông/bà chọn lại."), field="member")
    copied = ("full_name", "birth_year", "phone", "role", "represents", "person_id")
    return {**{column: getattr(before, column) for column in copied}, "was_id": before.pk}


def choices(team: Team) -> list[Seat]:
    """Who may leave or be taken out: the list of the team as it stands."""
    return in_order.standing_list(team)


def _flow(kind: str) -> type[DossierPage]:
    code = PROCEDURES[Change.Kind(kind)]
    return next(page for page in Dossier.pages() if page.code == code)

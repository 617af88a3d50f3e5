"""Thay Tổ trưởng, Tổ phó (P03).

The head of the place (for the commune's team the Youth secretary) or the specialist names another
leader or deputy and says why. After an election of heads of hamlets the specialist asks for all
teams at once: one dossier, a line for each team with its new head, one decision. Whoever is
followed and not named again leaves the team; everybody else stays.

Sources: the leader holds a post (Công văn 3293/UBND-CN of UBND tỉnh Thừa Thiên Huế, 2022, mục
III.2.b; Kế hoạch of UBND xã Tam Quang, 2025, mục II.2.1), so who loses it is followed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows import authority
from workflows.authority import Capacity
from workflows.engine import CaseFlow
from workflows.models import Post

from ..models import Change, Dossier, SeatRole, Team
from ..models.changes import kept
from ..models.restructuring import APPOINT_LEADER
from ..papers import appointing
from ..papers.restructuring_request import papers_of
from ..people import names
from ..road import DecisionRoad
from ..teams import restructuring, warnings
from ..teams.restructuring import RestructuringPage


class AppointLeaderFlow(RestructuringPage, DecisionRoad, CaseFlow):
    code = APPOINT_LEADER
    title = _("Thay Tổ trưởng, Tổ phó")
    papers = papers_of(appointing.appointment)
    instead = _(
        "Quyết định thay Tổ trưởng, Tổ phó không thay thế hay thu hồi được: người trước không tự "
        "trở lại chức vụ. Cần người khác thì ông/bà lập hồ sơ thay Tổ trưởng, Tổ phó mới ở trang "
        "“Việc về tổ”."
    )


def post_that_may_ask(held: Sequence[Capacity], team: Team) -> Post | None:
    """The post from which somebody with these capacities may ask for another leader of ``team``:
    a specialist's, or that of the head of its place."""
    office = restructuring.office_post(held, team.commune)
    return office or restructuring.post_of_place(held, team)


@transaction.atomic
def draft(user: Any, post: Post, teams: Sequence[Team]) -> Dossier:
    """A draft with a line for each team; where the post has a new holder he is named leader.

    Raises :class:`Refusal`: not from this post, or what :func:`restructuring.begin` refuses.
    """
    held, sentence = (
        authority.capacities(user),
        _t("Chỉ chuyên viên hoặc người đứng đầu thôn, bản đề nghị thay Tổ trưởng, Tổ phó được."),
    )
    for team in teams:
        restructuring.refuse_from(user, post, post_that_may_ask(held, team), sentence)
    dossier, lists = restructuring.begin(AppointLeaderFlow, user, post, teams)
    holders = warnings.holders_of(dossier.commune, teams)
    for team, seats in lists:
        rows = _followed_by(holders[team.pk], seats)
        cause = Change.Cause.POST_LOST if rows and _leader(seats) else ""
        line = restructuring.line(dossier, Change.Kind.APPOINT, team, cause=cause)
        line.start_from(seats, rows)
    return restructuring.named(dossier)


def _leader(seats: list[Any]) -> Any:
    return next((seat for seat in seats if seat.role == SeatRole.LEADER), None)


def _followed_by(holders: list[Any], seats: list[Any]) -> list[dict[str, Any]]:
    """The holder of the post as leader, in the seat he has if he sits in the team; nobody where
    he leads already or nobody holds it."""
    leader = _leader(seats)
    if not holders or (leader and any(_is(leader, holding.user) for holding in holders)):
        return []
    user, title = holders[0].user, holders[0].post.title
    for seat in seats:
        if _is(seat, user):
            return [kept(seat, role=SeatRole.LEADER, represents=title)]
    person = getattr(user, "person", None)
    return [
        {
            "full_name": user.full_name,
            "birth_year": person.birth_year if person else None,
            "phone": person.phone if person else "",
            "role": SeatRole.LEADER,
            "represents": title,
        }
    ]


def _is(seat: Any, user: Any) -> bool:
    if seat.person is not None and seat.person.user_id:
        return bool(seat.person.user_id == user.pk)
    return names.same_name(seat.full_name, user.full_name)

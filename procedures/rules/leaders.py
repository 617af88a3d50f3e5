"""Rules about who leads a team and who stands in for the leader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from workflows.models import Holding

from ..models.teams import Level, SeatRole
from ..people import names
from ..regulations import Ruled
from ..roles import Role
from .base import Breach, of_team, weight
from .facts import Facts, Line

if TYPE_CHECKING:
    from ..models import Seat


@of_team
def one_leader(facts: Facts, line: Line) -> Iterator[Breach]:
    """Tổ phải có đúng một Tổ trưởng; danh sách đang ghi %(count)d người"""
    count = len(line.having(SeatRole.LEADER))
    if count != 1:
        yield Breach("seats", values={"count": count})


@of_team
def enough_deputies(facts: Facts, line: Line) -> Iterator[Breach]:
    """Tổ phải có %(limit)02d Tổ phó; danh sách đang ghi %(count)d người"""
    ruled, count = line.ruled("min_deputies"), len(line.having(SeatRole.DEPUTY))
    if ruled and count < ruled.value:
        yield Breach("seats", values={"count": count, "limit": ruled.value}, **weight(ruled))


@of_team
def not_too_many_deputies(facts: Facts, line: Line) -> Iterator[Breach]:
    """Tổ có nhiều nhất %(limit)02d Tổ phó; danh sách đang ghi %(count)d người"""
    ruled, count = line.ruled("max_deputies"), len(line.having(SeatRole.DEPUTY))
    if ruled and count > ruled.value:
        yield Breach("seats", values={"count": count, "limit": ruled.value}, **weight(ruled))


@of_team
def leader_holds_the_post(facts: Facts, line: Line) -> Iterator[Breach]:
    """Tổ trưởng là %(title)s, hiện nay là %(holder)s; danh sách ghi %(name)s"""
    ruled, holders = line.ruled("leader"), leaders(facts, line)
    for seat in line.having(SeatRole.LEADER):
        if holders and not any(_is(seat, holding.user) for holding in holders):
            values = {"title": holders[0].post.title, "holder": holders[0].user.full_name}
            values["name"] = seat.full_name or _("(chưa ghi tên)")
            yield Breach("full_name", position=seat.position, values=values, **weight(ruled))


@of_team
def leader_can_be_checked(facts: Facts, line: Line) -> Iterator[Breach]:
    """Chưa ghi nhận ai đang giữ chức %(title)s nên chưa đối chiếu được Tổ trưởng"""
    ruled = line.ruled("leader")
    if ruled and not leaders(facts, line):
        title = _("Bí thư Đoàn") if _is_secretary(line, ruled) else _("người đứng đầu")
        values = {"title": f"{title} {line.change.place}"}
        yield Breach("seats", "warn", ruled.citation, values=values)


def leaders(facts: Facts, line: Line) -> list[Holding]:
    """The holdings of the post a leader should hold."""
    hamlet = line.change.hamlet
    if _is_secretary(line, line.ruled("leader")):
        return facts.secretaries
    return facts.heads.get(hamlet.head_post_id or 0, []) if hamlet else []


def _is_secretary(line: Line, ruled: Ruled | None) -> bool:
    if ruled:
        return bool(ruled.value == Role.YOUTH_SECRETARY)
    return line.change.level == Level.COMMUNE


def _is(seat: Seat, user: Any) -> bool:
    # The name first: reading the linked person costs a query.
    if names.same_name(seat.full_name, user.full_name):
        return True
    return seat.person is not None and seat.person.user_id == user.pk

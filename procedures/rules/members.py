"""Rules about single people who join a team, leave it, or are taken out of its list.

The rest of the list was decided before: what is odd in it warns and stops nobody. Source of the
limits: the plan that governs the commune (xã Tam Quang 2025, mục II.2.1.a, II.2.1.d).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ..models.teams import SeatRole
from ..people import names
from . import leaders, places, size
from .base import Breach, Finding, TeamRule, of_dossier, of_team, weight
from .facts import ABOUT_ONE, Facts, Line

if TYPE_CHECKING:
    from ..models import Change, Seat

# Where these forbid somebody to join, the group of collaborators is open to him.
FULL = ("not_too_many_members", "room_for_those_agreed_to")
LEAVING = ("leave", "remove")
_AGREED = ("awaiting_consent", "agreed")
# What is asked of the list as a whole, by whether somebody joins or leaves; never more than a
# warning but for the limit somebody who joins would break.
_OF_THE_LIST: dict[str, tuple[TeamRule, ...]] = {
    "admit": (places.place_is_ours, places.head_asks_for_his_own_place, leaders.one_leader),
    "leave": (leaders.one_leader, leaders.enough_deputies, size.enough_members),
}
_OF_THE_LIST["remove"] = (*_OF_THE_LIST["leave"], places.head_asks_for_his_own_place)
_OF_SIZE = (size.not_too_many_members, size.others_may_collaborate)
_ONLY_WARN = ("one_leader", "enough_deputies", "enough_members", "size_is_near_the_target")


@of_dossier
def somebody_is_gathered(facts: Facts) -> Iterator[Breach]:
    """Hồ sơ chưa có đề nghị nào. Ông/bà mở mục “Chờ ra quyết định” và đưa đề nghị vào"""
    if facts.dossier.procedure == "change_members" and not facts.lines:
        yield Breach("changes")


@of_team
def somebody_is_named(facts: Facts, line: Line) -> Iterator[Breach]:
    """Ông/bà chọn hoặc ghi tên một người"""
    if not line.named:
        yield Breach("member" if line.change.kind in LEAVING else "full_name")


@of_team
def team_is_at_work(facts: Facts, line: Line) -> Iterator[Breach]:
    """%(team)s không còn hoạt động"""
    team = line.change.team
    if team is None or (team.until is not None and team.until < facts.on):
        yield Breach("changes", values={"team": line.change.team_name})


@of_team
def not_a_member_yet(facts: Facts, line: Line) -> Iterator[Breach]:
    """%(name)s đang là %(role)s của tổ nên không cần giới thiệu nữa"""
    for seat in _joining(line):
        if known := next((s for s in line.change.standing if _same(seat, s)), None):
            role = str(known.get_role_display()).lower()
            yield Breach("full_name", position=1, values={"name": seat.full_name, "role": role})


@of_team
def namesake_can_be_told_apart(facts: Facts, line: Line) -> Iterator[Breach]:
    """Trong tổ đã có người tên %(name)s. Nếu là người khác, ông/bà ghi năm sinh, số điện thoại"""
    for seat in _joining(line):
        if any(_same(seat, known) is None for known in line.change.standing):
            level = "warn" if seat.birth_year and seat.phone else "block"
            values = {"name": seat.full_name}
            yield Breach("birth_year", level, position=1, values=values)  # type: ignore[arg-type]


@of_team
def still_a_member(facts: Facts, line: Line) -> Iterator[Breach]:
    """%(name)s không còn trong danh sách của tổ"""
    standing = {seat.pk for seat in line.change.standing}
    people = {seat.person_id for seat in line.change.standing if seat.person_id}
    for seat in _going(line):
        if seat.was_id not in standing and seat.person_id not in people:
            yield Breach("member", position=1, values={"name": seat.full_name})


@of_team
def one_request_for_one_person(facts: Facts, line: Line) -> Iterator[Breach]:
    """%(name)s đang có đề nghị khác ở tổ này: %(what)s (%(state)s). Ông/bà chờ đề nghị ấy xong hoặc
    rút đề nghị ấy"""
    for seat in line.named:
        if other := next((o for o in _others(facts, line) if _names(o, seat)), None):
            values = {
                "name": seat.full_name,
                "what": other.get_kind_display().lower(),
                "state": str(other.dossier.get_state_display()).lower(),
            }
            field = "member" if line.change.kind in LEAVING else "full_name"
            yield Breach(field, position=1, values=values)


@of_team
def room_for_those_agreed_to(facts: Facts, line: Line) -> Iterator[Breach]:
    """Cùng những đề nghị đang xét, tổ sẽ có %(count)d thành viên; tối đa %(limit)02d người"""
    ruled, promised = line.ruled("max_members"), _promised(facts, line)
    count = len(line.members) + promised
    if ruled and promised > 0 and len(line.members) <= ruled.value < count and _counts(line):
        yield Breach("full_name", values={"count": count, "limit": ruled.value}, **weight(ruled))


@of_team
def cause_of_leaving_is_told(facts: Facts, line: Line) -> Iterator[Breach]:
    """Ông/bà chọn lý do"""
    if line.change.kind in LEAVING and not line.change.cause:
        yield Breach("cause")


@of_team
def violation_is_described(facts: Facts, line: Line) -> Iterator[Breach]:
    """Ông/bà nói rõ đã vi phạm điều gì, khi nào"""
    if line.change.cause == "violation" and not line.change.reason:
        yield Breach("reason")


@of_team
def person_was_heard(facts: Facts, line: Line) -> Iterator[Breach]:
    """Trước khi đề nghị, ông/bà hỏi ý kiến người ấy và ghi lại; người ấy không nói gì thì ghi như
    vậy"""
    if line.change.cause == "violation" and not line.change.heard:
        yield Breach("heard")


# Which rules are asked of such a line ----------------------------------------------------------

_OWN: tuple[TeamRule, ...] = (
    somebody_is_named, team_is_at_work, not_a_member_yet, namesake_can_be_told_apart,
    still_a_member, one_request_for_one_person, room_for_those_agreed_to,
    cause_of_leaving_is_told,
    violation_is_described, person_was_heard,
)  # fmt: skip


def asked(known: Iterable[TeamRule], line: Line) -> list[TeamRule]:
    """Which of the rules are asked of a line: of one person those here, first, and few of a list;
    of a list all the others."""
    kind = line.change.kind
    if kind not in ABOUT_ONE:
        return [rule for rule in known if rule not in _OWN]
    of_size = _OF_SIZE if _counts(line) else ()
    return [*_OWN, *_OF_THE_LIST[kind], *of_size]


def eased(finding: Finding, line: Line) -> Finding:
    """A team that shrinks or lost its leader is warned of, and mended by another decision."""
    if line.change.kind in ABOUT_ONE and finding.blocks and finding.rule in _ONLY_WARN:
        return replace(finding, level="warn")
    return finding


def judged(line: Line) -> tuple[Seat, ...]:
    """The seats the rules about people look at: who leaves was looked at when he came."""
    return () if line.change.kind in LEAVING else line.named


def _counts(line: Line) -> bool:
    return any(seat.role != SeatRole.COLLABORATOR for seat in _joining(line))


def _joining(line: Line) -> tuple[Seat, ...]:
    return line.named if line.change.kind == "admit" else ()


def _going(line: Line) -> tuple[Seat, ...]:
    return line.named if line.change.kind in LEAVING else ()


def _others(facts: Facts, line: Line) -> list[Change]:
    """Other open lines about people of the team, in this dossier too."""
    here = [o.change for o in facts.lines if o is not line and _about(o.change, line)]
    return [*facts.requests.get(line.change.team_id or 0, []), *here]


def _about(change: Change, line: Line) -> bool:
    return change.kind in ABOUT_ONE and change.team_id == line.change.team_id


def _promised(facts: Facts, line: Line) -> int:
    """By how many those the Chairman has before him, or agreed to, would change the size."""
    lines = facts.requests.get(line.change.team_id or 0, [])
    agreed = [c for c in lines if c.origin_id or c.dossier.state in _AGREED]
    seats = ((change, seat) for change in agreed for seat in change.seats.all())
    counted = [change for change, seat in seats if seat.role != SeatRole.COLLABORATOR]
    return sum(1 if change.kind == "admit" else -1 for change in counted)


def _names(change: Change, seat: Seat) -> bool:
    return any(_same(seat, other) or _linked(seat, other) for other in change.seats.all())


def _linked(one: Seat, other: Seat) -> bool:
    return bool((one.was_id and one.was_id == other.was_id) or _same_pk(one, other))


def _same_pk(one: Seat, other: Seat) -> bool:
    return one.person_id is not None and one.person_id == other.person_id


def _same(one: Seat, other: Seat) -> bool | None:
    """Whether two seats name one person; None where nobody can tell."""
    if one.person_id and other.person_id:
        return bool(one.person_id == other.person_id)
    return names.same_person(_entry(one), _entry(other))


def _entry(seat: Seat) -> tuple[str, str, int | None]:
    return (seat.full_name, names.normal_phone(seat.phone), seat.birth_year)

"""Rules about changing, reviewing, ending and merging teams that stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..teams import in_order
from .base import Breach, Finding, of_dossier, of_team
from .facts import Facts, Line

_OF_STANDING = ("appoint", "revise", "dissolve")
_OF_SIZE = {"enough_members", "not_too_many_members", "size_is_near_the_target"}


@of_dossier
def team_still_stands(facts: Facts) -> Iterator[Breach]:
    """%(team)s không còn hoạt động. Ông/bà bỏ tổ này khỏi hồ sơ"""
    for line in facts.lines:
        change = line.change
        if change.kind in _OF_STANDING and (change.team is None or change.team.until):
            yield Breach("changes", values={"team": change.team_name})


@of_dossier
def no_other_case_ends_it(facts: Facts) -> Iterator[Breach]:
    """%(place)s đang có hồ sơ khác: %(state)s. Ông/bà chờ hồ sơ ấy xong hoặc rút hồ sơ ấy"""
    for line in facts.lines:
        rival = facts.rivals.get(line.place)
        if line.change.kind == "dissolve" and rival:
            values = {"place": line.name, "state": rival.get_state_display()}
            yield Breach("changes", values=values)


@of_dossier
def hand_over_is_told(facts: Facts) -> Iterator[Breach]:
    """Ông/bà ghi ai nhận nhiệm vụ và các nhóm liên lạc của tổ giải thể"""
    ends = any(line.change.kind == "dissolve" for line in facts.lines)
    if ends and not facts.dossier.hand_over:
        yield Breach("hand_over")


@of_dossier
def end_has_a_reason(facts: Facts) -> Iterator[Breach]:
    """Ông/bà ghi vì sao giải thể tổ"""
    if facts.dossier.procedure == "dissolve_team" and not facts.dossier.why:
        yield Breach("why")


@of_dossier
def merged_lists_are_still_the_same(facts: Facts) -> Iterator[Breach]:
    """Danh sách của các tổ sáp nhập đã thay đổi theo quyết định khác. Ông/bà lấy lại danh sách hiện
    nay"""
    if facts.dossier.procedure != "merge_hamlets":
        return
    standing = {seat.pk for line in facts.lines for seat in line.change.standing}
    goes_on = (line.change for line in facts.lines if line.change.kind != "dissolve")
    based = {pk for change in goes_on for pk in change.basis}
    if standing != based:
        yield Breach("seats")


@of_team
def place_still_exists(facts: Facts, line: Line) -> Iterator[Breach]:
    """%(place)s đã sáp nhập thành %(into)s nên không lập tổ mới ở đó"""
    hamlet = line.change.hamlet
    if line.change.kind != "create" or hamlet is None or not hamlet.is_over:
        return
    merger = hamlet.merger
    values = {"place": line.name, "into": merger.into.full_name if merger else ""}
    yield Breach("hamlet", citation=merger.cited if merger else "", values=values)


@of_team
def somebody_is_appointed(facts: Facts, line: Line) -> Iterator[Breach]:
    """Ông/bà chọn Tổ trưởng hoặc Tổ phó mới"""
    roles = {seat.role for seat in line.named} - {"member"}
    if line.change.kind == "appoint" and not roles:
        yield Breach("seats")


@of_team
def cause_of_change_is_told(facts: Facts, line: Line) -> Iterator[Breach]:
    """Ông/bà chọn lý do thay Tổ trưởng, Tổ phó"""
    if line.change.kind == "appoint" and not line.change.cause and _follows(line):
        yield Breach("cause")


@of_team
def something_is_revised(facts: Facts, line: Line) -> Iterator[Breach]:
    """Danh sách không thay đổi gì so với hiện nay"""
    reviewed = facts.dossier.procedure == "review_team"
    if reviewed and line.change.kind == "revise" and not any(in_order.differences(line.change)):
        yield Breach("seats", "warn")


def _follows(line: Line) -> bool:
    """Whether somebody gives up a role that is given anew."""
    given = {seat.role for seat in line.named} - {"member"}
    return any(seat.role in given for seat in line.change.before)


def eased(finding: Finding, line: Line) -> Finding:
    """Naming a leader or deputy decides nothing about the size of a team, nor about a leader it
    does not name."""
    if line.change.kind != "appoint" or not finding.blocks:
        return finding
    names_leader = any(seat.role == "leader" for seat in line.named)
    of_leader = finding.rule in ("one_leader", "leader_holds_the_post")
    if finding.rule in _OF_SIZE or (of_leader and not names_leader):
        return replace(finding, level="warn")
    return finding

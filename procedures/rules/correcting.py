"""Rules about putting a released document right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from ..people import names
from ..teams import in_order, overtaken
from .base import Breach, Finding, of_dossier, of_team
from .facts import Facts, Line

_REMEDIES = "Nghị định 30/2020/NĐ-CP, Điều 18 khoản 3"
# What was so in the decision already is no reason to leave a wrong name in it.
_NOT_OURS_TO_JUDGE = {
    "leader_holds_the_post",
    "enough_members",
    "not_too_many_members",
    "enough_deputies",
    "not_too_many_deputies",
}
# Two spellings of one name are closer than this; two names of two people seldom are.
_ALIKE = 0.6


@of_dossier
def fault_is_told(facts: Facts) -> Iterator[Breach]:
    """Ông/bà ghi rõ văn bản sai ở chỗ nào"""
    if facts.dossier.remedy and not facts.dossier.fault:
        yield Breach("fault")


@of_dossier
def both_texts_are_given(facts: Facts) -> Iterator[Breach]:
    """Đính chính phải ghi đủ: văn bản đã in thế nào và sửa thành thế nào"""
    dossier = facts.dossier
    if dossier.remedy == "correct":
        for field in ("printed", "meant"):
            if not getattr(dossier, field):
                yield Breach(field)


@of_dossier
def names_are_content(facts: Facts) -> Iterator[Breach]:
    """Tên người, tập thể trong văn bản (%(name)s) là nội dung, không phải thể thức: phải sửa đổi
    hoặc thay thế bằng quyết định, không đính chính bằng công văn"""
    dossier = facts.dossier
    if dossier.remedy != "correct" or dossier.corrects is None:
        return
    touched = f" {names.fold(dossier.printed)} {names.fold(dossier.meant)} "
    for name in dossier.named_before():
        if f" {names.fold(name)} " in touched.replace(",", " ").replace(".", " "):
            yield Breach("printed", citation=_REMEDIES, values={"name": name})
            return


@of_team
def something_is_amended(facts: Facts, line: Line) -> Iterator[Breach]:
    """Danh sách chưa sửa chỗ nào"""
    if line.change.kind == "amend" and not any(in_order.differences(line.change)):
        yield Breach("seats")


@of_team
def another_person_is_marked(facts: Facts, line: Line) -> Iterator[Breach]:
    """Tên “%(before)s” sửa thành “%(now)s” không giống sửa lỗi viết. Nếu là người khác thì ông/bà
    đánh dấu “Là người khác”"""
    known = {seat.pk: seat for seat in line.change.before or line.change.standing}
    for seat in line.named:
        before = known.get(seat.was_id or 0)
        if before is None or seat.another or not seat.full_name:
            continue
        now = names.fold(seat.full_name)
        if SequenceMatcher(None, names.fold(before.full_name), now).ratio() < _ALIKE:
            values = {"before": before.full_name, "now": seat.full_name}
            yield Breach("full_name", position=seat.position, values=values)


@of_team
def list_is_still_the_same(facts: Facts, line: Line) -> Iterator[Breach]:
    """Danh sách của tổ đã thay đổi theo quyết định khác. Ông/bà mở lại và sửa từ danh sách mới"""
    # A merged list is drawn up from those of several teams, and judged with them.
    if not facts.dossier.merger_id and overtaken.is_stale(line.change, line.change.standing):
        yield Breach("seats")


def names_people(line: Line) -> bool:
    """Whether the line's list is to be judged: after these nobody is left in it."""
    return line.change.kind not in ("recall", "dissolve")


def eased(finding: Finding, remedy: str) -> Finding:
    """An amendment mends what is wrong; the rest of the list was decided before."""
    if remedy == "amend" and finding.blocks and finding.rule in _NOT_OURS_TO_JUDGE:
        return replace(finding, level="warn")
    return finding

"""From the bytes of a file to the teams it lists, with a sentence for every wrong cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from django.utils.translation import gettext as _

from ..models.teams import SeatRole
from ..people import names
from . import grid, headings
from .container import Unreadable
from .grid import Page
from .lines import Draft, Lines
from .places import Places
from .sheet import ListedTeam, Member, Problem, Sheet

MOST_MEMBERS = 100
_CELLS_NAMED = 6


def read(data: bytes, places: Places) -> Sheet:
    """A list of teams in the form of eight columns, XLSX or CSV in UTF-8.

    Never raises for the file's sake: whatever is wrong is a :class:`Problem` at its cell. A
    commune, team or decision cell left blank or merged goes on from the one above it; reading
    ends at the row TỔNG. ``places`` are those of the commune the list must be of.
    """
    try:
        pages = grid.pages(data)
    except Unreadable as refused:
        return Sheet(problems=(Problem("", refused.sentence),))
    header, wrong = headings.find(pages)
    if header is None or wrong:
        return Sheet(problems=tuple(wrong))
    lines = Lines(header.columns, places)
    lines.read(header.below)
    problems = [*lines.problems, *_about_page(header.page), *_about(lines.drafts, lines.sampled)]
    notices = [*headings.moved(header), *lines.notices, *_leads_twice(lines.drafts)]
    return Sheet(
        teams=tuple(_listed(lines.drafts)),
        problems=tuple(_gathered(problems)),
        notices=tuple(_gathered(notices)),
    )


def _listed(drafts: Iterable[Draft]) -> Iterator[ListedTeam]:
    for draft in drafts:
        if draft.place and draft.decision and draft.members:
            yield ListedTeam(draft.place, draft.decision, tuple(draft.members), draft.cell)


def _about_page(page: Page) -> Iterator[Problem]:
    if page.full:
        sentence = _("Danh sách dài quá %(limit)d dòng. Ông/bà chia thành nhiều tệp.")
        yield Problem(f"A{page.rows[-1].number}", sentence % {"limit": grid.MOST_ROWS})


def _about(drafts: list[Draft], sampled: bool) -> Iterator[Problem]:
    if not drafts:
        told = _("Danh sách chỉ có dòng ví dụ (VD).") if sampled else ""
        yield Problem("", told or _("Dưới dòng tiêu đề chưa có tổ nào."))
    yield from _two_for_a_place(drafts)
    for draft in drafts:
        if not draft.has_people:
            yield Problem(draft.cell, _("Tổ này chưa có thành viên nào."))
        yield from _two_leaders(draft)
        yield from _too_many(draft)
        for first, second in _namesakes(draft.members):
            yield from _twice(draft, first, second)


def _two_for_a_place(drafts: list[Draft]) -> Iterator[Problem]:
    first: dict[object, Draft] = {}
    for draft in drafts:
        if draft.place is None:
            continue
        before = first.setdefault(draft.place, draft)
        if before is not draft:
            sentence = _(
                "%(place)s đã có tổ ở ô %(cell)s; mỗi nơi một tổ. Cùng một tổ thì xếp các thành "
                "viên liền nhau."
            )
            values = {"place": _capital(draft.place.name), "cell": before.cell}
            yield Problem(draft.cell, sentence % values)


def _two_leaders(draft: Draft) -> Iterator[Problem]:
    leaders = [member for member in draft.members if member.role == SeatRole.LEADER]
    for extra in leaders[1:]:
        sentence = _("Tổ đã có Tổ trưởng ở dòng %(row)d (%(name)s); mỗi tổ một Tổ trưởng.")
        values = {"row": leaders[0].row, "name": leaders[0].full_name}
        yield Problem(draft.role_cell(extra), sentence % values)


def _too_many(draft: Draft) -> Iterator[Problem]:
    if len(draft.members) > MOST_MEMBERS:
        sentence = _("Tổ này ghi %(count)d người; một tổ nhiều nhất %(limit)d người.")
        values = {"count": len(draft.members), "limit": MOST_MEMBERS}
        yield Problem(draft.cell, sentence % values)


def _namesakes(members: Iterable[Member]) -> Iterator[tuple[Member, Member]]:
    """The pairs worth comparing, without comparing everybody with everybody."""
    by_name: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        by_name[names.fold(member.full_name)].append(member)
    for same in by_name.values():
        yield from combinations(same[:MOST_MEMBERS], 2)


def _twice(draft: Draft, first: Member, second: Member) -> Iterator[Problem]:
    """One person in two rows of a team, or two whom nothing tells apart."""
    same = names.same_person(
        (first.full_name, first.phone, None), (second.full_name, second.phone, None)
    )
    values = {"name": second.full_name, "row": first.row}
    if same:
        sentence = _("%(name)s đã có tên ở dòng %(row)d của tổ này.")
        yield Problem(draft.name_cell(second), sentence % values)
    elif same is None and (not first.note or not second.note or first.note == second.note):
        sentence = _(
            "%(name)s cùng tên với dòng %(row)d. Nếu là hai người, ông/bà ghi số điện thoại hoặc "
            "ghi chú khác nhau; nếu là một người, xóa một dòng."
        )
        yield Problem(draft.name_cell(second), sentence % values)


def _leads_twice(drafts: list[Draft]) -> Iterator[Problem]:
    """Nothing forbids it, but it is more often a slip of the pen than meant."""
    led = {m.row: d for d in drafts for m in d.members if m.role == SeatRole.LEADER}
    leaders = [m for d in drafts for m in d.members if m.row in led]
    for first, second in _namesakes(leaders):
        same = first.phone == second.phone and names.same_name(first.full_name, second.full_name)
        if same and led[first.row] is not led[second.row]:
            sentence = _("%(name)s cũng là Tổ trưởng ở dòng %(row)d. Ông/bà xem lại.")
            values = {"name": second.full_name, "row": first.row}
            yield Problem(led[second.row].name_cell(second), sentence % values)


def _gathered(found: Iterable[Problem]) -> Iterator[Problem]:
    """The same sentence at many cells is said once."""
    cells: dict[str, list[str]] = defaultdict(list)
    for problem in found:
        cells[problem.sentence].append(problem.cell)
    for sentence, refs in cells.items():
        named = ", ".join(refs[:_CELLS_NAMED])
        more = len(refs) - _CELLS_NAMED
        rest = _(" và %(count)d ô khác") % {"count": more} if more > 0 else ""
        yield Problem(f"{named}{rest}", sentence)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""The file as main text and annexes, with the page numbers and the foot of page 1 set apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from documents.nd30.reading import MM, SAME_ROW, Line, Sheet
from documents.nd30.types import fold

HEADING = re.compile(r"^PHULUC(?:(?:SO)?[:.]?([IVXLC]+|\d+))?[:.]?$")
_PAGE_MARK = re.compile(
    r"^(?:Trang|Page)?[\s–—-]*(?:\d{1,3}|[IVXLC]{1,6})(?:\s*/\s*\d{1,3})?[\s.–—-]*$", re.IGNORECASE
)
_STAMPS = frozenset(
    map(
        fold,
        (
            *("HỎA TỐC", "THƯỢNG KHẨN", "KHẨN", "TUYỆT MẬT", "TỐI MẬT", "MẬT"),
            *("XEM XONG TRẢ LẠI", "LƯU HÀNH NỘI BỘ"),
        ),
    )
)


@dataclass(frozen=True)
class Part:
    """The main text, an annex, or a document promulgated with the decision (Mẫu 1.3)."""

    role: Literal["main", "annex", "attached"]
    sheets: tuple[Sheet, ...]

    @cached_property
    def marks(self) -> dict[int, Line]:
        """What stands where a page number would, by page of the file."""
        found = ((sheet.number, page_mark(sheet)) for sheet in self.sheets)
        return {number: line for number, line in found if line}

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The text in reading order: without page numbers, stamps and the foot (box 13)."""
        return tuple(
            line
            for sheet in self.sheets
            for line in sheet.lines
            if line is not self.marks.get(sheet.number)
            and fold(line.text) not in _STAMPS
            and line not in self.corner
            and line.baseline < self._foot(sheet)
        )

    @cached_property
    def corner(self) -> tuple[Line, ...]:
        """Box 14: what an agency signs in words, in the top margin at the right."""
        sheet = self.sheets[0]
        return tuple(
            line
            for line in sheet.lines
            if line.bottom < 20 * MM
            and line.centre > 0.55 * sheet.width
            and line is not self.marks.get(sheet.number)
            and fold(line.text) not in _STAMPS
        )

    @cached_property
    def stamps(self) -> tuple[Line, ...]:
        """The marks of urgency, secrecy and circulation on the first page."""
        return tuple(line for line in self.sheets[0].lines if fold(line.text) in _STAMPS)

    @cached_property
    def _by_number(self) -> dict[int, Sheet]:
        return {sheet.number: sheet for sheet in self.sheets}

    def in_table(self, line: Line) -> bool:
        return any(
            box.top - 1 <= line.baseline <= box.bottom + 1 and box.x0 - 1 <= line.x0 <= box.x1
            for box in self._by_number[line.page].tables
        )

    def _foot(self, sheet: Sheet) -> float:
        """Where the address of the agency begins: under a line across the foot of page 1."""
        if sheet.number != 1:
            return sheet.height
        ruled = (s.y for s in sheet.strokes if s.width > 0.95 * (sheet.width - 55 * MM))
        return next(
            (y for y in ruled if y > 0.8 * sheet.height and not _ruled_table(sheet, y)),
            sheet.height,
        )


def _ruled_table(sheet: Sheet, y: float) -> bool:
    return any(box.top - 2 <= y <= box.bottom + 2 for box in sheet.tables)


def page_mark(sheet: Sheet) -> Line | None:
    """A bare number in the top or bottom margin, alone on its row."""
    for line in sheet.lines:
        if not _PAGE_MARK.match(line.text) or not _alone(line, sheet):
            continue
        middle = abs(line.centre - sheet.width / 2) < 20 * MM
        if line.bottom < 20 * MM or (line.baseline < 25 * MM and middle):
            return line
        if line.top > sheet.height - 20 * MM:
            return line
    return None


def _alone(line: Line, sheet: Sheet) -> bool:
    near = (other for other in sheet.lines if abs(other.baseline - line.baseline) <= SAME_ROW)
    return sum(1 for _ in near) == 1


def split(sheets: Sequence[Sheet]) -> tuple[Part, ...]:
    """The parts of a file, in order; the first is the main text, or an annex in a file of its own
    (Mẫu 2.1, 2.2)."""
    starts: list[tuple[Literal["main", "annex", "attached"], list[Sheet]]] = []
    for sheet in sheets:
        role = _opening(sheet)
        if not starts:
            starts.append(("annex" if role == "annex" else "main", [sheet]))
        elif role:
            starts.append((role, [sheet]))
        else:
            starts[-1][1].append(sheet)
    return tuple(Part(role, tuple(pages)) for role, pages in starts)


def _opening(sheet: Sheet) -> Literal["annex", "attached"] | None:
    mark = page_mark(sheet)
    lines = (line for line in sheet.lines if line is not mark and line.bottom > 20 * MM)
    first = [fold(line.text) for line in lines][:4]
    if first and HEADING.match(first[0]):
        return "annex"
    if any("XAHOICHUNGHIA" in text for text in first):
        return "attached"
    return None


@dataclass(frozen=True)
class Frame:
    """The left and right edges that the lines of the text keep, in points."""

    left: float
    right: float


def frame(lines: Iterable[Line], sheet: Sheet) -> Frame:
    """The left edge most lines start from, and the right edge justified lines reach.

    A line far left of every shared edge is the one unindented line of a short text. Without
    lines enough to share a right edge, the text is as wide as the page allows.
    """
    kept = list(lines)
    lefts, rights = [line.x0 for line in kept], [line.x1 for line in kept]
    outermost = min(lefts, default=30 * MM)
    shared = min(_shared(lefts, times=2), default=outermost)
    furthest = max([sheet.width - 20 * MM, *rights])
    return Frame(
        left=shared if shared - outermost < 5 * MM else outermost,
        right=max(_shared(rights, times=3), default=furthest),
    )


def _shared(edges: Iterable[float], times: int) -> list[float]:
    """Edges met so many times, to the point; each as it was first met."""
    known: dict[int, float] = {}
    counted: Counter[int] = Counter()
    for edge in edges:
        known.setdefault(round(edge), edge)
        counted[round(edge)] += 1
    return [known[key] for key, count in counted.items() if count >= times]

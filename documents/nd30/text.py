"""Lines put together into the paragraphs of the text."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from documents.nd30.parts import Frame
from documents.nd30.reading import MM, SAME_ROW, Line

_INDENTED = 5 * MM
_TABULAR_GAP = 4  # blanks this many times the type size belong to a table without borders


@dataclass(frozen=True)
class Paragraph:
    lines: tuple[Line, ...]

    @cached_property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def page(self) -> int:
        return self.lines[0].page

    def share(self, trait: Callable[[Line], float]) -> float:
        """The share of glyphs with a trait of :class:`Line`, over the whole paragraph."""
        glyphs = sum(len(line.glyphs) for line in self.lines)
        return sum(trait(line) * len(line.glyphs) for line in self.lines) / glyphs

    def lead_is_bold(self, lead: str) -> bool:
        """Whether the first letters, up to the length of ``lead``, are bold."""
        length = len(lead.replace(" ", ""))
        return all(glyph.face.bold for glyph in self.first.glyphs[:length])


def rows(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that stand side by side, left to right."""
    row: list[Line] = []
    for line in lines:
        if row and (line.page != row[0].page or line.baseline - row[0].baseline > SAME_ROW):
            yield sorted(row, key=lambda line: line.x0)
            row = []
        row.append(line)
    if row:
        yield sorted(row, key=lambda line: line.x0)


def paragraphs(
    lines: Sequence[Line], frame: Frame, in_table: Callable[[Line], bool]
) -> tuple[Paragraph, ...]:
    """The paragraphs of running text; rows of tables are left out and end a paragraph."""
    flow = [_joined(row, in_table) for row in rows(lines)]
    pitch = _pitch([line for line in flow if line], frame)
    found: list[list[Line]] = []
    before: Line | None = None
    for line in flow:
        if line and before and not _starts(before, line, frame, pitch):
            found[-1].append(line)
        elif line:
            found.append([line])
        before = line
    return tuple(Paragraph(tuple(kept)) for kept in found)


def _joined(row: list[Line], in_table: Callable[[Line], bool]) -> Line | None:
    if any(map(in_table, row)) or any(
        after.x0 - before.x1 > _TABULAR_GAP * before.size for before, after in pairwise(row)
    ):
        return None
    if len(row) == 1:
        return row[0]
    glyphs = tuple(glyph for line in row for glyph in line.glyphs)
    return Line(row[0].page, " ".join(line.text for line in row), glyphs)


def _pitch(flow: Sequence[Line], frame: Frame) -> float:
    """The usual distance between the baselines of one paragraph, in parts of the type size."""
    distances = [
        (after.baseline - before.baseline) / after.size
        for before, after in pairwise(flow)
        if before.page == after.page and after.x0 - frame.left < _INDENTED
    ]
    return statistics.median_low(distances) if distances else 1.5


def _starts(before: Line, line: Line, frame: Frame, pitch: float) -> bool:
    """Whether a line opens a paragraph: by its indent, by the gap above, or, at the top of a
    page, by a short line before it."""
    if line.x0 - frame.left > _INDENTED:
        return True
    if line.page != before.page:
        return before.x1 < frame.right - 20
    return line.baseline - before.baseline > pitch * line.size + 4

"""What a copying agency puts below a document (Mẫu 3.1), set apart from what it copied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from documents.nd30.drawing import Stroke
from documents.nd30.reading import MM, Line, Sheet
from documents.nd30.types import COPIES, fold

_FORMS = {fold(form): form for form in COPIES}
_REACH = 16 * MM  # how far above the name of the agency its line may stand
_SAME_BLOCK = 7 * MM


@dataclass(frozen=True)
class Copy:
    """One copy. ``form`` is the line "SAO Y"; ``lines`` all of the block, that one included;
    ``stroke`` the line across the page above it; ``sheet`` its page, before it was cut."""

    form: Line
    lines: tuple[Line, ...]
    stroke: Stroke | None
    sheet: Sheet

    @property
    def name(self) -> str:
        """ "SAO Y", however it is written."""
        return _FORMS[fold(self.form.text)]


def cut(sheets: Sequence[Sheet]) -> tuple[tuple[Sheet, ...], tuple[Copy, ...]]:
    """The pages without the blocks of copies, and these, in order.

    Pages after the first block keep nothing but what stands in their top margin.
    """
    forms = list(_forms(sheets))
    if not forms:
        return tuple(sheets), ()
    page, top = forms[0][0].number, _top(*forms[0])
    before, rest = sheets[: page - 1], sheets[page:]
    kept = (*before, _above(sheets[page - 1], top), *(_above(sheet, 20 * MM) for sheet in rest))
    return kept, tuple(_blocks(sheets, forms))


def _forms(sheets: Sequence[Sheet]) -> Iterator[tuple[Sheet, Line]]:
    for sheet in sheets:
        for line in sheet.lines:
            right = line.centre > sheet.width / 2 and line.bottom > 20 * MM
            if right and fold(line.text) in _FORMS:
                yield sheet, line


def _top(sheet: Sheet, form: Line) -> float:
    """Where a block begins: just above the row of its form, and its line with it."""
    row = [line.top for line in sheet.lines if abs(line.baseline - form.baseline) < _SAME_BLOCK]
    stroke = _line_above(sheet, min(row))
    return min([*row, *([stroke.y] if stroke else [])]) - 1


def _line_above(sheet: Sheet, top: float) -> Stroke | None:
    """The longest line close above, but longer than the one under an agency's name."""
    near = [s for s in sheet.strokes if top - _REACH < s.y < top + 2 and s.width > 60 * MM]
    return max(near, key=lambda stroke: stroke.width, default=None)


def _above(sheet: Sheet, top: float) -> Sheet:
    return replace(
        sheet,
        lines=tuple(line for line in sheet.lines if line.baseline < top),
        strokes=tuple(stroke for stroke in sheet.strokes if stroke.y < top),
        tables=tuple(box for box in sheet.tables if box.bottom < top),
    )


def _blocks(sheets: Sequence[Sheet], forms: Sequence[tuple[Sheet, Line]]) -> Iterator[Copy]:
    ends = [(sheet.number, _top(sheet, form)) for sheet, form in forms] + [(len(sheets) + 1, 0.0)]
    for (sheet, form), start, end in zip(forms, ends, ends[1:], strict=False):
        lines = (line for page in sheets for line in page.lines if line.bottom > 20 * MM)
        within = tuple(line for line in lines if start <= (line.page, line.baseline) < end)
        yield Copy(form, within, _line_above(sheet, start[1] + 2), sheet)

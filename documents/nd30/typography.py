"""Judging the look of a component: size, case, slope, weight, and the line ruled below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from documents.nd30.drawing import Stroke
from documents.nd30.findings import Finding
from documents.nd30.reading import MM, Line, Sheet

_SIZE_TOLERANCE = 0.15  # points lost in a printer driver's rounding
_NEARLY_ALL = 0.95
_RULE_REACH = 16.0


@dataclass(frozen=True)
class Style:
    """What the decree says of a component's letters; ``caps`` None where it does not say."""

    low: float
    high: float
    bold: bool = False
    italic: bool = False
    caps: bool | None = None

    def __str__(self) -> str:
        size = number(self.low) if self.low == self.high else f"{self.low:g} - {self.high:g}"
        words = ["chữ nghiêng" if self.italic else "chữ đứng", "đậm" if self.bold else "không đậm"]
        case = {True: ["in hoa"], False: ["in thường"], None: []}[self.caps]
        return ", ".join([f"cỡ {size}", *case, *words])

    def sized(self, line: Line) -> bool:
        low, high = self.low - _SIZE_TOLERANCE, self.high + _SIZE_TOLERANCE
        return all(low <= glyph.size <= high for glyph in line.glyphs)

    def fits(self, line: Line) -> bool:
        return (
            self.sized(line)
            and _agrees(line.bold, self.bold)
            and _agrees(line.italic, self.italic)
            and (self.caps is None or self.caps == line.caps)
        )


def _agrees(share: float, wanted: bool) -> bool:
    return share >= _NEARLY_ALL if wanted else share <= 1 - _NEARLY_ALL


def number(value: float) -> str:
    """A number the Vietnamese way, with at most one decimal: ``12,5``."""
    return f"{round(value, 1):g}".replace(".", ",")


def millimetres(points: float) -> str:
    return f"{number(points / MM)} mm"


def described(line: Line, style: Style) -> str:
    """The look of a line, in the words :class:`Style` uses."""
    sizes = sorted({round(glyph.size, 1) for glyph in line.glyphs})
    span = number(sizes[0]) if len(sizes) == 1 else f"{number(sizes[0])} - {number(sizes[-1])}"
    case = [] if style.caps is None else ["in hoa" if line.caps else "in thường"]
    slope = {True: "chữ nghiêng", False: "chữ đứng", None: "chữ nghiêng một phần"}
    weight = {True: "đậm", False: "không đậm", None: "đậm một phần"}
    look = [slope[_mostly(line.italic)], weight[_mostly(line.bold)]]
    return ", ".join([f"cỡ {span}", *case, *look]) + f": “{line.text}”"


def _mostly(share: float) -> bool | None:
    if share >= _NEARLY_ALL:
        return True
    return False if share <= 1 - _NEARLY_ALL else None


def styled(
    lines: Iterable[Line], style: Style, *, rule: str, article: str, name: str
) -> Iterator[Finding]:
    """A finding for the first line that does not have the style of its component."""
    faulty = next((line for line in lines if not style.fits(line)), None)
    if faulty:
        yield Finding(
            rule,
            article,
            f"{name} không đúng cỡ chữ, kiểu chữ.",
            str(style),
            described(faulty, style),
            faulty.page,
        )


def rule_below(sheet: Sheet, lines: Sequence[Line]) -> Stroke | None:
    """The stroke ruled under the last of the lines, within their width."""
    last = lines[-1]
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    reach = last.baseline + _RULE_REACH
    under = (s for s in sheet.strokes if last.baseline < s.y < reach and left < s.centre < right)
    return next(under, None)


def ratio(stroke: Stroke, line: Line) -> float:
    return stroke.width / line.width


def percent(share: float) -> str:
    return f"{round(100 * share)}%"

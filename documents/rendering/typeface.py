"""The typeface of official documents: which letters it has, and how headings break into lines."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

Style = Literal["Regular", "Bold", "Italic", "BoldItalic"]
STYLES: tuple[Style, ...] = ("Regular", "Bold", "Italic", "BoldItalic")
FOLDER = Path(__file__).resolve().parents[1] / "fonts"

MM_PER_POINT = 25.4 / 72

# A heading reads well when a line starts with one of these, or after a comma.
_STARTS_WELL = frozenset(
    re.findall(
        r"\w+",
        "ấp bản cho của đặc đối khu lúc năm phường tại thành "
        "theo thôn thuộc tỉnh tổ trên và với xã xóm",
    )
)
# Runs of spaces are blanks to fill in: broken only before a word.
_BREAKABLE = re.compile(r"(?<=\S) (?=\S)|(?<= ) (?=[^\W\d_])")
_AWKWARD = 0.3  # weighs as much as two lines each 39% off the mean length
_MOST_LINES = 5  # a longer text is no heading: it wraps as it comes


def path(style: Style) -> Path:
    return FOLDER / f"TrinhKySerif-{style}.ttf"


@functools.cache
def _widths(style: Style) -> dict[str, float]:
    """Width of each character, as a share of the font size."""
    with TTFont(path(style), lazy=True) as font:
        unit, advances = font["head"].unitsPerEm, font["hmtx"].metrics
        return {chr(code): advances[name][0] / unit for code, name in font.getBestCmap().items()}


@functools.cache
def alphabet() -> frozenset[str]:
    """The characters all four styles can print."""
    return frozenset.intersection(*(frozenset(_widths(style)) for style in STYLES))


def text_width(text: str, style: Style, points: float) -> float:
    """Width of a line in millimetres, exact because the fonts do not kern."""
    widths = _widths(style)
    return sum(widths.get(char, 0) for char in text) * points * MM_PER_POINT


def arranged(text: str, style: Style, points: float, available: float) -> str:
    """A centred heading broken with newlines into as few lines as fit ``available`` millimetres.

    Lines of about equal length, starting where a reader pauses, as a typist would break them:
    "Về việc thành lập Tổ công nghệ số cộng đồng" / "bản Tùng Hương, xã Tam Quang".
    """
    tokens = _BREAKABLE.split(text)
    space = text_width(" ", style, points)
    ends = [0.0]
    for token in tokens:
        ends.append(ends[-1] + text_width(token, style, points) + space)
    lines = _fewest(ends, available + space)
    if lines > _MOST_LINES:
        return text
    edges = [0, *_cuts(tokens, ends, lines, available + space), len(tokens)]
    return "\n".join(" ".join(tokens[a:b]) for a, b in itertools.pairwise(edges))


def _fewest(ends: Sequence[float], available: float) -> int:
    """How many lines filling each to the brim takes."""
    count, start = 1, 0.0
    for before, end in itertools.pairwise(ends):
        if end - start > available and before > start:
            count, start = count + 1, before
    return count


def _cuts(
    tokens: Sequence[str], ends: Sequence[float], lines: int, available: float
) -> tuple[int, ...]:
    """Where to cut ``tokens`` into ``lines`` lines at the least cost."""
    mean = ends[-1] / lines

    def line_cost(start: int, stop: int) -> float:
        width = ends[stop] - ends[start]
        # A word wider than the page cannot be helped here: the style sheet breaks it.
        too_wide = 100.0 if width > available and stop - start > 1 else 0.0
        natural = start == 0 or tokens[start - 1].endswith(",")
        natural = natural or tokens[start].casefold() in _STARTS_WELL
        return too_wide + (width / mean - 1) ** 2 + (0 if natural else _AWKWARD)

    @functools.cache
    def best(start: int, left: int) -> tuple[float, tuple[int, ...]]:
        if left == 1:
            return line_cost(start, len(tokens)), ()
        options = range(start + 1, len(tokens) - left + 2)
        return min(
            (line_cost(start, stop) + best(stop, left - 1)[0], (stop, *best(stop, left - 1)[1]))
            for stop in options
        )

    return best(0, lines)[1]

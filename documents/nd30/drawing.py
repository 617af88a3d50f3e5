"""What a page draws besides text: ruled lines, tables, and the colour of ink."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

_THIN = 3.0
_SHORTEST = 8.0
_FRAME = (4.0, 60.0)  # height of a frame around a stamp, in points
_DARK = 0.05  # how far from black a printer still shows black
_PALE = 0.9


class Stroke(NamedTuple):
    """A horizontal ruled line."""

    x0: float
    x1: float
    y: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


class Box(NamedTuple):
    x0: float
    top: float
    x1: float
    bottom: float


class Picture(NamedTuple):
    """A raster image where it is drawn: ``dpi`` along its coarser side, ``colour`` for three or
    four inks."""

    box: Box
    dpi: float
    colour: bool


def is_black(colour: Any, space: Any = "") -> bool:
    """Whether a PDF colour prints as black (gray, RGB, CMYK, or one ink)."""
    return _darkness(colour, space) >= 1 - _DARK


def is_red(colour: Any) -> bool:
    """Whether an RGB or CMYK colour is a bright red ("đỏ tươi")."""
    if not isinstance(colour, tuple | list) or not all(isinstance(p, int | float) for p in colour):
        return False
    if len(colour) == 4:
        cyan, magenta, yellow, key = map(float, colour)
        return magenta > 0.7 and yellow > 0.5 and cyan < 0.3 and key < 0.3
    return len(colour) == 3 and colour[0] > 0.7 and max(colour[1:]) < 0.3


def frames(page: Any) -> tuple[Box, ...]:
    """Rectangles about as high as a stamp (Mục III.2b); drawn as one shape, however painted."""
    low, high = _FRAME
    return tuple(
        Box(shape["x0"], shape["top"], shape["x1"], shape["bottom"])
        for shape in (*page.rects, *page.curves)
        if low <= shape["bottom"] - shape["top"] <= high and shape["x1"] - shape["x0"] > _SHORTEST
    )


def pictures(page: Any) -> tuple[Picture, ...]:
    """The raster images of a page."""
    return tuple(_picture(image) for image in page.images)


def _picture(image: dict[str, Any]) -> Picture:
    box = Box(image["x0"], image["top"], image["x1"], image["bottom"])
    dots = zip(image["srcsize"], (box.x1 - box.x0, box.bottom - box.top), strict=True)
    dpi = min(72 * count / length for count, length in dots if length)
    return Picture(box, dpi, any("RGB" in str(s) or "CMYK" in str(s) for s in image["colorspace"]))


def _darkness(colour: Any, space: Any) -> float:
    if colour is None or colour == ():
        return 1.0  # a page that sets no colour draws in black
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    if not all(isinstance(part, int | float) for part in parts):
        return 0.0  # a pattern
    values = [float(part) for part in parts]
    if len(values) == 4:
        return max(values[3], min(values[:3]))
    if len(values) == 1 and str(space).startswith("Separation"):
        return values[0]
    return 1.0 - max(values)


def strokes(page: Any) -> tuple[Stroke, ...]:
    """The visible horizontal lines of a pdfplumber page, from top to bottom."""
    found = [*_drawn_lines(page), *_one_sided_borders(page)]
    return tuple(sorted(found, key=lambda stroke: (stroke.y, stroke.x0)))


def _visible(shape: dict[str, Any]) -> bool:
    key = "non_stroking_color" if shape["fill"] else "stroking_color"
    return _darkness(shape[key], "") > 1 - _PALE


def _drawn_lines(page: Any) -> Iterator[Stroke]:
    for shape in (*page.lines, *page.rects, *page.curves):
        flat = shape["bottom"] - shape["top"] <= _THIN
        if flat and shape["x1"] - shape["x0"] >= _SHORTEST and _visible(shape):
            yield Stroke(shape["x0"], shape["x1"], (shape["top"] + shape["bottom"]) / 2)


def _one_sided_borders(page: Any) -> Iterator[Stroke]:
    """A CSS border on one side is an outer and an inner rectangle, filled even-odd: what is seen
    is the strip between them."""
    for one, other in pairwise(page.rects):
        if abs(one["x0"] - other["x0"]) > 0.01 or abs(one["x1"] - other["x1"]) > 0.01:
            continue
        above, below = abs(one["top"] - other["top"]), abs(one["bottom"] - other["bottom"])
        if above < 0.01 < below <= _THIN:
            yield Stroke(one["x0"], one["x1"], (one["bottom"] + other["bottom"]) / 2)


def tables(page: Any) -> tuple[Box, ...]:
    """The areas ruled with vertical lines, from top to bottom."""
    merged: list[Box] = []
    for side in sorted(_verticals(page), key=lambda box: box.top):
        last = merged[-1] if merged else None
        if last and side.top <= last.bottom + _THIN:
            merged[-1] = Box(
                min(last.x0, side.x0),
                last.top,
                max(last.x1, side.x1),
                max(last.bottom, side.bottom),
            )
        else:
            merged.append(side)
    return tuple(box for box in merged if box.x1 - box.x0 > 2 * _SHORTEST)


def _verticals(page: Any) -> Iterator[Box]:
    for shape in (*page.lines, *page.rects):
        tall = shape["bottom"] - shape["top"] >= _SHORTEST
        narrow = shape["x1"] - shape["x0"] <= _THIN
        if tall and (narrow or shape["stroke"]) and _visible(shape):
            yield Box(shape["x0"], shape["top"], shape["x1"], shape["bottom"])

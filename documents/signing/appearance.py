"""What a signature looks like on the page: a blue name for the signer, a red ring for the seal.

Both are drawn as outlines (Decree 30/2020, Phụ lục I.II.7d and 8a: blue, red), never as text: a
signature must not bring fonts of its own into a PDF/A file.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fontTools.pens.basePen import BasePen  # type: ignore[import-untyped]
from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from ..rendering.typeface import Style, path

BLUE = "0.05 0.16 0.62"
RED = "0.84 0.06 0.08"
DEMO = "THỬ NGHIỆM"

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Drawing:
    """PDF drawing operators in a box of the given size, lower left corner at the origin; or a
    picture (Pillow's) that fills it."""

    width: float
    height: float
    operators: bytes
    image: Any = None


# What an agency signs in words, in the corner of the page, shows no picture (Phần II Phụ lục I).
NOTHING = Drawing(1, 1, b"")


class _Operators(BasePen):  # type: ignore[misc]  # fontTools ships no types
    """Turns outlines into PDF path operators."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.parts: list[str] = []

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self.parts.append(f"{pt[0]:.2f} {pt[1]:.2f} m")

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self.parts.append(f"{pt[0]:.2f} {pt[1]:.2f} l")

    def _curveToOne(  # noqa: N802
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        points = " ".join(f"{x:.2f} {y:.2f}" for x, y in (pt1, pt2, pt3))
        self.parts.append(f"{points} c")

    def _closePath(self) -> None:  # noqa: N802
        self.parts.append("h")


class _Font:
    """Outlines and widths of one of our fonts, in units of the font size."""

    def __init__(self, style: Style) -> None:
        font: Any = TTFont(path(style))
        self._glyphs = font.getGlyphSet()
        self._names = font.getBestCmap()
        self._em = font["head"].unitsPerEm

    def width(self, text: str) -> float:
        return float(sum(self._glyph(sign).width for sign in text) / self._em)

    def draw(self, sign: str, size: float, place: Matrix) -> str:
        """One character of ``size`` with its base point moved by ``place``."""
        scale = size / self._em
        a, b, c, d, e, f = place
        pen = _Operators(self._glyphs)
        self._glyph(sign).draw(
            TransformPen(pen, (a * scale, b * scale, c * scale, d * scale, e, f))
        )
        return " ".join(pen.parts)

    def _glyph(self, sign: str) -> Any:
        # A letter the font lacks is left out: the name is printed under the picture anyway.
        return self._glyphs[self._names.get(ord(sign), self._names[ord(" ")])]


@functools.cache
def _font(style: Style) -> _Font:
    return _Font(style)


def signature(name: str) -> Drawing:
    """The signer's name as a slanted blue line with a flourish."""
    size, lean, rise = 30.0, 0.18, 0.10
    width = _font("Italic").width(name) * size + 40
    height = 46 + rise * width
    parts, x = [], 18.0
    for sign in name:
        parts.append(_font("Italic").draw(sign, size, (1, rise, lean, 1, x, 16 + rise * x)))
        x += _font("Italic").width(sign) * size
    end = 12 + rise * width
    flourish = (
        f"1.4 w 1 J 6 9 m {width * 0.35:.1f} -4 {width * 0.6:.1f} {end * 0.9:.1f} "
        f"{width - 4:.1f} {end:.1f} c S"
    )
    operators = f"{BLUE} rg {BLUE} RG {' '.join(parts)} f {flourish}"
    return Drawing(width, height, operators.encode())


def seal(agency: str, *, demo: bool) -> Drawing:
    """A round seal in flat red, 102 points (36 mm) across; demo seals say so in the middle."""
    centre = 51.0
    ring = [_circle(centre, 49.5), _circle(centre, 33.5)]
    words = list(_around(agency.upper(), centre, radius=37.5, size=9.0))
    words.append(_star(centre, centre + 13, 11))
    words += list(_centred(DEMO, centre, centre - 9, 9.0) if demo else ())
    operators = f"{RED} rg {RED} RG 2 w {' '.join(ring)} S {' '.join(words)} f"
    return Drawing(102, 102, operators.encode())


def _circle(centre: float, radius: float) -> str:
    # Four Bezier quarters: 0.5523 is the usual control distance for a circle.
    c, r, k = centre, radius, radius * 0.5523
    return (
        f"{c + r} {c} m {c + r} {c + k} {c + k} {c + r} {c} {c + r} c "
        f"{c - k} {c + r} {c - r} {c + k} {c - r} {c} c "
        f"{c - r} {c - k} {c - k} {c - r} {c} {c - r} c "
        f"{c + k} {c - r} {c + r} {c - k} {c + r} {c} c h"
    )


def _around(text: str, centre: float, *, radius: float, size: float) -> Iterator[str]:
    """Text clockwise along a circle, centred at the top; long names are set smaller."""
    font = _font("Bold")
    size = min(size, 1.7 * math.pi * radius / max(font.width(text), 1))
    turn = font.width(text) * size / radius / 2
    for sign in text:
        half = font.width(sign) * size / radius / 2
        turn -= half
        sine, cosine = math.sin(turn), math.cos(turn)
        x = centre - radius * sine - half * radius * cosine
        y = centre + radius * cosine - half * radius * sine
        yield font.draw(sign, size, (cosine, sine, -sine, cosine, x, y))
        turn -= half


def _centred(text: str, x: float, y: float, size: float) -> Iterator[str]:
    font = _font("Bold")
    x -= font.width(text) * size / 2
    for sign in text:
        yield font.draw(sign, size, (1, 0, 0, 1, x, y))
        x += font.width(sign) * size


def _star(x: float, y: float, radius: float) -> str:
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.382
        angle = math.pi / 2 + corner * math.pi / 5
        points.append(f"{x + reach * math.cos(angle):.2f} {y + reach * math.sin(angle):.2f}")
    return f"{points[0]} m " + " ".join(f"{point} l" for point in points[1:]) + " h"

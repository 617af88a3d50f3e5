"""Small charts as SVG: presentation attributes only, so that they stand under a strict CSP and on
paper. Each carries what it shows in words."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

_INK, _SOFT, _TRACK, _DONE, _SHORT = "#1c2630", "#55606b", "#e8e6e0", "#1b6337", "#14497b"
_WIDE, _HIGH, _EDGE = 320, 96, 26


def bar(value: int | None, target: int, whole: int | None, said: str) -> SafeString:
    """What is reached beside what is asked; ``whole`` is the end of the bar in a share. A missing
    value is an empty dashed frame, not a bar of no length. ``said`` is the chart in words."""
    end = max(whole or 0, target, value or 0, 1)
    mark = 4 + 232 * target // end
    parts = [_frame(dashed=value is None)]
    if value:
        fill = _DONE if value >= target else _SHORT
        width = max(2, 232 * value // end)
        parts.append(f'<rect x="4" y="7" width="{width}" height="14" fill="{fill}"/>')
    parts.append(f'<path d="M{mark} 2V26" stroke="{_INK}" stroke-width="3"/>')
    return _svg(240, 28, said, parts)


def _frame(*, dashed: bool) -> str:
    dash = ' stroke-dasharray="5 4"' if dashed else ""
    fill = "none" if dashed else _TRACK
    return (
        f'<rect x="4" y="7" width="232" height="14" fill="{fill}" stroke="{_SOFT}"'
        f' stroke-width="1"{dash}/>'
    )


Point = tuple[datetime.date, int]


def line(points: Sequence[Point], target: int, until: datetime.date, said: str) -> SafeString:
    """The numbers told over the days until the last one, with the target as a dashed line."""
    first = points[0][0]
    days = max((max(until, points[-1][0]) - first).days, 1)
    top = max([target, *(value for _day, value in points)], default=1) or 1

    def at(day: datetime.date, value: int) -> tuple[int, int]:
        x = 8 + (_WIDE - 56) * (day - first).days // days
        return x, _HIGH - _EDGE - (_HIGH - _EDGE - 14) * value // top

    places = [at(*point) for point in points]
    _x, level = at(first, target)
    drawn = " ".join(f"{x},{y}" for x, y in places)
    base = _HIGH - _EDGE
    parts = [
        f'<path d="M8 {base}H{_WIDE - 48}" stroke="{_SOFT}" stroke-width="1"/>',
        f'<path d="M8 {level}H{_WIDE - 48}" stroke="{_INK}" stroke-width="1.5"'
        ' stroke-dasharray="6 4"/>',
        _text(_WIDE - 44, level + 4, str(target)),
        f'<polyline points="{drawn}" fill="none" stroke="{_SHORT}" stroke-width="2.5"/>',
        *(f'<circle cx="{x}" cy="{y}" r="4" fill="{_SHORT}"/>' for x, y in places),
        _text(8, _HIGH - 8, f"{first:%d/%m/%Y}"),
        _text(_WIDE - 48, _HIGH - 8, f"{max(until, points[-1][0]):%d/%m/%Y}", "end"),
    ]
    return _svg(_WIDE, _HIGH, said, parts)


def in_words(points: Sequence[Point]) -> str:
    """The same numbers for those who do not see the chart."""
    told = "; ".join(f"{day:%d/%m/%Y}: {value}" for day, value in points)
    return _("Số liệu theo ngày: %(told)s.") % {"told": told}


def _text(x: int, y: int, text: str, anchor: str = "start") -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="13" font-family="system-ui, sans-serif"'
        f' text-anchor="{anchor}" fill="{_INK}">{escape(text)}</text>'
    )


def _svg(width: int, height: int, said: str, parts: Sequence[str]) -> SafeString:
    # Numbers and escaped words only: nothing typed comes in unescaped.
    return mark_safe(  # noqa: S308
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" role="img" aria-label="{escape(said)}">'
        f"{''.join(parts)}</svg>"
    )

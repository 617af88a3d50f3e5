"""How the figures of reports are written on a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from .. import access
from ..reports.rollups import Cell, Part

register = template.Library()


@register.filter
def file_digest(name: str) -> str:
    """What the address of a kept file names it by."""
    return access.scan_digest(name)


@register.filter
def nth(rows: Sequence[Any], number: int) -> Any:
    return rows[number]


@register.filter
def short_team(name: str) -> str:
    """ "Bản Bãi Sở": a team inside a table of teams."""
    short = name.removeprefix("Tổ công nghệ số cộng đồng ")
    return short[:1].upper() + short[1:]


@register.filter
def cell_word(cell: Cell) -> str:
    """A number, a share, "Không phát sinh", or that there is none: never a zero for what is
    missing."""
    return _said(cell.numerator, cell.denominator, none=cell.none)


@register.filter
def month_word(cell: Cell, call: int) -> str:
    """What one call gave towards a cell."""
    parts = (part for part in cell.parts if part.report.call_id == call)
    part: Part | None = next(parts, None)
    return _said(part.numerator, part.denominator, none=part.none) if part else "–"


def _said(numerator: int | None, denominator: int | None, *, none: bool) -> str:
    if numerator is None:
        return _("Không phát sinh") if none else _("Chưa có")
    return str(numerator) if denominator is None else f"{numerator}/{denominator}"

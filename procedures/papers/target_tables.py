"""The numbers of a decision as they are printed: a grid of all teams, or a table for each.

Several teams with few indicators share one grid on one sheet, as offices sign it: the Chairman sees
every team at a glance and signs no pile of nearly empty pages. More indicators than a sheet A4 is
wide for get an annex for each team, and so does a single team: each then has a sheet of its own to
hang up. Every share is printed as a fraction.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from documents.model import Annex, Column, Paragraph, Table
from documents.words import day_words

from ..models.targets import Sheet, Target, TargetItem, TargetTeam, percent

if TYPE_CHECKING:
    from ..models import Dossier

# Beside the team's name a sheet A4 has room for so many columns that can still be read.
GRID_COLUMNS = 3
_NOTHING = "Không giao"


def fits_a_grid(sheet: Sheet) -> bool:
    """Whether all teams stand in one table."""
    return len(sheet.places) > 1 and len(sheet.items) <= GRID_COLUMNS


def annexes(dossier: Dossier) -> tuple[Annex, ...]:
    """One grid for several teams where it fits, else an annex for each team."""
    sheet = dossier.target_sheet()
    if fits_a_grid(sheet):
        title = f"Chỉ tiêu giao các Tổ công nghệ số cộng đồng {dossier.commune.full_name}"
        return (Annex(title=title.upper(), blocks=(grid(sheet), *counted(sheet.items))),)
    return tuple(_annex(sheet, place) for place in sheet.places)


def _annex(sheet: Sheet, place: TargetTeam) -> Annex:
    asked = sheet.asked(place)
    title = f"Chỉ tiêu giao {place.team.name}".upper()
    return Annex(title=title, blocks=(table(asked), *counted([t.item for t in asked])))


def table(asked: list[Target]) -> Table:
    rows = tuple(
        (
            f"{n}",
            target.item.indicator.name,
            target.item.indicator.unit,
            f"{target.numerator}",
            _whole(target),
            _share(target),
        )
        for n, target in enumerate(asked, 1)
    )
    columns = (
        Column("TT", 7, "center"),
        Column("Chỉ tiêu", 38),
        Column("Đơn vị tính", 12, "center"),
        Column("Phải đạt", 11, "center"),
        Column("Trên tổng số", 20, "center"),
        Column("Tỷ lệ", 12, "center"),
    )
    return Table(columns=columns, rows=rows)


def _whole(target: Target) -> str:
    """ "120 hộ trong bản"; a plain count is out of nothing."""
    if target.denominator is None:
        return "-"
    return f"{target.denominator} {target.item.indicator.of}"


def _share(target: Target) -> str:
    if target.numerator is None or target.denominator is None:
        return "-"
    return percent(target.numerator, target.denominator)


def grid(sheet: Sheet) -> Table:
    """Teams down, indicators across, a line of sums at the end."""
    width = 60 // max(len(sheet.items), 1)
    columns = (
        Column("TT", 7, "center"),
        Column("Tổ", 93 - width * len(sheet.items)),
        *(Column(_heading(item), width, "center") for item in sheet.items),
    )
    rows = [
        (f"{n}", _short(place), *(_cell(target) for target in row))
        for n, (place, row) in enumerate(sheet.rows, 1)
    ]
    total = ("", "Cộng", *(_sum(sheet, column) for column in range(len(sheet.items))))
    return Table(columns=columns, rows=(*rows, total))


def _short(place: TargetTeam) -> str:
    """ "Bản Bãi Sở": what kind of team they are, the title of the grid says."""
    hamlet = place.team.hamlet
    if hamlet is None:
        return str(place.team.name)
    return hamlet.full_name[:1].upper() + hamlet.full_name[1:]


def _heading(item: TargetItem) -> str:
    """What is counted, in what, out of what."""
    indicator = item.indicator
    of = f"; trên tổng số {indicator.of}" if indicator.is_share else ""
    return f"{indicator.name} ({indicator.unit}{of})"


def _cell(target: Target | None) -> str:
    if target is None or target.numerator is None:
        return _NOTHING
    return _fraction(target.numerator, target.denominator)


def _fraction(numerator: int, denominator: int | None) -> str:
    if denominator is None:
        return f"{numerator}"
    return f"{numerator}/{denominator} ({percent(numerator, denominator)})"


def _sum(sheet: Sheet, column: int) -> str:
    asked = [row[column] for _place, row in sheet.rows]
    found = [t for t in asked if t is not None and t.numerator is not None]
    whole = [t.denominator for t in found if t.denominator is not None]
    return _fraction(sum(t.numerator or 0 for t in found), sum(whole) if whole else None)


def counted(items: list[TargetItem]) -> Iterator[Paragraph]:
    """Where the denominators come from, a sentence for each source."""
    told = dict.fromkeys((i.base_source, i.base_date) for i in items if i.indicator.is_share)
    for source, day in told:
        if source and day:
            yield Paragraph(f"Tổng số theo {_lower(source)}, tính đến {day_words(day)}.")


def _lower(text: str) -> str:
    """ "số liệu của Trưởng bản" inside a sentence; a name keeps its capital."""
    head = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if head in ("Số", "Báo", "Danh", "Biểu", "Sổ") else text


def sums(sheet: Sheet) -> Table:
    """Too many columns for a grid: the sums here, each team's numbers in the draft."""
    rows = tuple(
        (f"{n}", _heading(item), _sum(sheet, n - 1)) for n, item in enumerate(sheet.items, 1)
    )
    columns = (
        Column("TT", 7, "center"),
        Column("Chỉ tiêu", 63),
        Column("Cộng các tổ", 30, "center"),
    )
    return Table(columns=columns, rows=rows)

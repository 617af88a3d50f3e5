"""A superior's own workbook: its headings found, and its rows filled with our list.

What the office above has written stays: headings, widths, formulas, what stands below the list.
Only the mapped columns of the rows between the first and the last are written, always as text, so
that nothing typed by anybody becomes a formula.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell.cell import MergedCell

from ..people import names
from .container import Unreadable, broken, is_workbook

MOST_COLUMNS = 30
MOST_ROWS = 5_000
_SEARCHED_ROWS = 30
_LEAST_HEADINGS = 3
_WORD = re.compile(r"\w+")
_TOTALS = ("tong", "cong")
# What a spreadsheet would take for the beginning of a formula.
_RISKY = ("=", "+", "-", "@", "\t", "\r")

# Field by what its heading says, the most telling words first.
_GUESSES = (
    ("zalo", ("zalo",)),
    ("phone", ("dien thoai", "sdt", "lien he")),
    ("decision", ("quyet dinh", "so qd")),
    ("name", ("ho ten", "ho va ten", "thanh vien", "to truong")),
    ("role", ("chuc vu trong to", "chuc danh", "chuc vu", "vai tro")),
    ("note", ("ghi chu", "thanh phan")),
    ("commune", ("ten xa", "phuong", "don vi")),
    ("place", ("thon", "ban", "khu pho", "dia ban")),
    ("team", ("ten to", "to cong nghe")),
    ("order", ("stt", "tt")),
)


@dataclass(frozen=True)
class Layout:
    """Where the list goes: sheet, row of the headings, first and last row of the list, numbered
    as on the screen of a spreadsheet."""

    sheet: str
    heading: int
    first: int
    last: int


@dataclass(frozen=True)
class Filler:
    """What a column is filled with: a field of our list, or the constant ``text``."""

    column: int
    field: str
    text: str = ""


def guessed(data: bytes) -> Layout:
    """Where the headings most likely stand. Raises :class:`Unreadable` where no row has three."""
    book = _opened(data)
    best: tuple[int, Any, int] | None = None
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        for number in range(1, min(sheet.max_row, _SEARCHED_ROWS) + 1):
            count = len(_row_headings(sheet, number))
            if count >= _LEAST_HEADINGS and (best is None or count > best[0]):
                best = (count, sheet, number)
    if best is None:
        raise Unreadable(_("Không thấy dòng tiêu đề nào có từ ba cột trở lên trong tệp này."))
    _count, sheet, number = best
    return Layout(sheet.title, number, number + 1, _last_row(sheet, number))


def headings(data: bytes, layout: Layout) -> dict[int, str]:
    """{column from 1: heading}; a heading that spans columns or rows counts for each of them."""
    return _row_headings(_sheet(_opened(data), layout.sheet), layout.heading)


def sheets_of(data: bytes) -> list[str]:
    return [sheet.title for sheet in _opened(data).worksheets if sheet.sheet_state == "visible"]


def guess(heading: str) -> str:
    """The field a heading most likely asks for; empty when nothing fits."""
    said = f" {' '.join(_WORD.findall(names.fold(heading)))} "
    for field, words in _GUESSES:
        if any(f" {word} " in said or (len(word) > 4 and word in said) for word in words):
            return field
    return ""


def mapping(data: bytes, layout: Layout) -> list[list[Any]]:
    """[column, field, ""] for every heading that tells what it asks for."""
    guesses = ((column, guess(said)) for column, said in headings(data, layout).items())
    return [[column, field, ""] for column, field in guesses if field]


def fill(
    data: bytes, layout: Layout, fillers: Iterable[Filler], rows: Sequence[Mapping[str, str]]
) -> bytes:
    """The workbook with ``rows`` written below its headings.

    A list longer than the room between first and last row moves what stands below it down.
    Raises :class:`Unreadable` for a file that may not be opened or has no such sheet.
    """
    if len(rows) > MOST_ROWS:
        raise Unreadable(_("Danh sách quá dài."))
    book = _opened(data)
    sheet = _sheet(book, layout.sheet)
    fillers = list(fillers)
    _make_room(sheet, layout, len(rows))
    for number in range(max(len(rows), layout.last - layout.first + 1)):
        row = rows[number] if number < len(rows) else None
        _write(sheet, layout, number, fillers, row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _opened(data: bytes) -> Any:
    if not is_workbook(data):
        raise Unreadable(_("Mẫu của cấp trên phải là tệp Excel (.xlsx)."))
    try:
        return openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
    # A hostile or half-written workbook may break its reader anywhere.
    except Exception as error:
        raise Unreadable(broken()) from error


def _sheet(book: Any, title: str) -> Any:
    if title not in book.sheetnames:
        raise Unreadable(_("Tệp không có trang tính “%(title)s”.") % {"title": title})
    return book[title]


def _row_headings(sheet: Any, number: int) -> dict[int, str]:
    found = {}
    for column in range(1, min(sheet.max_column, MOST_COLUMNS) + 1):
        said = _shown(sheet, number, column)
        if isinstance(said, str) and (text := names.clean(said)) and not text.startswith("="):
            found[column] = text
    # A title merged over the whole width is one text, not a row of headings.
    return found if len(set(found.values())) > 1 else {}


def _shown(sheet: Any, row: int, column: int) -> Any:
    cell = sheet.cell(row, column)
    if not isinstance(cell, MergedCell):
        return cell.value
    spanning = (r for r in sheet.merged_cells.ranges if cell.coordinate in r)
    return next((sheet.cell(r.min_row, r.min_col).value for r in spanning), None)


def _last_row(sheet: Any, heading: int) -> int:
    """The row above the one that says TỔNG, or the end of what the sheet has."""
    for number in range(heading + 1, sheet.max_row + 1):
        said = (sheet.cell(number, column).value for column in range(1, 5))
        words = [names.fold(str(value)) for value in said if value is not None]
        if any(word.startswith(_TOTALS) for word in words):
            return max(number - 1, heading + 1)
    return max(int(sheet.max_row), heading + 1)


def _make_room(sheet: Any, layout: Layout, count: int) -> None:
    """Nothing spans rows of the list, and what stands below it starts after its end."""
    for spanning in list(sheet.merged_cells.ranges):
        if spanning.max_row >= layout.first and spanning.min_row <= layout.last:
            sheet.unmerge_cells(str(spanning))
    extra = count - (layout.last - layout.first + 1)
    if extra <= 0 or sheet.max_row <= layout.last:
        return
    below = [found for found in sheet.merged_cells.ranges if found.min_row > layout.last]
    for spanning in below:
        sheet.merged_cells.remove(spanning)
    area = f"A{layout.last + 1}:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"
    sheet.move_range(area, rows=extra, translate=True)
    for spanning in below:
        spanning.shift(row_shift=extra)
        sheet.merged_cells.add(spanning)


def _write(
    sheet: Any,
    layout: Layout,
    number: int,
    fillers: Sequence[Filler],
    row: Mapping[str, str] | None,
) -> None:
    for filler in fillers:
        cell = sheet.cell(layout.first + number, filler.column)
        pattern = sheet.cell(layout.first, filler.column)
        if number and pattern.has_style:
            cell._style = copy(pattern._style)
        said = "" if row is None else filler.text or row.get(filler.field, "")
        _put(cell, said)


def _put(cell: Any, text: str) -> None:
    """Text as text, whatever it begins with."""
    cell.value = text or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_RISKY)
        cell.number_format = "@"

"""The cells of a file, whether XLSX or CSV, as the reader of the form sees them."""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from ..people import names
from .container import Unreadable, broken, is_workbook

MOST_ROWS = 2_000
_COLUMNS = 30
# Blank rows cost time too: a list does not reach so far down.
_LAST_ROW = 20_000
_LONGEST_CELL = 2_000
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_NUMBER = re.compile(rb'\br="(\d+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')


class Kind(Enum):
    """What stands in a cell."""

    BLANK = auto()
    TEXT = auto()
    NUMBER = auto()
    DATE = auto()
    FLAG = auto()
    FORMULA = auto()
    ERROR = auto()


@dataclass(frozen=True)
class Cell:
    """One cell: its address ("C7"), what it holds, and that as clean text in NFC."""

    ref: str
    kind: Kind = Kind.BLANK
    text: str = ""

    def __bool__(self) -> bool:
        return self.kind is not Kind.BLANK


@dataclass(frozen=True)
class Row:
    """A row in which something stands. ``cells`` begin at column A."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False

    def at(self, column: int) -> Cell:
        """The cell of a column counted from 0."""
        if column < len(self.cells):
            return self.cells[column]
        return Cell(f"{get_column_letter(column + 1)}{self.number}")


@dataclass(frozen=True)
class Page:
    """One sheet of a workbook, its blank rows left out. ``full`` when it was cut off."""

    title: str
    rows: tuple[Row, ...]
    full: bool = False


def pages(data: bytes) -> list[Page]:
    """The visible sheets of a workbook, or the one of a CSV text.

    Raises :class:`Unreadable` with the sentence for the user.
    """
    if not is_workbook(data):
        return [_text_page(data)]
    try:
        return _workbook_pages(data)
    except Unreadable:
        raise
    # A hostile or half-written workbook may break its reader anywhere.
    except Exception as error:
        raise Unreadable(broken()) from error


def _workbook_pages(data: bytes) -> list[Page]:
    # Formulas are read as formulas: their last result may be stale, and is not what one sees.
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    try:
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return [_workbook_page(sheet, data) for sheet in shown]
    finally:
        book.close()


def _workbook_page(sheet: Any, data: bytes) -> Page:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        hidden = _hidden_rows(archive.read(sheet._worksheet_path))
    # What a sheet says about its own size is not believed: rows beyond it would be dropped.
    sheet.reset_dimensions()
    lines = (
        (number, [_cell_of(item, number, place) for place, item in enumerate(line, 1)])
        for number, line in enumerate(sheet.iter_rows(max_col=_COLUMNS), 1)
        if any(item.value is not None for item in line)
    )
    return _page(sheet.title, lines, hidden)


def _hidden_rows(part: bytes) -> frozenset[int]:
    """A reader that streams knows nothing of hidden rows, and nobody may record unseen people."""
    hidden: set[int] = set()
    number = 0
    for row in _ROW.findall(part):
        named = _NUMBER.search(row)
        number = int(named[1]) if named else number + 1
        if number > _LAST_ROW:
            raise Unreadable(
                _("Trang tính dài quá %(limit)d dòng. Ông/bà chép riêng danh sách sang tệp mẫu.")
                % {"limit": _LAST_ROW}
            )
        if _HIDDEN.search(row):
            hidden.add(number)
    return frozenset(hidden)


def _page(
    title: str, lines: Iterator[tuple[int, list[Cell]]], hidden: frozenset[int] = frozenset()
) -> Page:
    rows: list[Row] = []
    for number, cells in lines:
        if any(cells):
            if len(rows) == MOST_ROWS:
                return Page(title, tuple(rows), full=True)
            rows.append(Row(number, tuple(cells), number in hidden))
    return Page(title, tuple(rows))


_KINDS = {"f": Kind.FORMULA, "e": Kind.ERROR, "b": Kind.FLAG, "d": Kind.DATE}


def _cell_of(item: Any, row: int, column: int) -> Cell:
    ref = f"{get_column_letter(column)}{row}"
    value = item.value
    if value is None:
        return Cell(ref)
    if item.data_type in _KINDS:
        return Cell(ref, _KINDS[item.data_type])
    if isinstance(value, int | float):
        return Cell(ref, Kind.NUMBER, _digits(value))
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return Cell(ref, Kind.DATE)
    return _written(ref, str(value))


def _digits(value: float) -> str:
    whole = isinstance(value, int) or value.is_integer()
    return str(int(value)) if whole else repr(value)


def _written(ref: str, text: str) -> Cell:
    clean = names.clean(text[:_LONGEST_CELL])
    return Cell(ref, Kind.TEXT, clean) if clean else Cell(ref)


def _text_page(data: bytes) -> Page:
    text = _decoded(data)
    if text.lstrip().startswith("<"):
        raise Unreadable(
            _("Đây là trang web đổi đuôi tệp. Ông/bà mở bằng Excel, lưu thành .xlsx rồi tải lên.")
        )
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        return _page("CSV", _text_lines(lines))
    except csv.Error as error:
        raise Unreadable(_("Tệp CSV hỏng: có ô quá dài hoặc dấu nháy không đóng.")) from error


def _text_lines(lines: Iterator[list[str]]) -> Iterator[tuple[int, list[Cell]]]:
    for number, line in enumerate(lines, 1):
        cells = enumerate(line[:_COLUMNS], 1)
        yield number, [_text_cell(f"{get_column_letter(c)}{number}", text) for c, text in cells]


def _text_cell(ref: str, text: str) -> Cell:
    # Opened in Excel this text would be a formula, whoever wrote it.
    return Cell(ref, Kind.FORMULA) if text.startswith("=") else _written(ref, text)


def _delimiter(text: str) -> str:
    """Excel writes CSV with the list separator of the computer's region."""
    head = text[:4_000]
    return max(",;\t", key=head.count)


def _decoded(data: bytes) -> str:
    text_like = data.count(b"\0") == 0 or data.startswith((b"\xff\xfe", b"\xfe\xff"))
    binary = sum(byte < 9 for byte in data[:4_000])
    if not text_like or (binary and not data.startswith((b"\xff\xfe", b"\xfe\xff"))):
        raise Unreadable(_("Đây không phải tệp bảng tính Excel (.xlsx). Ông/bà dùng tệp mẫu."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            _(
                "Tệp CSV không ở bảng mã UTF-8 nên chữ Việt sẽ sai. Trong Excel ông/bà chọn Lưu "
                "thành dạng “CSV UTF-8”, hoặc dạng .xlsx."
            )
        ) from error

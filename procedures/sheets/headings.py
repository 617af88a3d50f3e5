"""The eight columns of the form, found by their headings wherever they stand.

The order of the columns is free as long as every heading is there: moved columns are read by
their names, which is what a clerk means who moved them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

from .grid import Page, Row
from .sheet import Problem

TITLE = "Mẫu danh sách Tổ Công nghệ số cộng đồng"
_SEARCHED_ROWS = 30
# A row with fewer of the headings is taken for something else.
_RECOGNISABLE = 3


class Column(Enum):
    """The headings, exact to the letter (legal.md D.9 keeps the source's own spelling)."""

    ORDER = "TT"
    COMMUNE = "Tên Phường\\xã"
    TEAM = "Tên Tổ"
    DECISION = "Số Quyết định"
    NAME = "Họ tên thành viên"
    ROLE = "Chức vụ trong tổ"
    PHONE = "Số điện thoại liên hệ"
    NOTE = "Ghi chú"


HEADINGS = tuple(column.value for column in Column)


def _key(heading: str) -> str:
    """A heading as compared: case, line breaks and the way the slash leans do not matter."""
    return "".join(heading.casefold().split()).replace("/", "\\")


_BY_KEY = {_key(column.value): column for column in Column} | {"stt": Column.ORDER}


@dataclass(frozen=True)
class Header:
    """The page and row in which the headings stand, with the place of each column from 0."""

    page: Page
    row: Row
    places: dict[Column, list[int]]

    @property
    def columns(self) -> dict[Column, int]:
        return {column: places[0] for column, places in self.places.items()}

    @property
    def below(self) -> list[Row]:
        return [row for row in self.page.rows if row.number > self.row.number]


def find(pages: list[Page]) -> tuple[Header | None, list[Problem]]:
    """The one header of a file, and what is wrong with it; None where nothing can be read."""
    candidates = [header for page in pages if (header := _best(page))]
    if not candidates:
        return None, [Problem("", _no_header(pages))]
    if len(candidates) > 1:
        titles = ", ".join(f"“{header.page.title}”" for header in candidates)
        sentence = _(
            "Tệp có %(count)d trang tính cùng mẫu: %(titles)s. Ông/bà giữ một trang, xóa các trang "
            "khác rồi tải lên."
        ) % {"count": len(candidates), "titles": titles}
        return None, [Problem("", sentence)]
    [header] = candidates
    return header, list(_wrong(header))


def moved(header: Header) -> list[Problem]:
    """A notice where the columns stand in another order than in the form."""
    found = header.columns
    if [found[column] for column in Column] == sorted(found[column] for column in Column):
        return []
    sentence = _("Các cột không theo thứ tự của mẫu; đã đọc theo tên cột.")
    return [Problem(header.row.at(min(found.values())).ref, sentence)]


def _best(page: Page) -> Header | None:
    headers = [_header(page, row) for row in page.rows[:_SEARCHED_ROWS]]
    best = max(headers, key=lambda header: len(header.places), default=None)
    return best if best and len(best.places) >= _RECOGNISABLE else None


def _header(page: Page, row: Row) -> Header:
    places: dict[Column, list[int]] = defaultdict(list)
    for place, cell in enumerate(row.cells):
        if column := _BY_KEY.get(_key(cell.text)):
            places[column].append(place)
    return Header(page, row, dict(places))


def _no_header(pages: list[Page]) -> str:
    if not any(page.rows for page in pages):
        return _("Tệp này trống.")
    return _("Không thấy dòng tiêu đề. Mẫu có 8 cột: %(headings)s.") % {
        "headings": "; ".join(HEADINGS)
    }


def _wrong(header: Header) -> Iterator[Problem]:
    for column, places in header.places.items():
        if len(places) > 1:
            refs = ", ".join(header.row.at(place).ref for place in places)
            sentence = _("Tiêu đề “%(heading)s” có %(count)d lần.")
            yield Problem(refs, sentence % {"heading": column.value, "count": len(places)})
    for position, column in enumerate(Column):
        if column not in header.places:
            yield _missing(header, position, column)


def _missing(header: Header, position: int, column: Column) -> Problem:
    """Which heading is missing, and what stands where the form has it."""
    cell = header.row.at(position)
    if cell.text and _key(cell.text) not in _BY_KEY:
        sentence = _("Thiếu cột “%(heading)s”; ô này đang ghi “%(found)s”.")
    else:
        sentence = _("Thiếu cột “%(heading)s” ở dòng tiêu đề.")
    return Problem(cell.ref, sentence % {"heading": column.value, "found": cell.text[:60]})

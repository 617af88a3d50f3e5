"""The form of Sở Thông tin và Truyền thông tỉnh Lào Cai (annex of its công văn of May 2022).

Seven columns with head lines, one row per team, the leader only. It was a district's form: it is
kept for old periods and for reading lists of that time. Headings exact to the letter.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from ..people import names
from . import grid, values
from .container import Unreadable
from .grid import Cell, Page, Row
from .places import Place, Places
from .sheet import Problem
from .values import Wrong

TITLE = (
    "Phụ lục: Mẫu báo cáo danh sách Tổ Công nghệ số cộng đồng năm 2022",
    "trên địa bàn huyện/thị xã/thành phố",
)
DISTRICT = "1. Tên đơn vị địa phương cấp huyện"
IN_CHARGE = "2. Thông tin cán bộ/bộ phận phụ trách công tác triển khai:"
NAME, POSITION, PHONE = "- Họ và tên:", "- Chức vụ, đơn vị công tác:", "- Số điện thoại:"


class Column(Enum):
    """The headings, exact to the letter (legal.md D.9)."""

    ORDER = "Stt"
    COMMUNE = "Tên xã"
    TEAM = "Tên Tổ công nghệ cộng đồng"
    LEADER = "Tổ trưởng"
    PHONE = "Số Điện thoại"
    ZALO = "Lập nhóm Zalo (có/không)"
    NOTE = "Ghi chú"


HEADINGS = tuple(column.value for column in Column)
_WIDTHS = (6, 20, 30, 26, 18, 14, 26)
_RECOGNISABLE = 4
_SEARCHED_ROWS = 30
_FIRST_ROW = 9
_YES, _NO = {"co", "x", "roi", "da lap"}, {"khong", "chua", "chua lap", "0"}


@dataclass(frozen=True)
class Head:
    """What stands above the table: the district of the time, and who answers for the list."""

    district: str = ""
    name: str = ""
    position: str = ""
    phone: str = ""


@dataclass(frozen=True)
class LedTeam:
    """One row. ``zalo`` is None where the form says nothing; ``leader`` may be missing."""

    place: Place
    leader: str = ""
    phone: str = ""
    zalo: bool | None = None
    note: str = ""
    cell: str = field(default="", compare=False)


@dataclass(frozen=True)
class LedSheet:
    """The form as read. With any problem nothing of it is to be used; notices only tell."""

    head: Head = Head()
    teams: tuple[LedTeam, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()


# Out ---------------------------------------------------------------------------------------------


def written(commune: str, teams: Iterable[LedTeam], head: Head | None = None) -> bytes:
    """The form filled with the teams of ``commune`` ("xã Gia Phú"); :func:`read` reads the same
    back. Phones are written as given: what leaves the office is the caller's to decide."""
    out = io.BytesIO()
    as_typed = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
    options = {"in_memory": True, **dict.fromkeys(as_typed, False)}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": TITLE[0], "created": timezone.now()})
        _fill(book, table(commune, teams), head or Head())
    return out.getvalue()


def table(commune: str, teams: Iterable[LedTeam]) -> list[list[str]]:
    """The rows below the headings; the commune stands once, in the first."""
    capital = commune[:1].upper() + commune[1:]
    return [
        [
            "1" if number == 0 else "",
            capital if number == 0 else "",
            team.place.name[:1].upper() + team.place.name[1:],
            team.leader,
            team.phone,
            {True: "có", False: "không", None: ""}[team.zalo],
            team.note,
        ]
        for number, team in enumerate(teams)
    ]


def _fill(book: Any, rows: Sequence[Sequence[str]], head: Head) -> None:
    sheet = book.add_worksheet(_("Danh sách tổ"))
    title = book.add_format({"bold": True, "align": "center", "font_size": 14})
    bold = book.add_format(
        {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1}
    )
    plain = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
    text = book.add_format({"num_format": "@"})
    for number, line in enumerate(TITLE):
        sheet.merge_range(number, 0, number, len(HEADINGS) - 1, line, title)
    said = [(DISTRICT, head.district), (IN_CHARGE, ""), (NAME, head.name)]
    said += [(POSITION, head.position), (PHONE, head.phone)]
    for number, (label, value) in enumerate(said, 3):
        sheet.write(number, 0, label)
        sheet.write(number, 3, value or None, text)
    sheet.write_row(_FIRST_ROW - 1, 0, HEADINGS, bold)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    for number, row in enumerate(rows, _FIRST_ROW):
        for column, value in enumerate(row):
            sheet.write(number, column, value or None, plain)
    _span(sheet, rows, plain)
    sheet.freeze_panes(_FIRST_ROW, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _span(sheet: Any, rows: Sequence[Sequence[str]], plain: Any) -> None:
    """Number and name of the commune span the rows of its teams, as in the source."""
    if len(rows) > 1:
        last = _FIRST_ROW + len(rows) - 1
        for column in (0, 1):
            sheet.merge_range(_FIRST_ROW, column, last, column, rows[0][column], plain)


# In ----------------------------------------------------------------------------------------------


def read(data: bytes, places: Places) -> LedSheet:
    """A list in the form of seven columns, XLSX or CSV in UTF-8, of the commune of ``places``.

    Never raises for the file's sake: whatever is wrong is a :class:`Problem` at its cell.
    """
    try:
        pages = grid.pages(data)
    except Unreadable as refused:
        return LedSheet(problems=(Problem("", refused.sentence),))
    found = [(page, *header) for page in pages if (header := _header(page))]
    if len(found) != 1:
        return LedSheet(problems=(Problem("", _lacking(len(found))),))
    [(page, row, columns)] = found
    if missing := [column.value for column in Column if column not in columns]:
        sentence = _("Thiếu cột “%(heading)s” ở dòng tiêu đề.")
        wrong = (Problem(row.at(0).ref, sentence % {"heading": name}) for name in missing)
        return LedSheet(problems=tuple(wrong))
    lines = _Lines(columns, places)
    lines.read([line for line in page.rows if line.number > row.number])
    if not lines.teams and not lines.problems:
        lines.problems.append(Problem("", _("Dưới dòng tiêu đề chưa có tổ nào.")))
    return LedSheet(
        _head(page, row.number), tuple(lines.teams), tuple(lines.problems), tuple(lines.notices)
    )


def _lacking(count: int) -> str:
    if count:
        return _("Tệp có nhiều trang tính cùng mẫu. Ông/bà giữ một trang rồi tải lên.")
    headings = "; ".join(HEADINGS)
    return _("Không thấy dòng tiêu đề. Mẫu có 7 cột: %(headings)s.") % {"headings": headings}


def _key(heading: str) -> str:
    return "".join(heading.casefold().split())


_BY_KEY = {_key(column.value): column for column in Column}


def _header(page: Page) -> tuple[Row, dict[Column, int]] | None:
    for row in page.rows[:_SEARCHED_ROWS]:
        columns = {_BY_KEY.get(_key(cell.text)): place for place, cell in enumerate(row.cells)}
        known = {column: place for column, place in columns.items() if column is not None}
        if len(known) >= _RECOGNISABLE:
            return row, known
    return None


def _head(page: Page, before: int) -> Head:
    said: dict[str, str] = {}
    for row in page.rows:
        label = row.at(0).text
        for known in (DISTRICT, NAME, POSITION, PHONE):
            if row.number < before and label.startswith(known):
                beside = next((cell.text for cell in row.cells[1:] if cell.text), "")
                said[known] = beside or label.removeprefix(known).strip(" :")
    return Head(*(said.get(known, "") for known in (DISTRICT, NAME, POSITION, PHONE)))


class _Lines:
    """Reads row after row; a blank commune cell goes on from the one above."""

    def __init__(self, columns: dict[Column, int], places: Places) -> None:
        self._columns, self._places = columns, places
        self._in_sample = False
        self.teams: list[LedTeam] = []
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []

    def read(self, rows: list[Row]) -> None:
        for row in rows:
            cells = {column: row.at(place) for column, place in self._columns.items()}
            if row.hidden:
                sentence = _("Dòng %(row)d đang bị ẩn. Ông/bà bỏ ẩn để xem lại, hoặc xóa hẳn.")
                self._wrong(cells[Column.TEAM], sentence % {"row": row.number})
            if not self._is_sample(cells) and cells[Column.TEAM]:
                self._row(cells)

    def _is_sample(self, cells: dict[Column, Cell]) -> bool:
        said = names.fold(cells[Column.COMMUNE].text)
        if said:
            self._in_sample = said.startswith("vd")
            if self._in_sample:
                sentence = _("Dòng ví dụ (VD): không đọc.")
                self.notices.append(Problem(cells[Column.COMMUNE].ref, sentence))
        return self._in_sample

    def _row(self, cells: dict[Column, Cell]) -> None:
        self._of_ours(cells[Column.COMMUNE])
        place = self._place(cells[Column.TEAM])
        named = cells[Column.LEADER]
        leader = self._value(values.name, named) if named else ""
        phone, told = self._value(values.phone, cells[Column.PHONE]) or ("", "")
        if told:
            self.notices.append(Problem(cells[Column.PHONE].ref, told))
        zalo = self._value(_yes_or_no, cells[Column.ZALO])
        note = self._value(values.note, cells[Column.NOTE])
        if place is None:
            return
        if any(team.place == place for team in self.teams):
            self._wrong(cells[Column.TEAM], _("Nơi này đã có tên ở dòng trên; mỗi nơi một tổ."))
        self.teams.append(
            LedTeam(place, leader or "", phone, zalo, note or "", cells[Column.TEAM].ref)
        )

    def _of_ours(self, cell: Cell) -> None:
        said = self._value(values.text, cell)
        if said and not self._places.is_commune(said):
            sentence = _("“%(said)s” không phải %(commune)s: chỉ đọc danh sách của đơn vị mình.")
            self._wrong(cell, sentence % {"said": said, "commune": self._places.commune.name})

    def _place(self, cell: Cell) -> Place | None:
        said = self._value(lambda c: values.text(c, number=True), cell)
        found = self._places.find(said) if said else []
        if len(found) == 1:
            return found[0]
        if said:
            sentence = _("“%(said)s” không phải một thôn, bản, khu phố của %(commune)s.")
            commune = self._places.commune.name
            self._wrong(cell, sentence % {"said": said, "commune": commune})
        return None

    def _value(self, reader: Any, cell: Cell) -> Any:
        try:
            return reader(cell)
        except Wrong as wrong:
            self._wrong(cell, wrong.sentence)
            return None

    def _wrong(self, cell: Cell, sentence: str) -> None:
        self.problems.append(Problem(cell.ref, sentence))


def _yes_or_no(cell: Cell) -> bool | None:
    said = names.fold(values.text(cell, number=True))
    if said in _YES or said in _NO:
        return said in _YES
    if said:
        raise Wrong(_("Cột Lập nhóm Zalo chỉ ghi “có” hoặc “không”."))
    return None

"""The form as a file: empty, with the sample rows of the source, or filled."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models.teams import SeatRole
from .headings import HEADINGS, TITLE
from .sheet import ListedTeam

if TYPE_CHECKING:
    from .places import Places

_BLANK_ROWS = 60
_WIDTHS = (6, 22, 30, 24, 28, 18, 22, 26)
_SAMPLE_DECISION = "01/QĐ-UBND ngày 10/7/2025"
_SAMPLE_PHONE = "0914994***"
_SAMPLE_PEOPLE = (
    ("Nguyễn Văn A", SeatRole.LEADER),
    ("Nguyễn Văn B", SeatRole.MEMBER),
    ("Nguyễn Văn C", SeatRole.MEMBER),
)


def written(commune: str, teams: Iterable[ListedTeam]) -> bytes:
    """The form filled with ``teams``; :func:`~procedures.sheets.read` reads the same teams back.

    ``commune`` is "xã Tam Quang". Phones are written in full: what leaves the office is the
    caller's to decide.
    """
    return _book(list(_rows(_capital(commune), teams)))


def template(commune: str) -> bytes:
    """The empty form with the commune's name in its first row."""
    blank = [["", _capital(commune), *[""] * 6], *[[""] * 8 for _row in range(_BLANK_ROWS)]]
    return _book(blank)


def carried_over(commune: str, leaders: Iterable[tuple[str, str, str, str]]) -> bytes:
    """The form with leaders known from an older one: (place, name, phone, note) of each team.

    Decisions and members stay blank, for the older form does not have them.
    """
    rows = [
        [
            str(number),
            _capital(commune) if number == 1 else "",
            _capital(place),
            "",
            name,
            str(SeatRole.LEADER.label) if name else "",
            phone,
            note,
        ]
        for number, (place, name, phone, note) in enumerate(leaders, 1)
    ]
    return _book(rows)


def sample(places: Places) -> bytes:
    """The form with the source's own invented people, each team marked VD: never recorded."""
    commune = _capital(places.commune.name)
    rows = []
    for number, name in enumerate(_sample_names(places)):
        for position, (person, role) in enumerate(_SAMPLE_PEOPLE):
            first = position == 0
            rows.append(
                [
                    "VD" if first else "",
                    commune if first and number == 0 else "",
                    _capital(name) if first else "",
                    _SAMPLE_DECISION if first and number == 0 else "",
                    person,
                    str(role.label),
                    _SAMPLE_PHONE,
                    "",
                ]
            )
    return _book(rows)


def _sample_names(places: Places) -> list[str]:
    hamlets = [f"{kind} {name}" for _pk, kind, name in places.hamlets[:2]]
    return hamlets or [places.commune.name]


def _rows(commune: str, teams: Iterable[ListedTeam]) -> Iterator[list[str]]:
    for number, team in enumerate(teams, 1):
        for position, member in enumerate(team.members):
            first = position == 0
            yield [
                str(number) if first else "",
                commune if first and number == 1 else "",
                _capital(team.place.name) if first else "",
                str(team.decision) if first else "",
                member.full_name,
                str(SeatRole(member.role).label),
                member.phone,
                member.note,
            ]


def _book(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.BytesIO()
    # What people typed is text, whatever it begins with: no formulas, links or numbers of it.
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": TITLE, "created": timezone.now()})
        _fill(book, [*rows, ["", "TỔNG", *[""] * 6]])
    return out.getvalue()


def _fill(book: Any, rows: Sequence[Sequence[str]]) -> None:
    sheet = book.add_worksheet(_("Danh sách tổ"))
    title = book.add_format({"bold": True, "align": "center", "font_size": 14})
    bold = book.add_format(
        {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1}
    )
    # Text format: typed into a number cell, a phone loses its leading zero.
    plain = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
    sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, TITLE, title)
    sheet.write_row(2, 0, HEADINGS, bold)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    for number, row in enumerate(rows, 3):
        for column, text in enumerate(row):
            sheet.write(number, column, text or None, plain)
    _ease(sheet, last=3 + max(len(rows), _BLANK_ROWS))


def _ease(sheet: Any, *, last: int) -> None:
    """A list to choose the role from, the headings kept in sight, one page wide in print."""
    roles = [str(role.label) for role in SeatRole]
    sheet.data_validation(3, 5, last, 5, {"validate": "list", "source": roles})
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""The rows below the headings, read from above to below."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from django.utils.translation import gettext as _

from ..people import names
from . import values
from .grid import Cell, Row
from .headings import Column
from .places import Place, Places
from .sheet import Decision, Member, Problem
from .values import Wrong

T = TypeVar("T")

_ENOUGH = 300  # more mistakes than anybody mends one by one
# A row with none of these says nothing by itself.
_SAYING = (Column.TEAM, Column.DECISION, Column.NAME, Column.ROLE, Column.PHONE)
_TOTAL = {"tong", "tong cong", "tong so"}
_SAMPLE = re.compile(r"(vd|vi du)\b.*")
_PLACEHOLDER = re.compile(r"(tổ|thôn|bản|khu phố|kp)?\s*[.…]+", re.IGNORECASE)


@dataclass
class Draft:
    """A team while its rows are read. ``place`` and ``decision`` stay None where wrong."""

    cell: str
    name: str
    columns: dict[Column, str]
    place: Place | None = None
    decision: Decision | None = None
    decided_at: str = ""
    members: list[Member] = field(default_factory=list)
    has_people: bool = False

    def name_cell(self, member: Member) -> str:
        return f"{self.columns[Column.NAME]}{member.row}"

    def role_cell(self, member: Member) -> str:
        return f"{self.columns[Column.ROLE]}{member.row}"


class Lines:
    """Reads row after row, carrying on what the form leaves blank below the first row of a team."""

    def __init__(self, columns: dict[Column, int], places: Places) -> None:
        self._columns, self._places = columns, places
        self.drafts: list[Draft] = []
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []
        self.sampled = False
        self._in_sample = False
        self._decision: Decision | None = None
        self._decided_at = ""

    def read(self, rows: list[Row]) -> None:
        """Every row until TỔNG."""
        for number, row in enumerate(rows):
            if self._is_total(row):
                self._tell_rest(rows[number + 1 :])
                return
            if len(self.problems) > _ENOUGH:
                return
            if not self._is_sample(row) and not self._is_placeholder(row):
                self._row(row)

    # Rows that are not teams -----------------------------------------------------------------

    def _folded(self, row: Row, *columns: Column) -> list[str]:
        return [names.fold(row.at(self._columns[column]).text) for column in columns]

    def _is_total(self, row: Row) -> bool:
        first = self._folded(row, Column.ORDER, Column.COMMUNE, Column.TEAM)
        return any(text.rstrip(":") in _TOTAL for text in first)

    def _tell_rest(self, rows: list[Row]) -> None:
        if any(row.at(self._columns[Column.NAME]) for row in rows):
            cell = rows[0].at(self._columns[Column.ORDER]).ref
            self.notices.append(Problem(cell, _("Các dòng sau dòng TỔNG không được đọc.")))

    def _is_sample(self, row: Row) -> bool:
        """The form's own sample: the row marked VD and the members below it."""
        marked = any(_SAMPLE.fullmatch(t) for t in self._folded(row, Column.ORDER, Column.COMMUNE))
        if marked:
            self._in_sample = self.sampled = True
            cell = row.at(self._columns[Column.ORDER])
            self.notices.append(Problem(cell.ref, _("Dòng ví dụ (VD): không ghi nhận.")))
        elif any(self._folded(row, Column.ORDER, Column.COMMUNE, Column.TEAM)):
            self._in_sample = False
        return self._in_sample

    def _is_placeholder(self, row: Row) -> bool:
        team = row.at(self._columns[Column.TEAM]).text
        return bool(_PLACEHOLDER.fullmatch(team)) and not row.at(self._columns[Column.NAME])

    # Rows of a team --------------------------------------------------------------------------

    def _row(self, row: Row) -> None:
        cells = {column: row.at(place) for column, place in self._columns.items()}
        if row.hidden:
            sentence = _("Dòng %(row)d đang bị ẩn. Ông/bà bỏ ẩn để xem lại, hoặc xóa hẳn.")
            self._wrong(cells[Column.NAME], sentence % {"row": row.number})
        self._commune(cells[Column.COMMUNE])
        begins = self._team(cells)
        self._decided(cells[Column.DECISION], begins)
        self._member(cells, row.number)

    def _wrong(self, cell: Cell, sentence: str) -> None:
        self.problems.append(Problem(cell.ref, sentence))

    def _value(self, cell: Cell, reader: Callable[[Cell], T]) -> T | None:
        """What the cell says, or None after noting why it says nothing."""
        try:
            return reader(cell)
        except Wrong as wrong:
            self._wrong(cell, wrong.sentence)
            return None

    def _commune(self, cell: Cell) -> None:
        said = self._value(cell, values.text)
        if said and not self._places.is_commune(said):
            sentence = _("“%(said)s” không phải %(commune)s: chỉ ghi nhận tổ của đơn vị mình.")
            self._wrong(cell, sentence % {"said": said, "commune": self._places.commune.name})

    def _team(self, cells: dict[Column, Cell]) -> bool:
        """Open the team a row begins; False when the row goes on with the one above."""
        cell = cells[Column.TEAM]
        said = self._value(cell, lambda c: values.text(c, number=True)) if cell else ""
        goes_on = bool(self.drafts) and said is not None
        if goes_on and (not said or names.fold(said) == names.fold(self.drafts[-1].name)):
            return False
        if not said and not any(cells[column] for column in _SAYING):
            return False
        draft = Draft(cell.ref, said or "", {c: _letters(k.ref) for c, k in cells.items()})
        self.drafts.append(draft)
        if said:
            draft.place = self._place(cell, said)
        elif said is not None:
            self._wrong(cell, _("Chưa ghi tên tổ."))
        return True

    def _place(self, cell: Cell, said: str) -> Place | None:
        found = self._places.find(said)
        if len(found) == 1:
            return found[0]
        if found:
            sentence = _("“%(said)s” có thể là %(places)s: ghi rõ một nơi.")
            choices = _either(place.name for place in found)
            self._wrong(cell, sentence % {"said": said, "places": choices})
            return None
        sentence = _("“%(said)s” không có trong danh sách thôn, bản, khu phố của %(commune)s.")
        sentence %= {"said": said, "commune": self._places.commune.name}
        if near := self._places.nearest(said):
            sentence += " " + _("Có phải là %(places)s?") % {"places": _either(near)}
        self._wrong(cell, sentence)
        return None

    def _decided(self, cell: Cell, begins: bool) -> None:
        """The decision of the team at hand: its own cell, or the one above it."""
        if not self.drafts:
            return
        draft = self.drafts[-1]
        if cell:
            self._decision, self._decided_at = self._value(cell, values.decision), cell.ref
            if not begins and draft.decided_at and self._decision not in (None, draft.decision):
                self._two_decisions(cell, draft)
                return
        elif begins and not self._decided_at:
            self._wrong(cell, _("Chưa ghi số quyết định thành lập tổ."))
        if begins or cell:
            draft.decision, draft.decided_at = self._decision, self._decided_at

    def _two_decisions(self, cell: Cell, draft: Draft) -> None:
        sentence = _(
            "Tổ này đã ghi quyết định khác ở ô %(cell)s. Ông/bà ghi một: quyết định thành lập đang "
            "có hiệu lực."
        )
        self._wrong(cell, sentence % {"cell": draft.decided_at})

    def _member(self, cells: dict[Column, Cell], row: int) -> None:
        named = cells[Column.NAME]
        if not named and not cells[Column.ROLE] and not cells[Column.PHONE]:
            return
        draft = self.drafts[-1]
        draft.has_people = True
        if not named:
            self._wrong(named, _("Chưa ghi họ tên thành viên."))
            return
        full_name = self._value(named, values.name)
        role = self._value(cells[Column.ROLE], values.role)
        phone = self._value(cells[Column.PHONE], values.phone)
        note = self._value(cells[Column.NOTE], values.note)
        number, told = phone or ("", "")
        if told:
            self.notices.append(Problem(cells[Column.PHONE].ref, told))
        if full_name:
            # Judged for doubles even where something else in the row is wrong.
            draft.members.append(Member(full_name, role or "", number, note or "", row))


def _letters(ref: str) -> str:
    return ref.rstrip("0123456789")


def _either(labels: Iterable[str]) -> str:
    return _(" hay ").join(labels)

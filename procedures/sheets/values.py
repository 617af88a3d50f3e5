"""What stands in one cell of the form, as a value. Each reader raises :class:`Wrong`."""

from __future__ import annotations

import datetime
import re

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models.teams import SeatRole
from ..people import names
from ..rules.people import LONGEST_NAME
from .grid import Cell, Kind
from .sheet import Decision

LONGEST_NOTE = 120
_EXAMPLE = "01/QĐ-UBND ngày 10/7/2025"

_ROLES = {
    "to truong": SeatRole.LEADER,
    "truong to": SeatRole.LEADER,
    "to pho": SeatRole.DEPUTY,
    "pho to truong": SeatRole.DEPUTY,
    "pho to": SeatRole.DEPUTY,
    "thanh vien": SeatRole.MEMBER,
    "to vien": SeatRole.MEMBER,
    "uy vien": SeatRole.MEMBER,
    "cong tac vien": SeatRole.COLLABORATOR,
}
_NOTHING = {"-", "–", "không", "không có", "chưa có"}
_MASKED = re.compile(r"[\d\s.+()\-]*[*xX•]{2,}")
_DATED = re.compile(
    r"[\s,;(]*(?:ngày\s*)?(?P<date>\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d+|"
    r"\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d+)[\s).]*(?:của\b.*)?$",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"(?:quyết\s+định|qđ(?![-.]))?\s*(?:số)?\s*:?\s*"
    r"(?:(?P<number>[^/]*?)\s*/)?\s*(?P<symbol>.*)",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"(?:\d{4}/)?[A-ZĐƯƠ]{2,}(?:[-.][A-ZĐƯƠ0-9&]+){1,3}")
_DAY = re.compile(r"(\d{1,2})(?:\s*[/.\-]\s*|\s+tháng\s+)(\d{1,2})(?:\s*[/.\-]\s*|\s+năm\s+)(\d+)")
_SEVERAL = re.compile(r"/\s*(?:\d{4}\s*/\s*)?Q[ĐD]", re.IGNORECASE)
# Before this year nobody had such a team, and a mistyped year is likely.
_FIRST_YEAR = 2015


class Wrong(Exception):
    """A cell that cannot be read; ``sentence`` says why and what to write."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def _kinds() -> dict[Kind, str]:
    return {
        Kind.FORMULA: _("Ô này là công thức. Ông/bà gõ thẳng nội dung, không dùng dấu =."),
        Kind.ERROR: _("Ô này đang báo lỗi của Excel. Ông/bà gõ lại nội dung."),
        Kind.DATE: _("Ô này là ngày tháng của Excel, phải là chữ. Ông/bà gõ lại nội dung."),
        Kind.FLAG: _("Ô này là giá trị đúng/sai, phải là chữ. Ông/bà gõ lại nội dung."),
        Kind.NUMBER: _("Ô này là số, phải là chữ. Ông/bà gõ lại nội dung."),
    }


def text(cell: Cell, *, number: bool = False) -> str:
    """The words of a cell; a number only where ``number`` says it makes sense."""
    wrong = _kinds().get(cell.kind)
    if wrong and not (number and cell.kind is Kind.NUMBER):
        raise Wrong(wrong)
    return cell.text


def name(cell: Cell) -> str:
    """A person's name."""
    said = text(cell)
    odd = next((c for c in said if not (c.isalpha() or c in " .'’-")), "")
    if odd.isdigit():
        raise Wrong(_("Họ tên có chữ số “%(char)s”.") % {"char": odd})
    if odd:
        raise Wrong(
            _(
                "Họ tên có ký tự lạ “%(char)s”. Tệp dùng phông chữ cũ (TCVN3, VNI) thì ông/bà "
                "chuyển sang Unicode trước."
            )
            % {"char": odd}
        )
    if not any(char.isalpha() for char in said):
        raise Wrong(_("Ô này chưa phải họ tên người."))
    if len(said) > LONGEST_NAME:
        raise Wrong(_("Họ tên dài quá %(limit)d chữ cái.") % {"limit": LONGEST_NAME})
    return said


def role(cell: Cell) -> str:
    """Chức vụ trong tổ."""
    said = text(cell)
    if not said:
        raise Wrong(_("Chưa ghi chức vụ trong tổ: Tổ trưởng, Tổ phó hoặc Thành viên."))
    found = _ROLES.get(names.fold(said))
    if found is None:
        raise Wrong(
            _("Không có chức vụ “%(said)s” trong tổ: chỉ ghi Tổ trưởng, Tổ phó hoặc Thành viên.")
            % {"said": said[:60]}
        )
    return found.value


def phone(cell: Cell) -> tuple[str, str]:
    """A phone as dialled, and a notice about how it was read; empty when it is not known.

    A spreadsheet drops the leading zero of a number that is not text.
    """
    said = text(cell, number=True)
    if said.casefold() in _NOTHING or not said:
        return "", ""
    if _MASKED.fullmatch(said):
        return "", _("Số điện thoại bị che bằng dấu *: để trống, bổ sung sau.")
    if names.is_phone(said):
        return names.normal_phone(said), ""
    if said.isdigit() and names.is_phone(f"0{said}"):
        return f"0{said}", _("Số điện thoại mất số 0 ở đầu: đã thêm lại.")
    raise Wrong(
        _(
            "Số điện thoại “%(said)s” không đúng: ghi một số, di động có 10 số, máy bàn có 11 số; "
            "chưa biết thì để trống."
        )
        % {"said": said[:30]}
    )


def note(cell: Cell) -> str:
    said = text(cell, number=True)
    if len(said) > LONGEST_NOTE:
        raise Wrong(_("Ghi chú dài quá %(limit)d chữ.") % {"limit": LONGEST_NOTE})
    return said


def decision(cell: Cell) -> Decision:
    """The decision a team rests on: "01/QĐ-UBND ngày 10/7/2025", padded or not."""
    said = text(cell)
    if len(_SEVERAL.findall(said)) > 1:
        raise Wrong(
            _("Ô này có nhiều quyết định. Ông/bà ghi một: quyết định thành lập đang có hiệu lực.")
        )
    dated = _DATED.search(said)
    reference = _REFERENCE.fullmatch(said[: dated.start()] if dated else said)
    assert reference is not None  # its parts are all optional
    if dated is None and reference["number"] is None:
        raise Wrong(
            _("Không đọc được số quyết định “%(said)s”; ghi như “%(example)s”.")
            % {"said": said[:60], "example": _EXAMPLE}
        )
    number = _number(reference["number"] or "")
    return Decision(
        number=number,
        symbol=_symbol(reference["symbol"]),
        date=_date(dated["date"] if dated else None),
    )


def _number(said: str) -> int:
    if not said:
        raise Wrong(_("Thiếu số của quyết định; ghi như “%(example)s”.") % {"example": _EXAMPLE})
    if not re.fullmatch(r"\d{1,6}", said) or int(said) < 1:
        raise Wrong(
            _("Số quyết định “%(said)s” không phải số; ghi như “%(example)s”.")
            % {"said": said[:30], "example": _EXAMPLE}
        )
    return int(said)


def _symbol(said: str) -> str:
    """ "QĐ-UBND", also from "qd - ubnd"."""
    symbol = re.sub(r"\s+", "", said).upper()
    symbol = re.sub(r"(^|/)QD(?=[-.])", r"\1QĐ", symbol)
    if not _SYMBOL.fullmatch(symbol) or len(symbol) > 30:
        raise Wrong(
            _("Ký hiệu “%(said)s” không đúng; ghi như “%(example)s”.")
            % {"said": said[:30], "example": _EXAMPLE}
        )
    if not re.match(r"(\d{4}/)?QĐ\b", symbol):
        raise Wrong(_("“%(said)s” không phải ký hiệu của Quyết định.") % {"said": said[:30]})
    return symbol


def _date(said: str | None) -> datetime.date:
    if said is None:
        raise Wrong(_("Thiếu ngày của quyết định; ghi như “%(example)s”.") % {"example": _EXAMPLE})
    parts = _DAY.match(said)
    assert parts is not None  # the two patterns accept the same forms
    day, month, year = (int(part) for part in parts.groups())
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        raise Wrong(_("Ngày %(said)s không có trong lịch.") % {"said": said.strip()}) from None
    if date > timezone.localdate():
        raise Wrong(_("Ngày %(said)s ở tương lai.") % {"said": said.strip()})
    if year < _FIRST_YEAR:
        raise Wrong(_("Năm %(year)s không thể đúng: ghi đủ bốn chữ số của năm.") % {"year": year})
    return date

"""The register of a year as the printed book: cover, ten columns, closing page.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục IV; what is registered in a system is still printed with
all fields and bound (Điều 16 khoản 2 điểm b). Only numbers that are ours: where the office's own
book gives the numbers, our printout is not the register.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from .. import words
from ..errors import DocumentRefused
from ..models import Mode, Series
from ..rendering import pdf
from ..rendering.sheet import printable_text, unbroken
from .numbering import is_joint
from .register import Entry

COLUMNS = (
    "Số, ký hiệu văn bản",
    "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung văn bản",
    "Người ký",
    "Nơi nhận văn bản",
    "Đơn vị, người nhận bản lưu",
    "Số lượng bản",
    "Ngày chuyển",
    "Ký nhận",
    "Ghi chú",
)
_WHAT = COLUMNS.index("Tên loại và trích yếu nội dung văn bản")


@dataclass(frozen=True)
class Cover:
    """What the cover names: the direct superior, the office, the year, which volume."""

    superior: str
    office: str
    year: int
    volume: int = 1


def register_book(cover: Cover, series: Sequence[Series], lines: Sequence[Entry]) -> bytes:
    """The PDF of the book, A4 across. Call outside any transaction: 300 lines take seconds.

    Raises :class:`~documents.errors.DocumentRefused` for a series that is not ours.
    """
    if not series or any(one.mode != Mode.OURS for one in series):
        raise DocumentRefused("Số do sổ hoặc hệ thống khác cấp: bản in ở đây không phải là sổ.")
    context = {
        "superior": cover.superior.upper(),
        "office": cover.office.upper(),
        "title": f"Sổ đăng ký văn bản đi năm {cover.year} - {cover.office}",
        "year": cover.year,
        "volume": f"{cover.volume:02d}",
        "columns": list(enumerate(COLUMNS, 1)),
        **_span(series, lines),
        **_closing(series, lines),
    }
    rows = [_row(line) for line in lines]
    return pdf.render_blank("documents/register/book.html", _printable(context) | {"rows": rows})


def _row(line: Entry) -> dict[str, Any]:
    document = line.document
    cells = (
        document.reference, _day(document.date), line.what, line.signer, line.recipients,
        line.kept_by, line.copies, _day(line.sent), "", line.note,
    )  # fmt: skip
    printed = [printable_text(cell) for cell in cells]
    # The number of what is copied, corrected or recalled is not broken at its dash.
    printed[_WHAT] = unbroken(printed[_WHAT])
    return {"cells": list(enumerate(printed, 1)), "void": line.void}


def _span(series: Sequence[Series], lines: Sequence[Entry]) -> dict[str, Any]:
    """ "Từ ngày … đến ngày …", and for each series "Từ số … đến số …"."""
    days = [line.document.date for line in lines if line.document.date]
    return {
        "days": f"Từ ngày {_day(min(days))} đến ngày {_day(max(days))}" if days else "",
        "spans": [told for one in series if (told := _from_to(one, lines))],
    }


def _from_to(one: Series, lines: Sequence[Entry]) -> str:
    """ "Từ số 01/QĐ-UBND đến số 260/QĐ-UBND"; a series of several symbols is named behind its
    numbers, for the first and the last document bear only one of them each."""
    own = [line.number for line in lines if line.document.series_id == one.pk]
    if not own:
        return ""
    symbol = "" if is_joint(one) else f"/{one.symbol}"
    named = f" ({one.symbol})" if is_joint(one) else ""
    return f"Từ số {min(own):02d}{symbol} đến số {max(own):02d}{symbol}{named}"


def _closing(series: Sequence[Series], lines: Sequence[Entry]) -> dict[str, Any]:
    void = sum(line.void for line in lines)
    return {
        "total": f"đăng ký {len(lines):02d} số văn bản, trong đó {void:02d} số đã hủy.",
        "each": [told for one in series if (told := _counted(one, lines))],
        "printed": words.day_words(timezone.localdate()),
    }


def _counted(one: Series, lines: Sequence[Entry]) -> str:
    mine = [line for line in lines if line.document.series_id == one.pk]
    if not mine:
        return ""
    return f"{one.symbol} {len(mine):02d} số, hủy {sum(line.void for line in mine):02d} số"


def _day(day: Any) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _printable(value: Any) -> Any:
    """The same in letters our fonts have."""
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(item) for item in value]
    return printable_text(value)

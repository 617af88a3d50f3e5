"""The register of a year as the printed book: cover, ten columns, closing page.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục IV; what is registered in a system is still printed with
all fields and bound (Điều 16 khoản 2 điểm b). Only numbers that are ours: where the office's own
book gives the numbers, our printout is not the register.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.utils import timezone

from .. import words
from ..errors import DocumentRefused
from ..models import Mode, Series
from ..rendering import pdf
from ..rendering.sheet import printable_text
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
        "rows": [_row(line) for line in lines],
        **_span(series, lines),
        **_closing(series, lines),
    }
    return pdf.render_blank("documents/register/book.html", _printable(context))


def _row(line: Entry) -> dict[str, Any]:
    document = line.document
    cells = (
        document.reference, _day(document.date), line.what, line.signer, line.recipients,
        line.kept_by, line.copies, _day(line.sent), "", line.note,
    )  # fmt: skip
    return {"cells": list(enumerate(cells, 1)), "void": line.void}


def _span(series: Sequence[Series], lines: Sequence[Entry]) -> dict[str, Any]:
    """ "Từ ngày … đến ngày …", and for each series "Từ số … đến số …"."""
    days = [line.document.date for line in lines if line.document.date]
    spans = []
    for one in series:
        own = [line for line in lines if line.document.series_id == one.pk]
        if own:
            ends = (pick(own, key=attrgetter("number")) for pick in (min, max))
            # Of its documents, not of the series: copies of every form share one.
            low, high = (end.document.reference for end in ends)
            spans.append(f"Từ số {low} đến số {high}")
    return {
        "days": f"Từ ngày {_day(min(days))} đến ngày {_day(max(days))}" if days else "",
        "spans": spans,
    }


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

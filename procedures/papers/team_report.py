"""The Báo cáo of a team, to print: the village team's (P13) and the commune team's (P14).

A team has no seal and no number series, so it is no document of Decree 30: its own heading, the
period, the figures, troubles, and "TỔ TRƯỞNG". Missing is said, never printed as zero.

Source: Kế hoạch of UBND xã Tam Quang (2025), mục II.2.3 (village team -> commune team -> UBND).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from documents.model import (
    Block,
    Column,
    Content,
    Heading,
    Letterhead,
    Paragraph,
    SignatureBlock,
    Table,
)

from . import common

if TYPE_CHECKING:
    from ..models import Report, ReportFigure

_MISSING = "Chưa có số liệu"
_TEAM = "Tổ công nghệ số cộng đồng"


def village(report: Report) -> Content:
    """What a village team reports to the commune team."""
    commune = report.call.commune
    return _paper(report, f"{_TEAM} {commune.full_name}", _given(report))


def whole(report: Report) -> Content:
    """What the commune team reports to the People's Committee: the village teams added up, as it
    was signed off."""
    teams = report.added.get("teams", [])
    told = sum(row["accepted"] for row in teams)
    asked = sum(row["asked"] for row in teams)
    rows = [_sum(each) for each in report.added.get("sums", [])]
    blocks: tuple[Block, ...] = (
        Paragraph(f"Có {told}/{asked} báo cáo của các tổ được ghi nhận."),
        *([_table(rows, beside="Tổ có số liệu")] if rows else []),
    )
    return _paper(report, common.committee(report.call.commune), blocks)


def _paper(report: Report, to: str, results: tuple[Block, ...]) -> Content:
    call = report.call
    carried = f"Thực hiện {call.cited}, " if call.cited else ""
    return Content(
        kind="team_report",
        letterhead=_letterhead(report),
        subject=_about(call.title),
        addressees=(to,),
        body=(
            Paragraph(
                f"{carried}{report.team.name} báo cáo số liệu từ ngày {call.since:%d/%m/%Y} đến "
                f"hết ngày {call.until:%d/%m/%Y}, cụ thể như sau:"
            ),
            Heading("I. KẾT QUẢ THỰC HIỆN"),
            *results,
            *_words(report.answer),
            *_trouble(report),
            Paragraph(f"Trên đây là báo cáo của {report.team.name}"),
        ),
        signature=SignatureBlock(("TỔ TRƯỞNG",), report.author.full_name if report.author else ""),
        note=_note(report),
    )


def _letterhead(report: Report) -> Letterhead:
    """The team under its commune: "XÃ TAM QUANG" / "TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG" / "BẢN BÃI SỞ"."""
    commune = report.call.commune
    return Letterhead(
        parent="" if report.rolls_up else commune.full_name.upper(),
        lines=(_TEAM.upper(), report.place.upper()),
        place=common.place_name(commune),
    )


def _about(title: str) -> str:
    about = title.removeprefix("Báo cáo ")
    if about == title:
        return title
    return f"Kết quả hoạt động {about[:1].lower()}{about[1:]}"


def _given(report: Report) -> tuple[Block, ...]:
    if report.none:
        return (Paragraph("Trong kỳ, tổ không phát sinh nội dung phải báo cáo."),)
    found = {figure.indicator_id: figure for figure in report.figures.all()}
    rows = [
        (each.name, each.unit, _said(found.get(each.pk), each.of), "")
        for each in report.call.indicators.all()
    ]
    return (_table(rows),) if rows else ()


def _said(figure: ReportFigure | None, of: str) -> str:
    if figure is None or figure.numerator is None:
        return _MISSING
    return _number(figure.numerator, figure.denominator, of)


def _sum(told: dict[str, Any]) -> tuple[str, str, str, str]:
    number = _MISSING
    if told["numerator"] is not None:
        number = _number(told["numerator"], told["denominator"], told["of"])
    return told["name"], told["unit"], number, f"{told['given']}/{told['asked']}"


def _number(numerator: int, denominator: int | None, of: str) -> str:
    if denominator is None:
        return str(numerator)
    return f"{numerator}/{denominator}" + (f" ({of})" if of else "")


def _table(rows: list[tuple[str, str, str, str]], beside: str = "") -> Table:
    columns: tuple[Column, ...] = (
        Column("TT", 7, "center"),
        Column("Chỉ số", 40 if beside else 48),
        Column("Đơn vị", 13, "center"),
        Column("Kết quả", 25 if beside else 32, "center"),
    )
    if beside:
        columns += (Column(beside, 15, "center"),)
    wide = len(columns) - 1
    return Table(
        columns=columns, rows=tuple((f"{n}", *row[:wide]) for n, row in enumerate(rows, 1))
    )


def _words(text: str) -> Iterator[Paragraph]:
    return (Paragraph(line.strip()) for line in text.splitlines() if line.strip())


def _trouble(report: Report) -> tuple[Block, ...]:
    lines = tuple(_words(report.trouble))
    return (Heading("II. KHÓ KHĂN, KIẾN NGHỊ"), *lines) if lines else ()


def _note(report: Report) -> str:
    if report.sent is None:
        return ""
    at = f"{timezone.localtime(report.sent):%H:%M ngày %d/%m/%Y}"
    how = f"Nhập hộ {report.how_received}, gửi" if report.how_received else "Đã gửi"
    return f"{how} qua hệ thống lúc {at}"

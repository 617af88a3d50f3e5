"""The papers that assign targets: Đề xuất, Tờ trình (Mẫu 1.4), Quyết định (Mẫu 1.2).

The numbers stand in annexes: :mod:`procedures.papers.target_tables`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from documents.model import (
    Block,
    Content,
    Heading,
    Letterhead,
    Paragraph,
    SignatureBlock,
)
from documents.words import day_words

from ..models.targeting import overlapped
from . import common
from . import target_tables as tables

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import Dossier


def decision(dossier: Dossier, signature: SignatureBlock) -> Content:
    """Content of the Quyết định giao chỉ tiêu: by the Chairman's own authority."""
    commune = dossier.commune
    chairman = f"Chủ tịch {common.committee(commune)}"
    return Content(
        kind="decision",
        letterhead=common.commune_letterhead(commune),
        subject=common.subject(dossier),
        authority=chairman.upper(),
        grounds=(*_grounds(dossier), _at_request(dossier)),
        body=_articles(dossier),
        signature=signature,
        recipients=(
            "Như Điều 4",
            f"TT Đảng ủy, HĐND {commune.kind}",
            f"Chủ tịch, các PCT UBND {commune.kind}",
            f"Lưu: VT, {dossier.unit.code}",
        ),
        annexes=tables.annexes(dossier),
        issued_by=chairman,
    )


def _grounds(dossier: Dossier) -> tuple[str, ...]:
    """The paper the targets follow stands before the commune's own standing plan."""
    law, decree, *governing = common.grounds(dossier)
    own = _followed(dossier)
    number = dossier.target_sheet().target_set.number
    others = [ground for ground in governing if not number or number not in ground]
    return (law, decree, *([own] if own else []), *others)


def _followed(dossier: Dossier) -> str:
    """ "Căn cứ Công văn số 12/SKHCN-CĐS ngày 05 tháng 11 năm 2026 của … về việc …"."""
    asked = dossier.target_sheet().target_set
    if not (asked.paper and asked.number and asked.date):
        return ""
    issuer = f"của {asked.issuer}" if asked.issuer else ""
    paper = f"Căn cứ {asked.paper} số {asked.number} {day_words(asked.date)}"
    return " ".join(filter(None, [paper, issuer, asked.excerpt]))


def _at_request(dossier: Dossier) -> str:
    asking = f"Theo đề nghị của Trưởng phòng {dossier.unit.name.removeprefix('Phòng ')}"
    paper = dossier.submission
    if paper is None or paper.state not in ("signed", "sealed", "released"):
        return asking
    return f"{asking} tại {common.cited(paper, 'Tờ trình')}"


def _articles(dossier: Dossier) -> tuple[Block, ...]:
    commune, unit = dossier.commune, dossier.unit
    attached = "Phụ lục" if len(tables.annexes(dossier)) == 1 else "các Phụ lục"
    return (
        Paragraph(
            f"Giao chỉ tiêu cho {common.assigned_to(dossier)}, thực hiện {_period(dossier)} "
            f"(chi tiết tại {attached} kèm theo).",
            lead="Điều 1.",
        ),
        Paragraph(
            f"Tổ công nghệ số cộng đồng được giao chỉ tiêu tổ chức thực hiện và báo số liệu thực "
            f"hiện kèm ngày tính số liệu. {unit.name} hướng dẫn, theo dõi, đôn đốc, tổng hợp kết "
            f"quả, báo cáo Chủ tịch {common.committee(commune)}.",
            lead="Điều 2.",
        ),
        Paragraph(_effect(dossier), lead="Điều 3."),
        Paragraph(_enforcement(dossier), lead="Điều 4."),
    )


def _period(dossier: Dossier) -> str:
    asked = dossier.target_sheet().target_set
    start = f"từ {day_words(asked.since)} " if asked.since else ""
    return f"{start}đến hết {day_words(asked.due)}" if asked.due else start.strip()


def _effect(dossier: Dossier) -> str:
    """Earlier targets for the same days go; the rest of their decisions stays."""
    effect = "Quyết định này có hiệu lực kể từ ngày ký"
    decisions = {old.item.target_set.dossier.decision for old in overlapped(dossier.target_sheet())}
    cited = [
        f"{common.cited(d, 'Quyết định')} của Chủ tịch {common.committee(dossier.commune)}"
        for d in sorted((d for d in decisions if d), key=lambda d: d.pk)
    ]
    if not cited:
        return f"{effect}."
    return f"{effect} và thay thế các chỉ tiêu tương ứng đã giao tại {'; '.join(cited)}."


def _enforcement(dossier: Dossier) -> str:
    kind = dossier.commune.kind
    teams = [place.team for place in dossier.target_sheet().places]
    leaders = f"Tổ trưởng {teams[0].name}" if len(teams) == 1 else "Tổ trưởng các tổ nêu tại Điều 1"
    return (
        f"Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân {kind}, Trưởng phòng "
        f"{dossier.unit.name.removeprefix('Phòng ')}, {leaders} và các đơn vị có liên quan chịu "
        "trách nhiệm thi hành Quyết định này"
    )


# How it is asked for ----------------------------------------------------------------------------


def submission(dossier: Dossier, signature: SignatureBlock) -> Content:
    """Content of the Tờ trình: why, what, and the request."""
    commune, unit = dossier.commune, dossier.unit
    return Content(
        kind="submission",
        letterhead=_letterhead(dossier),
        subject=common.subject(dossier),
        addressees=(f"Chủ tịch {common.committee(commune)}",),
        grounds=_grounds(dossier),
        body=(
            Heading("I. SỰ CẦN THIẾT"),
            Paragraph(_why(dossier)),
            Heading("II. NỘI DUNG ĐỀ XUẤT"),
            *_asked(dossier),
            Heading("III. ĐỀ NGHỊ"),
            Paragraph(
                f"{unit.name} đã kiểm tra nội dung. Kính đề nghị Chủ tịch "
                f"{common.committee(commune)} xem xét, ký ban hành Quyết định (có dự thảo Quyết "
                "định kèm theo)"
            ),
        ),
        signature=signature,
        recipients=("Như trên", f"Lưu: VT, {unit.code}"),
    )


def subject(dossier: Dossier) -> str:
    return f"Về việc giao chỉ tiêu cho {common.assigned_to(dossier)}"


def proposal(dossier: Dossier, *, author: Any, at: datetime, acting: bool = False) -> Content:
    """The Đề xuất of the specialist who drew the targets up."""
    position = "Q. CHUYÊN VIÊN" if acting else "CHUYÊN VIÊN"
    return Content(
        kind="proposal",
        letterhead=_letterhead(dossier),
        subject=common.subject(dossier),
        addressees=(str(dossier.unit.name),),
        body=(
            Paragraph(_why(dossier)),
            *_asked(dossier),
            Paragraph(
                f"Đề nghị {dossier.unit.name} xem xét, trình Chủ tịch "
                f"{common.committee(dossier.commune)} ký ban hành Quyết định"
            ),
        ),
        signature=SignatureBlock((position,), author.full_name),
        note=f"Đã gửi qua hệ thống lúc {timezone.localtime(at):%H:%M ngày %d/%m/%Y}",
    )


def _letterhead(dossier: Dossier) -> Letterhead:
    return Letterhead(
        parent=f"UBND {dossier.commune.full_name.upper()}",
        lines=(dossier.unit.name.upper(),),
        place=common.place_name(dossier.commune),
    )


def _why(dossier: Dossier) -> str:
    followed = _followed(dossier).removeprefix("Căn cứ ")
    asked = dossier.target_sheet().target_set.asked
    if asked is not None:
        return (
            f"{asked.target.place.team.name} đề nghị điều chỉnh chỉ tiêu “"
            f"{asked.target.item.indicator.name}” với lý do: {asked.reason.rstrip(' .')}. Qua xem "
            "xét, đề nghị của tổ là có cơ sở."
        )
    return (
        f"Thực hiện {followed}, để mỗi tổ biết rõ phải làm được bao nhiêu, đến khi nào và tính "
        "trên tổng số nào, cần giao chỉ tiêu cụ thể cho từng tổ."
    )


def _asked(dossier: Dossier) -> tuple[Block, ...]:
    sheet = dossier.target_sheet()
    opening = Paragraph(
        f"Giao chỉ tiêu cho {common.assigned_to(dossier)}, thực hiện {_period(dossier)}, như sau:"
    )
    if len(sheet.places) == 1:
        return (opening, tables.table(sheet.asked(sheet.places[0])), *tables.counted(sheet.items))
    if tables.fits_a_grid(sheet):
        return (opening, tables.grid(sheet), *tables.counted(sheet.items))
    return (opening, tables.sums(sheet), *tables.counted(sheet.items))


PAPERS: common.Papers = {"proposal": proposal, "submission": submission, "decision": decision}

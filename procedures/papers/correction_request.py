"""How the office asks for a wrong decision to be put right: its own Đề xuất, then the Tờ trình."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from documents.model import Block, Content, Heading, Letterhead, Paragraph, SignatureBlock

from ..roles import Role
from . import common, correction
from .amended_places import amended
from .submission import submission

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import Dossier

# Why this remedy and no other, by khoản 3 and 4 of Điều 18.
_WHY = {
    "amend": "Sai sót thuộc về nội dung nên phải được sửa đổi bằng văn bản có hình thức tương "
    "đương (khoản 3 Điều 18 Nghị định số 30/2020/NĐ-CP).",
    "replace": "Sai sót thuộc về nội dung nên phải được thay thế bằng văn bản có hình thức tương "
    "đương (khoản 3 Điều 18 Nghị định số 30/2020/NĐ-CP).",
    "correct": "Sai sót thuộc về thể thức, kỹ thuật trình bày hoặc thủ tục ban hành nên được đính "
    "chính bằng công văn (khoản 3 Điều 18 Nghị định số 30/2020/NĐ-CP).",
    "recall": "Văn bản không đúng nên phải được thu hồi bằng thông báo (khoản 4 Điều 18 Nghị định "
    "số 30/2020/NĐ-CP).",
}
_DRAFT = {
    "amend": "Quyết định sửa đổi, bổ sung",
    "replace": "Quyết định thay thế",
    "correct": "Công văn đính chính",
    "recall": "Thông báo thu hồi",
}
_PAPER = {
    "amend": correction.amendment,
    "replace": correction.replacement,
    "correct": correction.letter,
    "recall": correction.notice,
}
_POSITION = {Role.SPECIALIST: "CHUYÊN VIÊN", Role.CLERK: "VĂN THƯ"}


def asking(dossier: Dossier, signature: SignatureBlock) -> Content:
    """The Tờ trình of the division (Mẫu 1.4): what is wrong, what is asked, the draft."""
    unit, commune = dossier.unit, dossier.commune
    return replace(
        submission(dossier, signature),
        subject=correction.subject(dossier),
        grounds=(common.LAW, correction.DECREE_30),
        body=(
            Heading("I. SỰ CẦN THIẾT"),
            _wrong(dossier),
            Paragraph(_WHY[dossier.remedy]),
            Heading("II. NỘI DUNG ĐỀ XUẤT"),
            *_asked(dossier),
            Heading("III. ĐỀ NGHỊ"),
            Paragraph(
                f"{unit.name} đã kiểm tra nội dung. Kính đề nghị Chủ tịch "
                f"{common.committee(commune)} xem xét, ký ban hành {_DRAFT[dossier.remedy]} (có "
                "dự thảo văn bản kèm theo)"
            ),
        ),
    )


def proposal(dossier: Dossier, *, author: Any, at: datetime, acting: bool = False) -> Content:
    """The Đề xuất of the specialist or clerk who found the mistake."""
    position = _POSITION[Role(dossier.post.role)]
    return Content(
        kind="proposal",
        letterhead=_letterhead(dossier),
        subject=correction.subject(dossier),
        addressees=(str(dossier.unit.name),),
        body=(
            _wrong(dossier),
            Paragraph(_WHY[dossier.remedy]),
            *_asked(dossier),
            Paragraph(
                f"Đề nghị {dossier.unit.name} xem xét, trình Chủ tịch "
                f"{common.committee(dossier.commune)} ký ban hành {_DRAFT[dossier.remedy]}"
            ),
        ),
        signature=SignatureBlock((f"Q. {position}" if acting else position,), author.full_name),
        note=f"Đã gửi qua hệ thống lúc {timezone.localtime(at):%H:%M ngày %d/%m/%Y}",
    )


def remedy(dossier: Dossier, signature: SignatureBlock) -> Content:
    """The paper that puts the wrong one right."""
    return _PAPER[dossier.remedy](dossier, signature)


def _wrong(dossier: Dossier) -> Paragraph:
    old = correction.in_full(correction.wrong_paper(dossier))
    return Paragraph(f"{old} có sai sót như sau: {dossier.fault}.")


def _asked(dossier: Dossier) -> tuple[Block, ...]:
    old = correction.wrong_paper(dossier)
    if dossier.remedy == "amend":
        return amended(dossier, correction.short(old))
    if dossier.remedy == "correct":
        opening = f"Đính chính {correction.short(old)} như sau:"
        return (Paragraph(opening), *correction.corrected(dossier))
    if dossier.remedy == "recall":
        opening = f"Thu hồi {correction.short(old)}."
        return (Paragraph(opening), Paragraph(correction.recall_effect(dossier, _DRAFT["recall"])))
    return (
        Paragraph(f"Ban hành quyết định mới thay thế {correction.short(old)}:"),
        *(block for line in dossier.lines() for block in _list(line)),
    )


def _list(line: Any) -> tuple[Block, ...]:
    return (
        Paragraph(f"{common.team_in_full(line)} gồm {common.size(line)}:"),
        common.member_table(line),
    )


def _letterhead(dossier: Dossier) -> Letterhead:
    unit = dossier.post.unit
    return Letterhead(
        parent=f"UBND {dossier.commune.full_name.upper()}",
        lines=(str(unit.name).upper() if unit else "VĂN THƯ CƠ QUAN",),
        place=common.place_name(dossier.commune),
    )


PAPERS: common.Papers = {"proposal": proposal, "submission": asking, "decision": remedy}

"""The Tờ trình of the division to its Chairman (Mẫu 1.4): need, content, request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from documents.model import Block, Content, Heading, Letterhead, Paragraph, SignatureBlock
from documents.words import day_words

from . import common

if TYPE_CHECKING:
    from ..models import Change, Dossier


def submission(dossier: Dossier, signature: SignatureBlock) -> Content:
    """Content of the Tờ trình that asks the Chairman for the decision."""
    commune, unit = dossier.commune, dossier.unit
    return Content(
        kind="submission",
        letterhead=Letterhead(
            parent=f"UBND {commune.full_name.upper()}",
            lines=(unit.name.upper(),),
            place=common.place_name(commune),
        ),
        subject=common.subject(dossier),
        addressees=(f"Chủ tịch {common.committee(commune)}",),
        grounds=common.grounds(dossier),
        body=(*_need(dossier), *_content(dossier), *_request(dossier)),
        signature=signature,
        recipients=("Như trên", f"Lưu: VT, {unit.code}"),
    )


def _need(dossier: Dossier) -> tuple[Block, ...]:
    return (
        Heading("I. SỰ CẦN THIẾT"),
        Paragraph(
            "Tổ công nghệ số cộng đồng là lực lượng ở gần dân, trực tiếp hướng dẫn người dân sử "
            "dụng dịch vụ công trực tuyến, thanh toán không dùng tiền mặt và các nền tảng số. "
            f"Xét đề xuất {_asked_by(dossier)}, {dossier.unit.name} nhận thấy việc thành lập tổ là "
            "cần thiết."
        ),
    )


def _asked_by(dossier: Dossier) -> str:
    if dossier.submitted is None:
        return f"của {dossier.post.title}"
    return f"của {dossier.post.title} {day_words(timezone.localdate(dossier.submitted))}"


def _content(dossier: Dossier) -> tuple[Block, ...]:
    lists = (block for change in dossier.lines() for block in _team(change))
    return (Heading("II. NỘI DUNG ĐỀ XUẤT"), *lists)


def _team(change: Change) -> tuple[Block, ...]:
    seats = list(change.seats.all())
    leader = next((seat for seat in seats if seat.role == "leader"), None)
    led = f", do {leader.full_name} làm Tổ trưởng" if leader else ""
    return (
        Paragraph(
            f"Thành lập {common.team_in_full(change)} gồm {common.two_digits(len(seats))} "
            f"thành viên{led}. Danh sách như sau:"
        ),
        common.member_table(change),
    )


def _request(dossier: Dossier) -> tuple[Block, ...]:
    return (
        Heading("III. ĐỀ NGHỊ"),
        Paragraph(
            f"{dossier.unit.name} đã kiểm tra nội dung đề xuất. Kính đề nghị Chủ tịch "
            f"{common.committee(dossier.commune)} xem xét, ký ban hành Quyết định (có dự thảo "
            "Quyết định kèm theo)"
        ),
    )

"""The Tờ trình of the division to its Chairman (Mẫu 1.4): need, content, request."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    if dossier.is_round:
        return _asked_by_many(dossier.lines())
    if dossier.submitted is None:
        return f"của {dossier.post.title}"
    return f"của {dossier.post.title} {day_words(timezone.localdate(dossier.submitted))}"


def _asked_by_many(changes: list[Change]) -> str:
    """A round rests on the requests of its places, each of which has its own Đề xuất."""
    kinds = ", ".join(dict.fromkeys(change.hamlet.kind for change in changes if change.hamlet))
    heads = [f"Trưởng các {kinds} nêu tại mục II"] if kinds else []
    secretary = ["Bí thư Đoàn Thanh niên"] if any(not change.hamlet for change in changes) else []
    return f"của {' và '.join([*heads, *secretary])}"


def _content(dossier: Dossier) -> tuple[Block, ...]:
    changes = dossier.lines()
    heading = Heading("II. NỘI DUNG ĐỀ XUẤT")
    if len(changes) == 1:
        return (heading, *_team(changes[0]))
    return (heading, *_teams(dossier, changes))


def _team(change: Change) -> tuple[Block, ...]:
    led = f", do {_leader(change)} làm Tổ trưởng" if _leader(change) else ""
    return (
        Paragraph(
            f"Thành lập {common.team_in_full(change)} gồm {common.size(change)}{led}. "
            "Danh sách như sau:"
        ),
        common.member_table(change),
    )


def _teams(dossier: Dossier, changes: list[Change]) -> tuple[Block, ...]:
    """A line for each team; the members stand in the draft decision that goes with it."""
    rows = tuple(
        (f"{n}", change.team_name, f"{common.count_members(change)}", _leader(change))
        for n, change in enumerate(changes, 1)
    )
    columns = (
        Column("TT", 7, "center"),
        Column("Tên tổ", 55),
        Column("Số thành viên", 13, "center"),
        Column("Tổ trưởng", 25),
    )
    return (
        Paragraph(
            f"Thành lập {common.two_digits(len(changes))} Tổ công nghệ số cộng đồng trên địa bàn "
            f"{dossier.commune.full_name} với tổng số {common.size(*changes)} (danh sách từng tổ "
            "kèm theo dự thảo Quyết định), gồm:"
        ),
        Table(columns=columns, rows=rows),
    )


def _leader(change: Change) -> str:
    """The leader's name; empty where the list names none."""
    return next((seat.full_name for seat in change.seats.all() if seat.role == "leader"), "")


def _request(dossier: Dossier) -> tuple[Block, ...]:
    return (
        Heading("III. ĐỀ NGHỊ"),
        Paragraph(
            f"{dossier.unit.name} đã kiểm tra nội dung đề xuất. Kính đề nghị Chủ tịch "
            f"{common.committee(dossier.commune)} xem xét, ký ban hành Quyết định (có dự thảo "
            "Quyết định kèm theo)"
        ),
    )

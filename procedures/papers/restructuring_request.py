"""How a change of standing teams is asked for: the Đề xuất of who heads the place, the Tờ trình."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from documents.model import Block, Content, Heading, Paragraph, SignatureBlock
from documents.words import day_words

from . import appointing, common, restructuring
from .proposal import proposal as of_a_place
from .submission import submission

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import Dossier

_NEED = {
    "appoint_leader": "việc thay đổi người đứng đầu tổ là cần thiết để tổ hoạt động liên tục",
    "review_team": "việc kiện toàn tổ là cần thiết để danh sách đúng với thực tế",
    "dissolve_team": "việc giải thể tổ là cần thiết",
    "merge_hamlets": "việc hợp nhất tổ theo địa bàn mới là cần thiết",
}


def subject(dossier: Dossier) -> str:
    """The trích yếu: one team by its name, several by their number; nobody by his."""
    lines, place = dossier.lines(), dossier.commune.full_name
    if dossier.procedure == "merge_hamlets":
        teams = "các Tổ công nghệ số cộng đồng"
        return f"Về việc hợp nhất {teams} sau sáp nhập {restructuring.merged(dossier)}, {place}"
    what = _what(dossier)
    if len(lines) == 1:
        return f"Về việc {what} {common.team_in_full(lines[0])}"
    of = "của " if dossier.procedure == "appoint_leader" else ""
    count = common.two_digits(len(lines))
    return f"Về việc {what} {of}{count} Tổ công nghệ số cộng đồng trên địa bàn {place}"


def _what(dossier: Dossier) -> str:
    told = {"review_team": "kiện toàn", "dissolve_team": "giải thể"}
    return told.get(dossier.procedure) or appointing.what(dossier)


def asking(dossier: Dossier, signature: SignatureBlock) -> Content:
    """The Tờ trình of the division (Mẫu 1.4): need, content, request."""
    unit, commune = dossier.unit, dossier.commune
    return replace(
        submission(dossier, signature),
        body=(
            Heading("I. SỰ CẦN THIẾT"),
            Paragraph(_need(dossier)),
            Heading("II. NỘI DUNG ĐỀ XUẤT"),
            *asked(dossier),
            Heading("III. ĐỀ NGHỊ"),
            Paragraph(
                f"{unit.name} đã kiểm tra nội dung. Kính đề nghị Chủ tịch "
                f"{common.committee(commune)} xem xét, ký ban hành Quyết định (có dự thảo Quyết "
                "định kèm theo)"
            ),
        ),
    )


def _need(dossier: Dossier) -> str:
    unit, need = dossier.unit.name, _NEED[dossier.procedure]
    if dossier.merger is not None:
        return f"Thực hiện {restructuring.resolution(dossier)}, {unit} nhận thấy {need}."
    why = f" Lý do: {dossier.why}." if dossier.why else ""
    causes = {line.cause for line in dossier.lines()}
    if dossier.procedure == "appoint_leader" and causes == {"post_lost"}:
        # Who heads a place is public; any other reason is nobody's business but the office's.
        why = " Chức vụ là căn cứ của vị trí Tổ trưởng, Tổ phó đã có người khác giữ."
    if dossier.asked_by_office or dossier.submitted is None:
        return f"Qua rà soát hoạt động của các tổ, {unit} nhận thấy {need}.{why}"
    day = day_words(timezone.localdate(dossier.submitted))
    return f"Xét đề xuất của {dossier.post.title} {day}, {unit} nhận thấy {need}.{why}"


def asked(dossier: Dossier) -> tuple[Block, ...]:
    """What the decision would say, with its lists."""
    lines = dossier.lines()
    if dossier.procedure == "appoint_leader":
        said = _plain(appointing.appointed(dossier))
        return (*said, appointing.appointed_table(dossier)) if len(lines) > 1 else said
    if dossier.procedure == "review_team":
        said = _plain(restructuring.reviewed(dossier))
        return (*said, common.member_table(lines[0])) if len(lines) == 1 else said
    ended = (*_plain(restructuring.dissolved(dossier)), restructuring.handed_over(dossier))
    if dossier.procedure == "dissolve_team":
        return ended
    [into] = [line for line in lines if line.kind != "dissolve"]
    verb = "Thành lập" if into.kind == "create" else "Kiện toàn"
    team = f"{verb} {common.team_in_full(into)} gồm {common.size(into)}. Danh sách như sau:"
    return (*ended, Paragraph(team), common.member_table(into))


def _plain(article: tuple[Block, ...]) -> tuple[Block, ...]:
    """As said here, where the list goes with the draft."""
    attached, draft = "(có danh sách kèm theo)", "(danh sách kèm theo dự thảo Quyết định)"
    return tuple(
        replace(block, text=block.text.replace(attached, draft))
        if isinstance(block, Paragraph)
        else block
        for block in article
    )


def proposal(dossier: Dossier, *, author: Any, at: datetime, acting: bool = False) -> Content:
    """The Đề xuất of the head of the place, or of the Youth secretary."""
    whole = of_a_place(dossier, author=author, at=at, acting=acting)
    return replace(
        whole,
        body=(
            Paragraph(f"Để tổ hoạt động liên tục, tôi đề xuất {_subject(dossier)} như sau:"),
            *asked(dossier),
            Paragraph(
                "Người được đề xuất đã được thông báo về việc ghi tên vào danh sách. Kính đề nghị "
                "các cấp xem xét, quyết định"
            ),
        ),
    )


def _subject(dossier: Dossier) -> str:
    return subject(dossier).removeprefix("Về việc ")


def papers_of(paper: common.Writer) -> common.Papers:
    """The three papers of a procedure that ends in ``paper``."""
    return {"proposal": proposal, "submission": asking, "decision": paper}

"""The Đề xuất: what a head of hamlet (or the Youth secretary) asks. It is no document of the
decree's types and carries no number; no team exists yet, so he signs by his post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone, translation

from documents.model import Block, Content, Letterhead, Paragraph, SignatureBlock

from . import common

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import Change, Dossier


def proposal(dossier: Dossier, *, author: Any, at: datetime, acting: bool = False) -> Content:
    """Content of the Đề xuất as sent by ``author`` at ``at``; ``acting`` for a head given acting
    powers only ("Q.")."""
    position = f"Q. {position_of(dossier)}" if acting else position_of(dossier)
    return Content(
        kind="proposal",
        letterhead=_letterhead(dossier),
        subject=common.subject(dossier),
        addressees=(
            f"Chủ tịch {common.committee(dossier.commune)}",
            str(dossier.unit.name),
        ),
        body=tuple(block for change in dossier.lines() for block in _request(change)),
        signature=SignatureBlock((position,), author.full_name),
        note=note(dossier, at),
    )


def note(dossier: Dossier, at: datetime) -> str:
    """How it came: sent by its author, or entered for him by whom and from what."""
    moment = f"{timezone.localtime(at):%H:%M ngày %d/%m/%Y}"
    # An official text is Vietnamese, whatever the language of the screen it was asked from.
    with translation.override("vi"):
        how = dossier.how_received
    came = f"Nhập hộ {how}; {dossier.entered_by} nhập lúc" if how else "Đã gửi qua hệ thống lúc"
    return f"{came} {moment}." + (f" Mã hồ sơ {dossier.receipt}." if dossier.receipt else "")


def _request(change: Change) -> tuple[Block, ...]:
    return (
        Paragraph(
            f"Để đưa nền tảng số, kỹ năng số đến từng hộ dân, tôi đề xuất thành lập "
            f"{common.team_in_full(change)} gồm {common.size(change)} có tên sau:"
        ),
        common.member_table(change),
        Paragraph(
            f"Những người có tên trên đang sinh sống hoặc công tác tại {change.place} và đã được "
            "thông báo về việc ghi tên vào danh sách. Kính đề nghị các cấp xem xét, quyết định"
        ),
    )


def _letterhead(dossier: Dossier) -> Letterhead:
    commune = dossier.commune
    hamlet = getattr(dossier.post, "hamlet", None)
    issuer = hamlet.full_name if hamlet else f"Đoàn {commune.full_name}"
    return Letterhead(
        parent=commune.full_name.upper() if hamlet else "",
        lines=(issuer.upper(),),
        place=common.place_name(commune),
    )


def position_of(dossier: Dossier) -> str:
    """ "TRƯỞNG BẢN"; the head of a tổ dân phố is its Tổ trưởng."""
    hamlet = getattr(dossier.post, "hamlet", None)
    if hamlet is None:
        return str(dossier.post.title).upper()
    head = "Tổ trưởng" if hamlet.kind == "tổ dân phố" else "Trưởng"
    return f"{head} {hamlet.kind}".upper()

"""What the division's papers say of a matter a specialist began: the Đề xuất and the Tờ trình.

The matter itself says why, what and on which grounds (:class:`Asked`); the paper it ends in is
its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from documents.model import Block, Content, Heading, Letterhead, Paragraph, SignatureBlock

from . import common
from .submission import submission

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import Dossier


@dataclass(frozen=True)
class Asked:
    """``subject`` is the trích yếu, ``need`` a sentence with its full stop."""

    subject: str
    need: str
    blocks: tuple[Block, ...]
    grounds: tuple[str, ...]


def papers_of(asked: Callable[[Dossier], Asked], paper: common.Writer) -> common.Papers:
    """The three papers of a procedure: what it asks for, and the paper it ends in."""

    def submitted(dossier: Dossier, signature: SignatureBlock) -> Content:
        return _submission(dossier, signature, asked(dossier))

    def proposed(dossier: Dossier, **sent: Any) -> Content:
        return _proposal(dossier, asked(dossier), **sent)

    return {"proposal": proposed, "submission": submitted, "decision": paper}


def _submission(dossier: Dossier, signature: SignatureBlock, asked: Asked) -> Content:
    unit, ends_in = dossier.unit, dossier.final_name
    return replace(
        submission(dossier, signature),
        subject=asked.subject,
        grounds=asked.grounds,
        body=(
            Heading("I. SỰ CẦN THIẾT"),
            Paragraph(asked.need),
            Heading("II. NỘI DUNG ĐỀ XUẤT"),
            *asked.blocks,
            Heading("III. ĐỀ NGHỊ"),
            Paragraph(
                f"{unit.name} đã kiểm tra nội dung. Kính đề nghị Chủ tịch "
                f"{common.committee(dossier.commune)} xem xét, ký ban hành {ends_in} (có dự thảo "
                f"{ends_in} kèm theo)"
            ),
        ),
    )


def _proposal(
    dossier: Dossier, asked: Asked, *, author: Any, at: datetime, acting: bool = False
) -> Content:
    unit, commune = dossier.unit, dossier.commune
    return Content(
        kind="proposal",
        letterhead=Letterhead(
            parent=f"UBND {commune.full_name.upper()}",
            lines=(unit.name.upper(),),
            place=common.place_name(commune),
        ),
        subject=asked.subject,
        addressees=(str(unit.name),),
        body=(
            Paragraph(asked.need),
            *asked.blocks,
            Paragraph(
                f"Đề nghị {unit.name} xem xét, trình Chủ tịch {common.committee(commune)} ký ban "
                f"hành {dossier.final_name}"
            ),
        ),
        signature=SignatureBlock(
            ("Q. CHUYÊN VIÊN" if acting else "CHUYÊN VIÊN",), author.full_name
        ),
        note=f"Đã gửi qua hệ thống lúc {timezone.localtime(at):%H:%M ngày %d/%m/%Y}",
    )

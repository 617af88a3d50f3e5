"""The Phiếu trình: an internal sheet of one table on which the head of division agrees.

It is none of the decree's types and carries no official number (offices write "PTr-" before the
division's abbreviation); it was agreed to electronically, as its note says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from documents.model import Column, Content, Letterhead, Paragraph, SignatureBlock, Table

from . import common

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import Dossier


def slip(dossier: Dossier, signature: SignatureBlock, *, at: datetime | None = None) -> Content:
    """Content of the Phiếu trình as agreed to at ``at``; not agreed to yet without it."""
    commune, unit = dossier.commune, dossier.unit
    agreed = f"Đã đồng ý qua hệ thống lúc {timezone.localtime(at):%H:%M ngày %d/%m/%Y}"
    return Content(
        kind="slip",
        letterhead=Letterhead(
            parent=f"UBND {commune.full_name.upper()}",
            lines=(unit.name.upper(),),
            place=common.place_name(commune),
        ),
        subject=common.subject(dossier) if dossier.lines() else f"Về việc {_lower(dossier.title)}",
        addressees=(f"Chủ tịch {common.committee(commune)}",),
        body=(
            Paragraph(
                f"{unit.name} trình Chủ tịch {common.committee(commune)} xem xét, quyết định nội "
                "dung sau đây:"
            ),
            _table(dossier, "Thống nhất, trình lãnh đạo" if at else ""),
        ),
        signature=signature,
        note=agreed if at else "",
    )


def _table(dossier: Dossier, opinion: str) -> Table:
    rows = (
        ("1", "Tóm tắt nội dung", _summary(dossier)),
        ("2", "Ý kiến đề xuất của người trình", _advice(dossier)),
        ("3", "Ý kiến của Trưởng phòng", opinion),
    )
    columns = (Column("TT", 7, "center"), Column("Mục", 28), Column("Nội dung", 65))
    return Table(columns=columns, rows=rows)


def _summary(dossier: Dossier) -> str:
    if dossier.flow.subject:
        about = common.subject(dossier).removeprefix("Về việc ")
        return f"{about[:1].upper()}{about[1:]}. Có dự thảo Quyết định kèm theo"
    teams = (
        f"{common.team_in_full(change)} gồm {common.size(change)}" for change in dossier.lines()
    )
    if not dossier.lines():
        return f"{dossier.title}. Có dự thảo {dossier.final_name} kèm theo"
    return f"Thành lập {'; '.join(teams)}. Có dự thảo Quyết định kèm theo"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _advice(dossier: Dossier) -> str:
    checked = dossier.checked_by()
    ends_in = dossier.final_name
    advice = f"Nội dung bảo đảm. Đề nghị trình Chủ tịch xem xét, ký ban hành {ends_in}"
    return f"{advice} ({checked})" if checked else advice

"""The công văn that sends the list of teams upward (Mẫu 1.5), the papers that ask for it.

The list stands in an annex in the superior's own columns (Phụ lục I.III.1). It is the roster of
the day the text is drawn up.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from documents.model import (
    Annex,
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

from ..lists import upward
from ..roles import Role
from ..teams import standing_teams
from . import common
from .submission import submission

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import Dossier

# Shares of the width in percent, in the order of the headings.
_WIDTHS = {
    upward.Form.EIGHT: (6, 12, 12, 15, 16, 10, 16, 13),
    upward.Form.SEVEN: (6, 14, 19, 19, 18, 11, 13),
}
_POSITION = {Role.SPECIALIST: "CHUYÊN VIÊN", Role.CLERK: "VĂN THƯ"}
_TEAMS = "Tổ công nghệ số cộng đồng"


def letter(dossier: Dossier, signature: SignatureBlock) -> Content:
    """The công văn to whoever asked, with the list as its annex."""
    commune = dossier.commune
    committee = common.committee(commune)
    request = dossier.list_request
    return Content(
        kind="official_letter",
        letterhead=common.commune_letterhead(commune),
        subject=f"V/v gửi danh sách {_TEAMS}",
        addressees=(request.asked_by or "…",),
        body=(
            Paragraph(
                f"Thực hiện {_request(dossier)}, {committee} gửi danh sách {_TEAMS} trên địa bàn "
                f"{commune.full_name} (Phụ lục kèm theo), cụ thể như sau:"
            ),
            *_summary(dossier),
            Paragraph(f"{committee} gửi {request.asked_by} tổng hợp"),
        ),
        signature=signature,
        recipients=(
            "Như trên",
            f"Chủ tịch, các PCT UBND {commune.kind}",
            f"Lưu: VT, {dossier.unit.code}",
        ),
        annexes=(_annex(dossier),),
        issued_by=committee,
    )


def asking(dossier: Dossier, signature: SignatureBlock) -> Content:
    """The Tờ trình of the division: who asked, what the list holds, the draft."""
    unit, commune = dossier.unit, dossier.commune
    return replace(
        submission(dossier, signature),
        subject=_subject(dossier),
        grounds=(common.LAW, f"Căn cứ {_request(dossier)}"),
        body=(
            Heading("I. SỰ CẦN THIẾT"),
            Paragraph(f"{_asked(dossier)}."),
            Heading("II. NỘI DUNG ĐỀ XUẤT"),
            *_summary(dossier),
            _phones(dossier),
            Heading("III. ĐỀ NGHỊ"),
            Paragraph(
                f"{unit.name} đã kiểm tra nội dung. Kính đề nghị Chủ tịch "
                f"{common.committee(commune)} xem xét, ký ban hành Công văn (có dự thảo Công văn "
                "kèm theo)"
            ),
        ),
    )


def proposal(dossier: Dossier, *, author: Any, at: datetime, acting: bool = False) -> Content:
    """The Đề xuất of the specialist or clerk."""
    position = _POSITION[Role(dossier.post.role)]
    unit = dossier.post.unit
    return Content(
        kind="proposal",
        letterhead=Letterhead(
            parent=f"UBND {dossier.commune.full_name.upper()}",
            lines=(str(unit.name).upper() if unit else "VĂN THƯ CƠ QUAN",),
            place=common.place_name(dossier.commune),
        ),
        subject=_subject(dossier),
        addressees=(str(dossier.unit.name),),
        body=(
            Paragraph(f"{_asked(dossier)}."),
            *_summary(dossier),
            _phones(dossier),
            Paragraph(
                f"Đề nghị {dossier.unit.name} xem xét, trình Chủ tịch "
                f"{common.committee(dossier.commune)} ký ban hành Công văn"
            ),
        ),
        signature=SignatureBlock((f"Q. {position}" if acting else position,), author.full_name),
        note=f"Đã gửi qua hệ thống lúc {timezone.localtime(at):%H:%M ngày %d/%m/%Y}",
    )


def _subject(dossier: Dossier) -> str:
    return f"Về việc gửi danh sách {_TEAMS} trên địa bàn {dossier.commune.full_name}"


def _request(dossier: Dossier) -> str:
    """ "Công văn số 12/SKHCN-CĐS ngày 08 tháng 7 năm 2025 của Sở A về việc …"."""
    asked = dossier.list_request
    day = f" {day_words(asked.date)}" if asked.date else ""
    about = f" về {asked.about.removeprefix('Về ').removeprefix('về ')}" if asked.about else ""
    return f"Công văn số {asked.reference or '…'}{day} của {asked.asked_by or '…'}{about}"


def _asked(dossier: Dossier) -> str:
    due = dossier.list_request.due
    until = f", thời hạn gửi {day_words(due)}" if due else ""
    return f"{_request(dossier)} đề nghị gửi danh sách {_TEAMS}{until}"


def _summary(dossier: Dossier) -> tuple[Block, ...]:
    """How many teams there are, and in how many of the places: numerator and denominator."""
    listed = _listed(dossier)
    with_team, places = standing_teams.coverage(dossier.commune, listed.on)
    own = len(listed.teams) - listed.hamlet_teams
    people = common.two_digits(len(listed.members))
    return (
        Paragraph(
            f"1. Tổng số {common.two_digits(len(listed.teams))} tổ với {people} thành viên, trong "
            f"đó: {common.two_digits(own)} tổ cấp {dossier.commune.kind}, "
            f"{common.two_digits(listed.hamlet_teams)} tổ thôn, bản, khu phố."
        ),
        Paragraph(
            f"2. Số nơi có tổ: {with_team}/{places} thôn, bản, khu phố (tính đến "
            f"{day_words(listed.on)})."
        ),
    )


def _phones(dossier: Dossier) -> Paragraph:
    if dossier.list_request.full_phones:
        return Paragraph(
            "3. Danh sách ghi số điện thoại đầy đủ của thành viên từ đủ 16 tuổi; mục đích: "
            f"{dossier.list_request.purpose}."
        )
    return Paragraph("3. Số điện thoại trong danh sách được che ba số cuối.")


def _annex(dossier: Dossier) -> Annex:
    title = f"Danh sách {_TEAMS} trên địa bàn {dossier.commune.full_name}"
    return Annex(title=title.upper(), blocks=(_table(dossier),))


def _table(dossier: Dossier) -> Table:
    form = upward.Form(dossier.list_request.form)
    headings, rows = _listed(dossier).table(form)
    columns = (Column(*pair) for pair in zip(headings, _WIDTHS[form], strict=True))
    return Table(columns=tuple(columns), rows=tuple(tuple(row) for row in rows))


def _listed(dossier: Dossier) -> upward.Listed:
    full = dossier.list_request.full_phones
    return upward.listed(dossier.commune, timezone.localdate(), full=full)


PAPERS: common.Papers = {"proposal": proposal, "submission": asking, "decision": letter}

"""The papers a specialist types, each in its form of Phụ lục III, Nghị định 30/2020/NĐ-CP.

What the form words itself and who, when and until when are protected; the typed body, the place
and Nơi nhận may be reworded by the clerk before the signature.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any

from documents.model import Block, Content, Paragraph, SignatureBlock
from documents.words import blank_day_words, day_words

from ..models.draft_paper import MINUTES
from ..people import names
from . import common, typed_text
from .drafted import Asked, papers_of

if TYPE_CHECKING:
    from ..models import Dossier

_WEEK = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_ABOUT = re.compile(r"^(?:v/v|về việc)\s*:?\s*", re.IGNORECASE)


def paper(dossier: Dossier, signature: SignatureBlock) -> Content:
    """The paper of the kind that was picked, as typed so far; blanks for what is missing."""
    said, commune = dossier.matter, dossier.commune
    blocks = _BODIES.get(said.kind, _plain)(said, common.committee(commune))
    told = typed_text.lines(said.recipients)
    return Content(
        kind=said.kind,
        letterhead=common.commune_letterhead(commune),
        subject=_subject(said),
        addressees=typed_text.lines(said.addressees),
        body=blocks,
        signature=signature,
        beside=_secretary(said) if said.kind == MINUTES else None,
        recipients=(*_FIRST.get(said.kind, ()), *told, _filed(dossier)),
        urgency=said.urgency,
        issued_by=common.committee(commune),
    )


def _secretary(said: Any) -> SignatureBlock:
    """Box 7 on the left (Mẫu 1.9): the name of who was chosen, else the one that was typed."""
    chosen = said.secretary_holding
    name = chosen.user.full_name if chosen else names.alone(said.secretary)
    return SignatureBlock(("THƯ KÝ",), name)


# "Như trên" is who the paper itself is for (Phụ lục I.II.9b).
_FIRST = {
    "official_letter": ("Như trên",),
    "invitation": ("Như thành phần mời",),
    "introduction": ("Như trên",),
}


def _filed(dossier: Dossier) -> str:
    """The line of the file copy, as Mẫu 1.5, 1.8 and 1.9 word it."""
    with_whom = {"introduction": "", MINUTES: ", Hồ sơ"}
    return "Lưu: VT" + with_whom.get(dossier.ends_in, f", {dossier.unit.code}")


def _subject(said: Any) -> str:
    about = str(said.about).rstrip(" .;")
    return f"V/v {_ABOUT.sub('', about)}" if said.kind == "official_letter" else about


def _plain(said: Any, committee: str) -> tuple[Block, ...]:
    """Kế hoạch, Thông báo (Mẫu 1.4), Công văn (Mẫu 1.5): the body alone."""
    return typed_text.blocks(said.body)


def _invitation(said: Any, committee: str) -> tuple[Block, ...]:
    """Mẫu 1.7."""
    return (
        _line(f"{committee} trân trọng kính mời", said.invited),
        Paragraph(f"Tới dự {_bare(said.event)}."),
        _line("Chủ trì", said.chair),
        Paragraph(f"Thời gian: {_moment(said.begins_at, said.begins, weekday=True)}."),
        _line("Địa điểm", said.place, free=True),
        *typed_text.blocks(said.body),
    )


def _introduction(said: Any, committee: str) -> tuple[Block, ...]:
    """Mẫu 1.8."""
    return (
        Paragraph(f"{committee} trân trọng giới thiệu:"),
        _line("Ông (bà)", said.person),
        _line("Chức vụ", said.position),
        _line("Được cử đến", said.sent_to),
        _line("Về việc", said.purpose),
        Paragraph(
            "Đề nghị Quý cơ quan tạo điều kiện để ông (bà) có tên ở trên hoàn thành nhiệm vụ."
        ),
        Paragraph(f"Giấy này có giá trị đến hết {_day(said.until)}."),
    )


def _minutes(said: Any, committee: str) -> tuple[Block, ...]:
    """Mẫu 1.9."""
    absent = f"; vắng mặt: {_bare(said.absent)}" if said.absent else ""
    return (
        Paragraph(f"Thời gian bắt đầu: {_moment(said.begins_at, said.begins)}."),
        _line("Địa điểm", said.place),
        Paragraph(f"Thành phần tham dự: {_bare(said.present)}{absent}."),
        _line("Chủ trì (chủ tọa)", said.chair),
        _line("Thư ký (người ghi biên bản)", said.secretary),
        Paragraph("Nội dung (theo diễn biến cuộc họp):"),
        *typed_text.blocks(said.body),
        Paragraph(f"Cuộc họp kết thúc vào {_moment(said.ends_at, said.ends)}."),
    )


_BODIES = {"invitation": _invitation, "introduction": _introduction, MINUTES: _minutes}


def _line(name: str, said: str, *, free: bool = False) -> Paragraph:
    return Paragraph(f"{name}: {_bare(said)}.", free=free)


def _bare(said: str) -> str:
    return said.rstrip(" .;,:") or "…"


def _day(day: datetime.date | None) -> str:
    return day_words(day) if day else blank_day_words().rstrip()


def _moment(time: datetime.time | None, day: datetime.date | None, *, weekday: bool = False) -> str:
    """ "08 giờ 00 phút, thứ Sáu, ngày 13 tháng 3 năm 2026"."""
    at = f"{time:%H} giờ {time:%M} phút" if time else "… giờ … phút"
    of_week = f"{_WEEK[day.weekday()]}, " if day and weekday else ""
    return f"{at}, {of_week}{_day(day)}"


_NEED = {MINUTES: "Để ghi nhận diễn biến, kết luận của cuộc họp, cần phát hành Biên bản này"}


def _asked(dossier: Dossier) -> Asked:
    said, name = dossier.matter, dossier.final_name
    usual = _NEED.get(said.kind, f"Để thực hiện nhiệm vụ được giao, cần ban hành {name} này")
    need = said.need.rstrip(" .;") or usual
    kept = paper(dossier, SignatureBlock((), ""))
    about = f"{name} {_in_a_sentence(kept.subject)}" if said.about else name
    points = [f"Ban hành {about}."]
    if told := (*kept.addressees, *typed_text.lines(said.recipients)):
        points.append(f"Nơi nhận: {'; '.join(told)}.")
    if said.urgency:
        points.append(f"Mức độ khẩn: {said.get_urgency_display()}.")
    if said.signed_by:
        points.append(f"Người ký: {said.get_signed_by_display()}.")
    return Asked(
        subject=f"Về việc ban hành {about}",
        need=f"{need}.",
        blocks=tuple(Paragraph(f"{n}. {point}") for n, point in enumerate(points, 1)),
        grounds=(common.LAW, common.DECREE_150),
    )


def _in_a_sentence(subject: str) -> str:
    """A trích yếu within a sentence: "về việc …" in full; names in capitals ("UBND") stay."""
    text = re.sub(r"^V/v\b", "về việc", subject)
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


PAPERS = papers_of(_asked, paper)

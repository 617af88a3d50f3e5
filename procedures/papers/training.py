"""The công văn that registers people for a course (Mẫu 1.5), its list in an annex."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.utils import timezone

from documents.model import Annex, Block, Column, Content, Paragraph, SignatureBlock, Table
from documents.words import day_words

from ..models.people import is_minor
from ..people import names
from ..teams.standing_teams import teams_today
from . import common
from .drafted import Asked, papers_of

if TYPE_CHECKING:
    from ..models import Dossier, Trainee

_TEAMS = "Tổ công nghệ số cộng đồng"


def letter(dossier: Dossier, signature: SignatureBlock) -> Content:
    """The công văn to whoever holds the course."""
    commune, said = dossier.commune, dossier.matter
    committee = common.committee(commune)
    return Content(
        kind="official_letter",
        letterhead=common.commune_letterhead(commune),
        subject=f"V/v {_registering(dossier)}",
        addressees=(said.organiser or "…",),
        body=(
            Paragraph(
                f"{_because(dossier)}, {committee} {_registering(dossier)} cho thành viên {_TEAMS} "
                f"trên địa bàn {commune.full_name} (danh sách tại Phụ lục kèm theo), cụ thể như "
                "sau:"
            ),
            *_summary(dossier),
            Paragraph(
                f"{committee} đề nghị {said.organiser or '…'} tổng hợp, thông báo danh sách và "
                "lịch lớp học để cử người tham gia"
            ),
        ),
        signature=signature,
        recipients=(
            "Như trên",
            f"Chủ tịch, các PCT UBND {commune.kind}",
            f"Các {_TEAMS} có người đăng ký",
            f"Lưu: VT, {dossier.unit.code}",
        ),
        annexes=(_annex(dossier),),
        issued_by=committee,
    )


def _asked(dossier: Dossier) -> Asked:
    said = dossier.matter
    until = f", thời hạn {day_words(said.due)}" if said.due else ""
    cited = (f"Căn cứ {_request(dossier)}",) if said.reference else ()
    return Asked(
        subject=f"Về việc {_registering(dossier)}",
        need=(
            f"{_because(dossier)}, cần đăng ký người tham gia lớp tập huấn do "
            f"{said.organiser or '…'} tổ chức{until}."
        ),
        blocks=(*_summary(dossier), _phones(dossier)),
        grounds=(common.LAW, common.DECREE_150, *cited),
    )


def _registering(dossier: Dossier) -> str:
    course = dossier.matter.course
    return f"đăng ký nhu cầu tập huấn, bồi dưỡng {course[:1].lower()}{course[1:]}".strip()


def _because(dossier: Dossier) -> str:
    if dossier.matter.reference:
        return f"Thực hiện {_request(dossier)}"
    return f"Để các {_TEAMS} có thêm kỹ năng hướng dẫn người dân"


def _request(dossier: Dossier) -> str:
    said = dossier.matter
    day = f" {day_words(said.date)}" if said.date else ""
    return f"Công văn số {said.reference}{day} của {said.organiser or '…'}"


def _summary(dossier: Dossier) -> tuple[Block, ...]:
    """How many, of which posts, and of how many of the teams."""
    people = _people(dossier)
    by_role = Counter(str(row.get_role_display()) for row in people)
    told = ", ".join(f"{common.two_digits(count)} {role}" for role, count in by_role.items())
    teams = len({row.team_name for row in people})
    standing = len(teams_today(dossier.commune))
    day = day_words(timezone.localdate())
    return (
        Paragraph(f"1. Tổng số {common.two_digits(len(people))} người, gồm: {told}."),
        Paragraph(
            f"2. Số tổ có người đăng ký: {teams}/{standing} tổ đang hoạt động (tính đến {day})."
        ),
    )


def _phones(dossier: Dossier) -> Paragraph:
    if dossier.matter.full_phones:
        return Paragraph(
            "3. Danh sách ghi số điện thoại đầy đủ của người từ đủ 16 tuổi; mục đích: "
            f"{dossier.matter.purpose.rstrip('.')}."
        )
    return Paragraph("3. Số điện thoại trong danh sách được che ba số cuối.")


def _people(dossier: Dossier) -> list[Trainee]:
    people: list[Trainee] = dossier.matter.listed
    return people


def _annex(dossier: Dossier) -> Annex:
    course = dossier.matter.course
    title = f"Danh sách đăng ký tập huấn, bồi dưỡng {course}".strip()
    full = dossier.matter.full_phones
    rows = tuple(
        (f"{n}", row.full_name, str(row.get_role_display()), row.team_name, _phone(row, full))
        for n, row in enumerate(_people(dossier), 1)
    )
    columns = (
        Column("TT", 7, "center"),
        Column("Họ và tên", 25),
        Column("Chức vụ trong tổ", 16, "center"),
        Column("Tên tổ", 34),
        Column("Số điện thoại", 18, "center"),
    )
    return Annex(title=title.upper(), blocks=(Table(columns=columns, rows=rows),))


def _phone(row: Trainee, full: bool) -> str:
    """In full where it was confirmed, never a child's."""
    phone = row.person.phone
    return phone if full and not is_minor(row.person.birth_year) else names.masked(phone)


PAPERS = papers_of(_asked, letter)

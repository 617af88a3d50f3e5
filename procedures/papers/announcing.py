"""The notice that tells the public about the teams and where help is to be had (Mẫu 1.4).

It names a leader only who agreed to publication, and no personal phone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.model import Block, Column, Content, Heading, Paragraph, SignatureBlock, Table

from ..models.people import is_minor
from ..teams import standing_teams
from ..teams.standing_teams import teams_today
from . import common
from .drafted import Asked, papers_of

if TYPE_CHECKING:
    from ..models import Dossier, Team

_TEAMS = "Tổ công nghệ số cộng đồng"


def notice(dossier: Dossier, signature: SignatureBlock) -> Content:
    """The Thông báo: which teams there are, how the office is reached."""
    commune, said = dossier.commune, dossier.matter
    committee = common.committee(commune)
    return Content(
        kind="notice",
        letterhead=common.commune_letterhead(commune),
        subject=_subject(dossier),
        body=(
            Paragraph(
                f"{committee} thông báo các {_TEAMS} đang hoạt động trên địa bàn "
                f"{commune.full_name} và kênh hỗ trợ người dân như sau:"
            ),
            Heading("I. CÁC TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG"),
            _table(dossier),
            Heading("II. KÊNH HỖ TRỢ NGƯỜI DÂN"),
            *_channels(dossier),
            *([Paragraph(f"{said.message.rstrip('.')}.")] if said.message else []),
            Paragraph(
                f"{committee} thông báo để các tổ chức, cá nhân biết, liên hệ khi cần hỗ trợ"
            ),
        ),
        signature=signature,
        recipients=(
            f"TT Đảng ủy, HĐND {commune.kind}",
            f"Chủ tịch, các PCT UBND {commune.kind}",
            f"Ủy ban MTTQ Việt Nam {commune.kind}",
            f"Các {_kinds(dossier)} (thông báo, niêm yết)",
            f"Các {_TEAMS}",
            f"Lưu: VT, {dossier.unit.code}",
        ),
        issued_by=committee,
    )


def _asked(dossier: Dossier) -> Asked:
    count = common.two_digits(len(teams_today(dossier.commune)))
    return Asked(
        subject=_subject(dossier),
        need=(
            f"Để người dân biết {_TEAMS} nơi mình ở và nơi liên hệ khi cần hỗ trợ về dịch vụ công "
            "trực tuyến, kỹ năng số, cần thông báo công khai các tổ và kênh hỗ trợ."
        ),
        blocks=(
            Paragraph(
                f"1. Thông báo {count} tổ đang hoạt động. Chỉ ghi tên Tổ trưởng đã đồng ý công bố; "
                "không ghi số điện thoại cá nhân."
            ),
            Paragraph("2. Kênh hỗ trợ người dân:"),
            *_channels(dossier),
        ),
        grounds=(common.LAW, common.DECREE_150),
    )


def _subject(dossier: Dossier) -> str:
    return f"Về các {_TEAMS} và kênh hỗ trợ người dân trên địa bàn {dossier.commune.full_name}"


def _kinds(dossier: Dossier) -> str:
    """ "bản" or "thôn, tổ dân phố": what the places of the commune are called."""
    kinds = dossier.commune.hamlets.order_by("pk").values_list("kind", flat=True)
    return ", ".join(dict.fromkeys(kinds)) or "thôn"


def _table(dossier: Dossier) -> Table:
    rows = tuple(
        (f"{n}", team.name, standing_teams.place_of(team), _leader(team))
        for n, team in enumerate(teams_today(dossier.commune), 1)
    )
    columns = (
        Column("TT", 7, "center"),
        Column("Tên tổ", 45),
        Column("Địa bàn", 20),
        Column("Tổ trưởng", 28),
    )
    return Table(columns=columns, rows=rows)


def _leader(team: Team) -> str:
    """The leader who agreed to publication; a child is never named."""
    for seat in standing_teams.sitting(team):
        person = seat.person
        if seat.role == "leader" and person.may_publish and not is_minor(person.birth_year):
            return person.full_name
    return "Liên hệ qua Ủy ban nhân dân"


def _channels(dossier: Dossier) -> tuple[Block, ...]:
    channels = dossier.matter.channels()
    return tuple(Paragraph(f"- {name}: {said.rstrip('.')}.") for name, said in channels)


PAPERS = papers_of(_asked, notice)

"""The Đề xuất of a team's leader: he introduces somebody, or proposes that somebody goes.

Source: Kế hoạch of UBND xã Tam Quang (2025), mục II.2.1.d ("giới thiệu của Tổ trưởng", "trên cơ sở
đề xuất của Tổ trưởng"). The office alone reads it: it tells why somebody goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from documents.model import Block, Content, Letterhead, Paragraph, SignatureBlock

from ..roles import Role
from . import common
from .members import what_is_done
from .proposal import note, position_of

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import Change, Dossier


def proposal(dossier: Dossier, *, author: Any, at: datetime, acting: bool = False) -> Content:
    """The Đề xuất of the leader: he introduces somebody, or proposes that somebody goes."""
    [change] = dossier.lines()
    return Content(
        kind="proposal",
        letterhead=Letterhead(
            parent=dossier.commune.full_name.upper(),
            lines=("TỔ CÔNG NGHỆ SỐ", f"CỘNG ĐỒNG {change.place.upper()}"),
            place=common.place_name(dossier.commune),
        ),
        subject=_asked(change),
        addressees=(f"Chủ tịch {common.committee(dossier.commune)}", str(dossier.unit.name)),
        body=tuple(_request(change)),
        signature=_asking(dossier, change, author, acting),
        note=note(dossier, at),
    )


def _asked(change: Change) -> str:
    team = common.team_in_full(change)
    if change.kind == "admit":
        role = "cộng tác viên" if what_is_done(change) == "collaborator" else "thành viên"
        return f"Về việc giới thiệu {role} tham gia {team}"
    if change.kind == "leave":
        return f"Về việc cho thành viên thôi tham gia {team}"
    return f"Về việc đưa thành viên ra khỏi danh sách {team}"


def _request(change: Change) -> list[Block]:
    team = common.team_in_full(change)
    opening = {
        "admit": f"Tôi giới thiệu người có tên sau đây tham gia {team}:",
        "leave": f"Tôi đề nghị cho người có tên sau đây thôi tham gia {team}:",
        "remove": f"Tôi đề nghị đưa người có tên sau đây ra khỏi danh sách {team}:",
    }[change.kind]
    return [
        Paragraph(opening),
        common.member_table(change),
        *(Paragraph(sentence) for sentence in _reasons(change)),
        Paragraph("Kính đề nghị các cấp xem xét, quyết định"),
    ]


def _reasons(change: Change) -> list[str]:
    """The office must know why; nobody else reads this paper."""
    if change.kind == "admit":
        return [
            f"Người có tên trên đang sinh sống hoặc công tác tại {change.place}, tự nguyện tham "
            "gia và đã được thông báo về việc ghi tên vào danh sách."
        ]
    why = f"Lý do: {change.get_cause_display().lower()}"
    told = [f"{why}: {change.reason}." if change.reason else f"{why}."]
    if change.heard:
        told.append(f"Ý kiến của người được nêu tên: {change.heard}.")
    return [text.replace("..", ".") for text in told]


def _asking(dossier: Dossier, change: Change, author: Any, acting: bool) -> SignatureBlock:
    """The leader of the team; where nobody leads it, the deputy whose request was entered."""
    assert change.team is not None  # these requests are about a team that stands
    if dossier.post.role in (Role.HAMLET_HEAD, Role.YOUTH_SECRETARY):
        leader = change.team.seated("leader")
        leads = leader is not None and leader.person.user_id == author.pk
        position = "TỔ TRƯỞNG" if leads else position_of(dossier)
        return SignatureBlock((f"Q. {position}" if acting else position,), author.full_name)
    deputy = change.team.seated("deputy")
    if deputy is not None:
        return SignatureBlock(("TỔ PHÓ",), deputy.person.full_name)
    return SignatureBlock((str(dossier.post.title).upper(),), author.full_name)

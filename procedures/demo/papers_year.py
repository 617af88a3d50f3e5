"""What a specialist drafts in a year besides decisions: one paper of every kind that is typed."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from .. import drafting
from ..flows import DraftPaperFlow
from ..models import Dossier
from ..roles import Role
from .cast import scan
from .reports_year import OFFICE_ABOVE
from .walk import Walk

_TEAMS = "các Tổ công nghệ số cộng đồng"
_HALL = "Hội trường Ủy ban nhân dân xã"


def planned(walk: Walk) -> None:
    """The plan of the year, and the notice of a day for everybody."""
    year = timezone.localdate().year
    body = (
        "I. MỤC ĐÍCH\n1. Đưa dịch vụ công trực tuyến đến từng hộ gia đình.\n"
        "II. TỔ CHỨC THỰC HIỆN\n- Phòng Văn hóa - Xã hội theo dõi, đôn đốc.\n"
        "- Trưởng các bản tạo điều kiện về địa điểm."
    )
    told = {"subject": f"Hoạt động của {_TEAMS} năm {year}", "body": body}
    _released(walk, "plan", told | {"recipients": "Trưởng các bản"})
    told = {"subject": "Về việc tổ chức Ngày hội công nghệ số", "body": "Mời bà con đến tham dự."}
    _released(walk, "notice", told | {"recipients": "Trưởng các bản"})


def met(walk: Walk) -> None:
    """The teams are invited to a meeting; its chair signs the minutes with ink."""
    meeting = _in(5)
    told = {"begins": meeting, "begins_at": datetime.time(8), "place": _HALL}
    chair = walk.cast(Role.DEPUTY_CHAIRMAN)
    told["chair"] = f"ông {chair.full_name}, Phó Chủ tịch Ủy ban nhân dân xã"
    invited = {
        "subject": f"Họp {_TEAMS}",
        "invited": f"Tổ trưởng, Tổ phó {_TEAMS}",
        "event": f"họp {_TEAMS}",
        "body": "Đề nghị các đại biểu đến đúng giờ.",
        "recipients": "",
    }
    _released(walk, "invitation", told | invited)
    walk.on(meeting + datetime.timedelta(days=1))
    held = {
        "subject": f"Họp {_TEAMS}",
        "present": "31 Tổ trưởng, Tổ phó",
        "absent": "",
        "secretary": f"{walk.drafter()[0].full_name}, chuyên viên",
        "body": "1. Chủ tọa nêu kết quả quý I.\n2. Chủ tọa kết luận.",
        "ends": meeting,
        "ends_at": datetime.time(11),
        "recipients": "",
    }
    dossier = walk.to_the_tray(_sent(walk, "minutes", told | held))
    dossier = walk.do(
        dossier, "record_paper_decision", walk.cast(Role.CLERK),
        signer=chair, date=timezone.localdate(), scan=scan(dossier),
    )  # fmt: skip
    walk.sealed_and_released(dossier)


def sent_out(walk: Walk) -> None:
    """A letter to the heads of hamlets, and a leader introduced at the office above."""
    letter = {
        "subject": "Về việc rà soát danh sách tổ",
        "addressees": "Trưởng các bản",
        "body": "Đề nghị Trưởng các bản rà soát danh sách tổ, báo về Ủy ban nhân dân xã.",
        "recipients": "",
        "urgency": "KHẨN",
    }
    _released(walk, "official_letter", letter)
    person = {
        "person": walk.cast(Role.HAMLET_HEAD).full_name,
        "position": "Tổ trưởng Tổ công nghệ số cộng đồng",
        "sent_to": OFFICE_ABOVE,
        "purpose": "liên hệ nhận tài liệu tập huấn kỹ năng số",
        "until": _in(30),
    }
    _released(walk, "introduction", person)


def _released(walk: Walk, kind: str, said: dict[str, Any]) -> None:
    dossier = walk.to_the_tray(_sent(walk, kind, said))
    walk.signed_and_released(dossier, walk.cast(Role.CHAIRMAN))


def _sent(walk: Walk, kind: str, said: dict[str, Any]) -> Dossier:
    author, post = walk.drafter()
    draft = drafting.draft(DraftPaperFlow, author, post, kind=kind)
    walk.tell(f"soạn {draft.title}")
    return walk.do(walk.do(draft, "edit", author, said=said), "submit", author)


def _in(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)

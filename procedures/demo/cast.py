"""The demo's people at work: who holds a post, and whom they propose for a team."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from documents import service as documents
from workflows.models import Agency, Post

from ..issuing import signing
from .data import COMMUNES

if TYPE_CHECKING:
    from ..models import Change, Dossier, Hamlet

_MEN = ("Văn Thắng", "Đức Anh", "Quốc Bảo", "Văn Hùng", "Minh Tuấn", "Văn Lực", "Xuân Hải")
_WOMEN = ("Thị Hoài", "Thị Nguyệt", "Thu Hương", "Thị Ngọc", "Thị Sen", "Hồng Nhung", "Thị Én")
_REPRESENTS = (
    "Bí thư Chi đoàn",
    "Trưởng Ban công tác Mặt trận",
    "Chi hội trưởng Chi hội Phụ nữ",
    "Giáo viên",
    "Nhân viên y tế",
    "Nhân viên bưu chính, viễn thông",
    "Chi hội trưởng Chi hội Nông dân",
    "Người dân có kỹ năng số",
)


@dataclass(frozen=True)
class Cast:
    """The people of one commune by role."""

    agency: Agency

    def post(self, role: str, index: int = 0) -> Post:
        return Post.objects.filter(agency=self.agency, role=role).order_by("pk")[index]

    def __call__(self, role: str, index: int = 0) -> Any:
        """The holder of the ``index``-th post of a role."""
        holding = self.post(role, index).holder()
        if holding is None:
            raise LookupError(f"nobody holds post {index} of role {role}")
        return holding.user


def seats(dossier: Dossier, members: int) -> list[dict[str, Any]]:
    """``members`` rows for the team of a dossier: its author leads, the second is the deputy.

    The same place gives the same people each time; two places share nobody.
    """
    change = dossier.changes.get()
    place = zlib.crc32(change.place.encode())
    others = [_member(change, place, number) for number in range(2, members + 1)]
    return [_leader(dossier), *others]


def scan(dossier: Dossier) -> bytes:
    """What the clerk's phone would make of the decision printed for signing: a picture."""
    [first, *_others] = documents.page_images(signing.preview(dossier, "decision"), width_px=900)
    return first


def households(hamlet: Hamlet) -> int:
    """How many a hamlet counts, with those of the hamlets that merged into it. Always the same."""
    merged = type(hamlet)._default_manager.filter(merger__into=hamlet)
    return sum(60 + zlib.crc32(place.name.encode()) % 110 for place in (hamlet, *merged))


def _leader(dossier: Dossier) -> dict[str, Any]:
    person = getattr(dossier.author, "person", None)
    return {
        "full_name": dossier.author.full_name,
        "birth_year": person.birth_year if person else None,
        "phone": person.phone if person else "",
        "role": "leader",
        "represents": dossier.post.title,
    }


def _member(change: Change, place: int, number: int) -> dict[str, Any]:
    code = change.dossier.commune.code
    families = next(commune.families for commune in COMMUNES if commune.code == code)
    given = (_WOMEN if number % 2 else _MEN)[(place // 8 + number // 2) % 7]
    return {
        "full_name": f"{families[(place + number) % len(families)]} {given}",
        "birth_year": 1970 + (place + 7 * number) % 35,
        # No place of the demo has the same last digits, so a phone names one person.
        "phone": f"0900{place % 10_000:04d}{number:02d}",
        "role": "deputy" if number == 2 else "member",
        "represents": _REPRESENTS[(number - 2) % len(_REPRESENTS)],
    }

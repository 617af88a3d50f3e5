"""Who joins and who leaves in a year: asked by the leaders, agreed to, decided once a month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..flows import change_members
from ..models import Change, Dossier, SeatRole
from ..people import member_requests
from ..roles import Role
from .walk import Walk


@dataclass(frozen=True)
class Joins:
    """Somebody whom the leader of the team at ``place`` introduces."""

    place: str
    full_name: str
    birth_year: int
    represents: str
    role: SeatRole = SeatRole.MEMBER


@dataclass(frozen=True)
class Leaves:
    """The last of the list at ``place`` no longer takes part."""

    place: str
    cause: str = "own_wish"
    reason: str = ""


Wish = Joins | Leaves

# By month of the year, counted from 0.
WISHES: dict[int, tuple[Wish, ...]] = {
    1: (
        Joins("Bãi Sở", "Lô Thị Mai Hoa", 1999, "Giáo viên"),
        Joins("Tam Bông", "Kha Văn Quyết", 1995, "Công an viên"),
    ),
    2: (
        Joins("Tân Hương", "Vi Văn Huấn", 1990, "Người dân có kỹ năng số"),
        Leaves("Bãi Xa", "health"),
    ),
    4: (
        Joins("Khe Mèn", "Lương Thị Hằng", 2001, "Sinh viên tốt nghiệp về bản"),
        Joins("Quang Yên", "Lô Văn Phấn", 1988, "Chủ cửa hàng"),
        Leaves("Tam Hương", "moved", "Đi làm ở tỉnh ngoài"),
    ),
    5: (Joins("Nậm Cắm", "La Thị Sáo", 1997, "Nhân viên y tế"),),
    6: (Leaves("Sơn Hà"), Joins("Sơn Hà", "Nguyễn Thị Hạnh", 1993, "Giáo viên")),
    8: (
        Joins("Xốp Pột", "Lô Thị Pằn", 1992, "Chi hội trưởng Chi hội Phụ nữ"),
        Joins("Piêng Lâng", "Xồng Bá Tủa", 1996, "Bí thư Chi đoàn"),
        Leaves("Quang Thịnh", "moved", "Chuyển nơi ở"),
    ),
    # The merged team has its ten members: whoever wishes to help stands beside it.
    9: (Joins("Na Lạ", "Vang Thị Liên", 1989, "Chủ cửa hàng", SeatRole.COLLABORATOR),),
    10: (
        Joins("Liên Hương", "Kha Văn Thức", 1991, "Cựu chiến binh"),
        Leaves("Tùng Hương"),
    ),
    11: (Joins("Tam Liên", "Lương Văn Khôi", 2000, "Bí thư Chi đoàn"),),
}  # fmt: skip
# He is needed for a course next week, so his decision does not wait for the end of the month.
AT_ONCE = Joins("Quang Phúc", "Ngân Văn Chiến", 1994, "Người dân có kỹ năng số")


def asked_in(walk: Walk, month: int, by: Any = None) -> None:
    """The requests of a month, each agreed to by the Chairman (or ``by``): they lie in the pool."""
    wishes = WISHES.get(month, ())
    if wishes:
        walk.tell("đề nghị kết nạp, thôi tham gia tổ")
    for wish in wishes:
        agreed(walk, wish, by or walk.cast(Role.CHAIRMAN))


def agreed(walk: Walk, wish: Wish, by: Any) -> Dossier:
    """Asked by the leader, read by the specialist, agreed to by the Chairman or his Deputy."""
    team = walk.team(wish.place)
    post = team.leading_post()
    assert post is not None
    holding = post.holder()
    assert holding is not None
    if isinstance(wish, Joins):
        request = member_requests.ask(holding.user, post, team, Change.Kind.ADMIT, _seat(wish))
    else:
        words = {"cause": wish.cause, "reason": wish.reason}
        last = [s for s in member_requests.choices(team) if s.role == SeatRole.MEMBER][-1]
        request = member_requests.ask(
            holding.user, post, team, Change.Kind.LEAVE, {"was_id": last.pk}, words
        )
    walk.told(request)
    request = walk.do(request, "pass_for_consent", walk.cast(Role.SPECIALIST))
    return walk.do(request, "consent", by)


def _seat(wish: Joins) -> dict[str, Any]:
    return {
        "full_name": wish.full_name,
        "birth_year": wish.birth_year,
        "phone": f"09056400{wish.birth_year % 100:02d}",
        "represents": wish.represents,
        "role": wish.role,
    }


def decided(walk: Walk, signer: Any = None) -> None:
    """The pool of the month becomes one decision."""
    pool = list(change_members.pool(walk.commune))
    if not pool:
        return
    walk.tell(f"một quyết định cho {len(pool)} đề nghị của tháng")
    walk.decided(change_members.draft(*walk.drafter(), pool), signer)


def decided_at_once(walk: Walk) -> None:
    walk.tell("kết nạp một người, ra quyết định ngay")
    request = agreed(walk, AT_ONCE, walk.cast(Role.CHAIRMAN))
    walk.decided(change_members.draft(*walk.drafter(), [request]))

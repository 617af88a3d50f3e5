"""What a team that stands lacks: shown on its page until another decision mends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from . import regulations
from .models.teams import SeatRole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .models import Membership, Team


@dataclass(frozen=True)
class Lack:
    """What is missing, and which source asks for it; no citation where none does."""

    sentence: str
    citation: str = ""


def lacks(team: Team, seats: Iterable[Membership]) -> list[Lack]:
    """What the team lacks today; ``seats`` are those who sit in it."""
    today = timezone.localdate()
    if team.until is not None:
        return []
    sitting = [seat.role for seat in seats if seat.until is None or seat.until >= today]
    found = []
    if SeatRole.LEADER not in sitting:
        found.append(Lack(_("Tổ chưa có Tổ trưởng. Phòng đề nghị Chủ tịch giao người khác.")))
    least = regulations.value(team.commune, f"{team.level}.min_members", today)
    count = sum(role != SeatRole.COLLABORATOR for role in sitting)
    if least and count < least.value:
        sentence = _("Tổ còn %(count)d thành viên; tối thiểu %(limit)02d người.")
        values = {"count": count, "limit": least.value}
        found.append(Lack(sentence % values, least.citation))
    return found

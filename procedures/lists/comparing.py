"""An old list of seven columns beside the teams of today, and carried over into eight columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from ..people import names
from ..sheets import carried_over
from . import upward

if TYPE_CHECKING:
    from ..models import Commune
    from ..sheets.lao_cai import LedSheet, LedTeam


@dataclass(frozen=True)
class Beside:
    """One row of the old list; ``now`` says how the teams of today differ, empty if they do not."""

    old: LedTeam
    now: str


def beside(commune: Commune, sheet: LedSheet) -> list[Beside]:
    """Every team of an old list with what is different today."""
    led = {team.place: team for team in upward.listed(commune, timezone.localdate()).led()}
    return [Beside(old, _differs(old, led.get(old.place))) for old in sheet.teams]


def _differs(old: LedTeam, now: LedTeam | None) -> str:
    if now is None:
        return _("Hệ thống chưa có tổ ở nơi này.")
    if not now.leader:
        return _("Hiện khuyết Tổ trưởng.")
    if old.leader and not names.same_name(old.leader, now.leader):
        return _("Tổ trưởng hiện nay: %(name)s.") % {"name": now.leader}
    return ""


def as_eight_columns(commune: str, sheet: LedSheet) -> bytes:
    """The form of eight columns with each leader in his row; decisions and members are still to
    be filled in before the list can be recorded."""
    rows = [(team.place.name, team.leader, team.phone, team.note) for team in sheet.teams]
    return carried_over(commune, rows)

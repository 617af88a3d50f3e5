"""The list of teams as a superior's form wants it: rows for a file, a table to copy, an annex.

The rows are those of the decisions in force on a date. Phones are masked unless the caller has
written down why they leave in full (:mod:`procedures.lists.viewings`); an under-16's never do.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..models.listing_upward import Form
from ..models.teams import Membership, Team
from ..models.zalo import with_group
from ..sheets import headings, lao_cai
from ..sheets.lao_cai import Head, LedTeam
from ..sheets.places import Place
from ..teams.standing_teams import place_of, sitting, teams_today
from . import team_lists

if TYPE_CHECKING:
    from ..models.places import Commune


@dataclass(frozen=True)
class Listed:
    """The teams of a commune on a day, each with ``sitting``, and whether phones are shown."""

    commune: Commune
    on: datetime.date
    teams: Sequence[Team]
    full: bool = False

    @cached_property
    def zalo(self) -> frozenset[tuple[str, int | None]]:
        """The places ("hamlet" or "commune", key of the hamlet) that have a Zalo group."""
        return with_group(self.commune, self.on)

    @property
    def members(self) -> list[Membership]:
        return [seat for team in self.teams for seat in sitting(team)]

    @property
    def phones(self) -> int:
        """How many phones the list shows when it shows them in full."""
        return sum(bool(seat.person.phone) for seat in self.members)

    @property
    def hamlet_teams(self) -> int:
        return sum(team.level == "hamlet" for team in self.teams)

    def table(self, form: str) -> tuple[tuple[str, ...], list[list[str]]]:
        """Headings and rows of a form, without what stands above and below them."""
        if form == Form.SEVEN:
            return lao_cai.HEADINGS, lao_cai.table(self.commune.full_name, self.led())
        return headings.HEADINGS, self._eight()

    def workbook(self, form: str, head: Head | None = None) -> bytes:
        """The form as an XLSX file."""
        if form == Form.SEVEN:
            return lao_cai.written(self.commune.full_name, self.led(), head)
        return team_lists.workbook(self.commune, self.members, full=self.full)

    def led(self) -> list[LedTeam]:
        """The rows of the form that names leaders only; a team may have none today."""
        return [self._led(team) for team in self.teams]

    def _led(self, team: Team) -> LedTeam:
        leader = next((seat for seat in sitting(team) if seat.role == "leader"), None)
        return LedTeam(
            Place(team.level, team.hamlet_id, place_of(team)),
            leader.person.full_name if leader else "",
            team_lists.phone_of(leader.person, self.full) if leader else "",
            (team.level, team.hamlet_id) in self.zalo,
            leader.represents if leader else "",
        )

    def _eight(self) -> list[list[str]]:
        rows = [
            row for number, team in enumerate(self.teams, 1) for row in self._rows(number, team)
        ]
        if rows:
            rows[0][1] = capital(self.commune.full_name)
        return [
            *rows,
            ["", "TỔNG", f"{len(self.teams)} tổ", "", f"{len(self.members)} người", "", "", ""],
        ]

    def _rows(self, number: int, team: Team) -> list[list[str]]:
        rows = [["", "", "", "", *self._said(seat)] for seat in sitting(team)] or [[""] * 8]
        rows[0][0], rows[0][2] = str(number), capital(place_of(team))
        rows[0][3] = decided(team)
        return rows

    def _said(self, seat: Membership) -> list[str]:
        phone = team_lists.phone_of(seat.person, self.full)
        return [seat.person.full_name, str(seat.get_role_display()), phone, seat.represents]


def listed(commune: Commune, on: datetime.date, *, full: bool = False) -> Listed:
    """The teams in force on a Hanoi date, hamlet by hamlet, the commune's own first."""
    return Listed(commune, on, teams_today(commune, on), full=full)


def decided(team: Team) -> str:
    """ "01/QĐ-UBND ngày 10/7/2025": the decision a team stands on, as the form writes it."""
    paper = team.decision
    assert paper.date is not None  # a decision that founds a team carries both
    return f"{paper.reference} ngày {paper.date.day}/{paper.date.month}/{paper.date.year}"


def capital(text: str) -> str:
    """A place as it begins a cell."""
    return text[:1].upper() + text[1:]


__all__ = ["Form", "Listed", "capital", "decided", "listed", "place_of"]

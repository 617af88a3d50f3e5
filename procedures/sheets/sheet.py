"""What a list of teams says, once it has been read."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from ..models.teams import SeatRole
from .places import Place


@dataclass(frozen=True)
class Problem:
    """What is wrong at ``cell`` ("C7", or "G4, G5" for several; empty for the file as a whole)."""

    cell: str
    sentence: str


@dataclass(frozen=True, order=True)
class Decision:
    """The decision a team rests on, as the form names it: number, symbol, date."""

    date: datetime.date
    symbol: str
    number: int

    @property
    def reference(self) -> str:
        """ "01/QĐ-UBND"."""
        return f"{self.number:02d}/{self.symbol}"

    def __str__(self) -> str:
        """ "01/QĐ-UBND ngày 10/7/2025": this form pads no day and no month."""
        day = self.date
        return f"{self.reference} ngày {day.day}/{day.month}/{day.year}"


@dataclass(frozen=True)
class Member:
    """One row of a team. ``role`` is a value of SeatRole; ``phone`` is empty when unknown."""

    full_name: str
    role: str
    phone: str = ""
    note: str = ""
    row: int = field(default=0, compare=False)

    @property
    def role_label(self) -> str:
        return str(SeatRole(self.role).label) if self.role else ""


@dataclass(frozen=True)
class ListedTeam:
    """A team with the decision it rests on; ``cell`` is where its name stands."""

    place: Place
    decision: Decision
    members: tuple[Member, ...]
    cell: str = field(default="", compare=False)


@dataclass(frozen=True)
class Sheet:
    """A list as read. With any problem nothing of it may be recorded; notices only tell."""

    teams: tuple[ListedTeam, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()

    @property
    def decisions(self) -> list[Decision]:
        """The decisions named, each once, oldest first."""
        return sorted({team.decision for team in self.teams})

    @property
    def people(self) -> int:
        return sum(len(team.members) for team in self.teams)

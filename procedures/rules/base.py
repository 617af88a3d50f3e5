"""What a rule is, and what it finds."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, Literal

from django.utils.translation import gettext as _

from ..regulations import Force, Ruled
from .facts import Facts, Line

if TYPE_CHECKING:
    from ..models import Seat

Severity = Literal["block", "warn", "suggest"]


@dataclass(frozen=True)
class Finding:
    """What a rule found, for the person who reads it.

    ``field`` is a column of :class:`~procedures.models.Seat` when ``position`` names a seat (from
    1), else "changes", "hamlet", "seats" or "plan". ``rule`` is the name of the rule.
    """

    level: Severity
    sentence: str
    citation: str
    field: str
    position: int | None = None
    rule: str = ""

    @property
    def blocks(self) -> bool:
        return self.level == "block"

    def __str__(self) -> str:
        return f"{self.sentence} ({self.citation})" if self.citation else self.sentence


@dataclass(frozen=True)
class Breach:
    """A rule broken, with the values its sentence names."""

    field: str
    level: Severity = "block"
    citation: str = ""
    position: int | None = None
    values: dict[str, Any] = dataclasses.field(default_factory=dict)


DossierRule = Callable[[Facts], Iterator[Breach]]
TeamRule = Callable[[Facts, Line], Iterator[Breach]]
SeatRule = Callable[[Facts, "Seat"], Iterator[Breach]]
OF_DOSSIER: list[DossierRule] = []
OF_TEAM: list[TeamRule] = []
OF_SEAT: list[SeatRule] = []


def of_dossier(rule: DossierRule) -> DossierRule:
    """Declare a rule about a dossier as a whole; its docstring is its sentence."""
    OF_DOSSIER.append(rule)
    return rule


def of_team(rule: TeamRule) -> TeamRule:
    """Declare a rule about one team of a dossier."""
    OF_TEAM.append(rule)
    return rule


def of_seat(rule: SeatRule) -> SeatRule:
    """Declare a rule about one person of a team."""
    OF_SEAT.append(rule)
    return rule


def told(rule: Callable[..., Any], breach: Breach, where: str = "") -> Finding:
    """The finding of a broken rule: its docstring with the values filled in."""
    sentence = _(" ".join(cleandoc(rule.__doc__ or "").split())) % breach.values
    return Finding(
        level=breach.level,
        sentence=f"{where}{sentence}",
        citation=breach.citation,
        field=breach.field,
        position=breach.position,
        rule=rule.__name__,
    )


def weight(ruled: Ruled | None) -> dict[str, Any]:
    """Level and citation of a breach, by what a source says."""
    if ruled is None:
        return {"level": "suggest", "citation": _("gợi ý, không phải quy định")}
    return {"level": "block" if ruled.force is Force.MUST else "warn", "citation": ruled.citation}

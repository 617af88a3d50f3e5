"""The kinds of rule. A rule's docstring is the sentence the user reads; values are data.

A finding blocks only where a source in force for this commune says so, or where the paper could
not be drawn up at all. What a source merely recommends, what we read out of open words, and what
happened after the dossier was sent, warns. Where every source is silent the product suggests.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from workflows.errors import Refusal

from . import (  # noqa: F401  (each declares its rules)
    composition,
    correcting,
    delegating,
    draft_paper,
    drafted,
    leaders,
    listing,
    members,
    people,
    places,
    restructuring,
    size,
    targets,
)
from .base import OF_DOSSIER, OF_SEAT, OF_TEAM, Finding, told
from .facts import gather

if TYPE_CHECKING:
    from ..models import Dossier


class Forbidden(Refusal):
    """A refusal by a rule, which ``rule`` names."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.sentence, finding.citation, finding.field)
        self.rule = finding.rule


def judge(
    dossier: Dossier, *, first_time: bool = True, signed: datetime.date | None = None
) -> list[Finding]:
    """Every finding on a dossier as it stands, in seven queries.

    ``first_time`` is its being sent; afterwards a leader who lost the post only warns. ``signed``
    is the day of a signature that stands already, on paper or elsewhere.
    """
    facts = gather(dossier, signed)
    found = [told(rule, breach) for rule in OF_DOSSIER for breach in rule(facts)]
    for line in facts.lines:
        if not correcting.names_people(line):
            continue
        where = f"{line.name}: " if len(facts.lines) > 1 else ""
        found += [
            restructuring.eased(members.eased(told(rule, b, where), line), line)
            for rule in members.asked(OF_TEAM, line)
            for b in rule(facts, line)
        ]
        found += [
            told(rule, b, where)
            for seat in members.judged(line)
            for rule in OF_SEAT
            for b in rule(facts, seat)
        ]
    if dossier.remedy:
        found = [correcting.eased(finding, dossier.remedy) for finding in found]
    return found if first_time else [_eased(finding) for finding in found]


def refuse_blocked(
    dossier: Dossier, *, first_time: bool, signed: datetime.date | None = None
) -> None:
    """Raise :class:`Refusal` with the first finding that blocks, its citation and its field."""
    for finding in judge(dossier, first_time=first_time, signed=signed):
        if finding.blocks:
            raise Forbidden(finding)


def _eased(finding: Finding) -> Finding:
    """A leader who died or was replaced since, or a day that has come, must not stop what was
    rightly begun."""
    overtaken = finding.rule in _OVERTAKEN and finding.blocks
    return replace(finding, level="warn") if overtaken else finding


_OVERTAKEN = (leaders.leader_holds_the_post.__name__, targets.due_is_ahead.__name__)


__all__ = ["Finding", "Forbidden", "judge", "refuse_blocked"]

"""The teams that stand, judged by the values of any day: what a regulation would say of them.

Asked when a regulation is entered: which teams does it put out of line? Nothing is undone by it. A
team set up under an earlier rule stays; what is found only warns. What an office has to do about
its teams today, with the procedure that mends it, is :mod:`procedures.teams.warnings`.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.apps import apps

from . import composition, leaders, size
from .base import OF_TEAM, Finding, told
from .facts import Facts, Line, holders

if TYPE_CHECKING:
    from ..models import Commune, Team

# What a roster shows: the rest is about a request or its place.
_ABOUT_A_ROSTER = {rule for rule in OF_TEAM if rule.__module__ in (
    composition.__name__, leaders.__name__, size.__name__,
)}  # fmt: skip


def judge_standing(
    commune: Commune, teams: Sequence[Team], on: datetime.date
) -> dict[Team, list[Finding]]:
    """What the values in force on a day say of each team as it stands, nothing of it blocking.

    ``teams`` carry who sits in them as ``sitting`` (:func:`procedures.lists.upward.listed`).
    """
    change, dossier = _model("Change"), _model("Dossier")(commune=commune)
    lines = [
        Line(
            change(dossier=dossier, level=team.level, hamlet=team.hamlet, kind="revise"),
            seats := _seats(team),
            seats,
            commune,
            on,
        )
        for team in teams
    ]
    heads, secretaries = holders(commune, [line.change for line in lines], on)
    facts = Facts(dossier, commune, on, on, tuple(lines), heads, secretaries, {}, {}, {})
    return {
        team: [_warning(told(rule, b)) for rule in _rules() for b in rule(facts, line)]
        for team, line in zip(teams, lines, strict=True)
    }


def newly_out_of_line(
    commune: Commune, teams: Sequence[Team], on: datetime.date, *, regulation: str
) -> dict[Team, list[Finding]]:
    """The teams of which the regulation with this key alone makes something be said on a day."""
    without = _model("Commune").objects.get(pk=commune.pk)
    others = tuple(rule for rule in commune.own_rules if rule.key != regulation)
    without.__dict__["own_rules"] = others
    before = judge_standing(without, teams, on)
    after = judge_standing(commune, teams, on)
    said = {team: {_heard(finding) for finding in found} for team, found in before.items()}
    fresh = {
        team: [finding for finding in found if _heard(finding) not in said[team]]
        for team, found in after.items()
    }
    return {team: found for team, found in fresh.items() if found}


def _rules() -> list[Any]:
    return [rule for rule in OF_TEAM if rule in _ABOUT_A_ROSTER]


def _heard(finding: Finding) -> tuple[str, str]:
    """The same thing under another citation is nothing new."""
    return finding.rule, finding.sentence


def _warning(finding: Finding) -> Finding:
    return replace(finding, level="warn") if finding.blocks else finding


def _seats(team: Any) -> tuple[Any, ...]:
    seat = _model("Seat")
    return tuple(
        seat(
            position=position,
            full_name=row.person.full_name,
            birth_year=row.person.birth_year,
            role=row.role,
            represents=row.represents,
            person=row.person,
        )
        for position, row in enumerate(team.sitting, 1)
    )


def _model(name: str) -> Any:
    return apps.get_model("procedures", name)

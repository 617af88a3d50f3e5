"""Targets: the office its sets, a team its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from documents.models import Document
from workflows import authority
from workflows.authority import Capacity
from workflows.states import State

from ..models import Target, TargetRequest, TargetSet, TargetTeam, Team
from .office import found_or_404, offices
from .teams import teams_of


def assigned_by(user: Any, document: Document) -> bool:
    """Whether it is a decision that gave a team of his its targets."""
    given = TargetTeam.objects.filter(
        team__in=teams_of(user),
        target_set__dossier__decision=document,
        target_set__dossier__state=State.RELEASED,
    )
    return given.exists()


def target_sets_of(user: Any, held: Sequence[Capacity] | None = None) -> QuerySet[TargetSet]:
    """The sets of targets of the offices ``user`` works in."""
    held = authority.capacities(user) if held is None else held
    return TargetSet.objects.filter(dossier__agency__in=offices(held))


def target_set_for(user: Any, pk: int) -> TargetSet:
    """A set of targets of his office; :class:`Http404` otherwise."""
    deep = ("dossier__commune", "dossier__decision", "dossier__agency")
    found: TargetSet = found_or_404(target_sets_of(user).select_related(*deep), pk)
    return found


def target_team_for(user: Any, pk: int) -> TargetTeam:
    """What one released decision gave a team he may see; :class:`Http404` otherwise."""
    rows = TargetTeam.objects.filter(
        team__in=teams_of(user), target_set__dossier__state=State.RELEASED
    )
    found: TargetTeam = found_or_404(rows.select_related("team"), pk)
    return found


def target_for(team: Team, pk: int) -> Target:
    """A target that a released decision gave ``team``; :class:`Http404` for any other."""
    rows = Target.objects.filter(
        place__team=team, item__target_set__dossier__state=State.RELEASED, numerator__isnull=False
    )
    deep = ("item__indicator", "item__target_set__dossier__agency", "place__team__commune")
    found: Target = found_or_404(rows.select_related(*deep), pk)
    return found


def target_request_for(user: Any, pk: int) -> TargetRequest:
    """A team's request to the office he works in; :class:`Http404` otherwise."""
    rows = TargetRequest.objects.filter(
        target__place__team__commune__agency__in=offices(authority.capacities(user))
    )
    deep = (
        "by", "refused_by", "target__item__indicator", "target__place__team__commune",
        "target__item__target_set__dossier__decision",
    )  # fmt: skip
    found: TargetRequest = found_or_404(rows.select_related(*deep), pk)
    return found

"""The lines of released decisions: which of them stand, in which order they count, whom they name.

Nothing is written here; :mod:`procedures.teams.fold` says what they make of a team.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from workflows.states import State

if TYPE_CHECKING:
    from documents.models import Document

    from ..models import Change, Commune, Seat, Team


def decision_of(change: Change) -> Document:
    """The decision a released line rests on."""
    if change.decision is None:
        raise ValueError(f"change {change.pk} of a released dossier rests on no decision")
    return change.decision


def first_day(decision: Document) -> datetime.date:
    """A decision counts from its date ("có hiệu lực kể từ ngày ký")."""
    if decision.date is None:
        raise ValueError(f"decision {decision.pk} has no date")
    return decision.date


def released(commune: Commune | int) -> QuerySet[Any]:
    """The lines of a commune's standing decisions, in the order in which they count."""
    changes = apps.get_model("procedures", "Change").objects
    standing = Q(own_decision__state=State.RELEASED) | Q(
        own_decision__isnull=True, dossier__decision__state=State.RELEASED
    )
    return (
        changes.filter(standing, dossier__commune=commune, dossier__state=State.RELEASED)
        .select_related("hamlet", "own_decision", "dossier__decision", "dossier__commune")
        .prefetch_related("seats")
        .order_by(
            Coalesce("own_decision__date", "dossier__decision__date"),
            Coalesce("own_decision__released", "dossier__decision__released"),
            "pk",
        )
    )


def histories(teams: Iterable[Team]) -> dict[int, list[Change]]:
    """The lines of standing decisions about several teams of one commune, by primary key, in the
    order in which they count; two queries."""
    known = list(teams)
    found: dict[int, list[Change]] = {team.pk: [] for team in known}
    if known:
        for change in released(known[0].commune_id).filter(team__in=known):
            found[change.team_id].append(change)
    return found


def lines_on(document: Document) -> list[Change]:
    """The lines that rest on a document, in the order they were written."""
    changes = apps.get_model("procedures", "Change").objects
    own = Q(own_decision=document) | Q(own_decision__isnull=True, dossier__decision=document)
    found = changes.filter(own).select_related("hamlet", "team", "dossier__commune")
    return list(found.prefetch_related("seats").order_by("pk"))


def named_by(document: Document) -> list[Seat]:
    """Everybody a document names."""
    return [seat for line in lines_on(document) for seat in line.seats.all()]

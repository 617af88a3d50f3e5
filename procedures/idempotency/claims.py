"""One proposal at a time for one place, however many are sent in the same second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import rules
from ..models.places import Commune, Hamlet
from ..models.teams import Level, Team
from ..rules.facts import ABOUT_ONE, requests_beside, rivals_of

if TYPE_CHECKING:
    from ..models import Dossier


def claim_places(dossier: Dossier) -> None:
    """Lock the places of a dossier, then look once more whether another has them.

    The rules have judged before, but two transactions that began together did not see each other.
    Here they queue; the second finds what the first has committed. Call inside the transaction of
    the act. Raises :class:`~workflows.errors.Refusal` with the rule's own sentence.
    """
    _claim_people(dossier)
    # A new team needs its place free; a whole list, or the end of a team, is decided once.
    whole = ("create", "revise", "dissolve")
    changes = [change for change in dossier.lines() if change.kind in whole]
    if not changes:
        return
    hamlets = sorted({change.hamlet_id for change in changes if change.hamlet_id})
    # In the order of their keys, so that two dossiers of several places never wait for each other.
    places = Hamlet.objects.select_for_update(no_key=True).filter(pk__in=hamlets).order_by("pk")
    list(places.values_list("pk"))
    if any(change.level == Level.COMMUNE for change in changes):
        Commune.objects.select_for_update(no_key=True).get(pk=dossier.commune_id)
    if rivals_of(dossier, changes):
        rules.refuse_blocked(dossier, first_time=True)


def _claim_people(dossier: Dossier) -> None:
    """Requests about people of one team queue at the team: one request for one person."""
    lines = [line for line in dossier.lines() if line.kind in ABOUT_ONE]
    teams = [line.team_id for line in lines if line.team_id]
    if teams and not dossier.gathers:
        locked = Team.objects.select_for_update(no_key=True).filter(pk__in=teams).order_by("pk")
        list(locked.values_list("pk"))
        if requests_beside(dossier, lines):
            rules.refuse_blocked(dossier, first_time=True)

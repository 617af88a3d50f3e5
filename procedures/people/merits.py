"""Writing down an achievement that somebody puts forward, with its line in the ledger."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone, translation

from workflows import ledger
from workflows.authority import Capacity
from workflows.models import in_force

from ..messages import merit_notices
from ..models import Membership, Merit, Person, Team
from . import names


def seat(team: Team) -> None:
    """Read who sits in the team today, for :func:`procedures.teams.standing_teams.sitting`."""
    seated = Membership.objects.filter(in_force()).select_related("person").order_by("pk")
    prefetch_related_objects([team], Prefetch("memberships", seated, to_attr="sitting"))


@transaction.atomic
def put_forward(
    user: Any, held: Sequence[Capacity], team: Team, person: Person | None, achievement: str
) -> Merit:
    """Keep what ``user`` says of a person of the team, or of the whole team; the caller has
    checked that he may."""
    own = next((c for c in held if c.post.agency_id == team.commune.agency_id), None)
    with translation.override("vi"):
        capacity = own.label if own else ""
    merit = Merit.objects.create(
        commune=team.commune,
        team=team,
        team_name=team.name,
        person=person,
        name=person.full_name if person else team.name,
        achievement=names.clean(achievement),
        by=user,
        by_name=str(user),
        at=timezone.now(),
    )
    said = [merit.name, merit.team_name, merit.achievement, merit.by_name, merit.at.isoformat()]
    event = ledger.append(
        team.commune.agency,
        at=merit.at,
        actor=user,
        actor_name=merit.by_name,
        capacity=capacity,
        record_type=Merit._meta.label_lower,
        record_id=merit.pk,
        act="put_forward",
        revision=1,
        note="",
        facts={"name": merit.name, "team": merit.team_name},
        digest=hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest(),
    )
    merit_notices.put_forward(merit, event)
    return merit

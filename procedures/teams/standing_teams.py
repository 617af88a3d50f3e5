"""The teams in force on a day, with who sits in them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, QuerySet

from workflows.models import in_force

from ..models.places import in_use
from ..models.teams import Membership, SeatRole, Team

if TYPE_CHECKING:
    from ..models.places import Commune


def all_standing(commune: Commune, on: datetime.date | None = None) -> QuerySet[Team]:
    """The teams in force on a Hanoi date (today), hamlet by hamlet, with place and decision."""
    teams = Team.objects.filter(in_force(on), commune=commune).order_by("level", "hamlet", "pk")
    return teams.select_related("commune", "hamlet__merger__into", "decision")


def teams_today(commune: Commune, on: datetime.date | None = None) -> list[Team]:
    """The same with who sat in each on that day; see :func:`sitting`."""
    seated = Membership.objects.filter(in_force(on)).select_related("person").order_by("pk")
    found = all_standing(commune, on)
    return list(found.prefetch_related(Prefetch("memberships", seated, to_attr="sitting")))


def coverage(commune: Commune, on: datetime.date | None = None) -> tuple[int, int]:
    """In how many of the commune's hamlets on a day there is a team: never a bare percent.

    A hamlet that merged away is no place any more, even while its team still stands.
    """
    places = commune.hamlets.filter(in_use(on))
    with_team = Team.objects.filter(in_force(on), commune=commune, hamlet__in=places.values("pk"))
    return with_team.count(), places.count()


def sitting(team: Team) -> list[Membership]:
    """Who sits in a team of :func:`teams_today`, leader and deputies first."""
    found: Any = getattr(team, "sitting")  # noqa: B009  (filled by the prefetch above)
    return sorted(found, key=lambda seat: SeatRole.values.index(seat.role))


def place_of(team: Team) -> str:
    """ "bản Bãi Sở" or "xã Tam Quang"."""
    return team.hamlet.full_name if team.hamlet else team.commune.full_name

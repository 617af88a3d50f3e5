"""Teams, and who may open their phones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from workflows import authority
from workflows.authority import Capacity
from workflows.models import in_force

from ..models import Level, Membership, Merit, Team
from ..roles import Role
from .office import found_or_404, offices


def teams_of(user: Any, held: Sequence[Capacity] | None = None) -> QuerySet[Team]:
    """Every team ``user`` may see: the office those of its commune; whoever heads a place, asks
    for the commune's team by his post, or sits in a team today, that one."""
    held = authority.capacities(user) if held is None else held
    asking = {c.post.agency_id for c in held if c.post.role == Role.YOUTH_SECRETARY}
    seats = Membership.objects.filter(in_force(), person__user=user.pk)
    return Team.objects.filter(
        Q(commune__agency__in=offices(held))
        | Q(hamlet__head_post__in={capacity.post.pk for capacity in held})
        | Q(commune__agency__in=asking, level=Level.COMMUNE)
        | Q(pk__in=seats.values("team"))
    )


def team_for(user: Any, pk: int) -> Team:
    """The team with its place and decision; :class:`Http404` for a stranger's or none."""
    teams = teams_of(user).select_related("commune__agency", "hamlet__merger__into", "decision")
    try:
        return teams.get(pk=pk)
    except Team.DoesNotExist:
        raise Http404 from None


def may_open_phones(user: Any, team: Team) -> bool:
    """Full phones of a team are for the commune's office and for the team's own leader."""
    if team.commune.agency_id in offices(authority.capacities(user)):
        return True
    leading = Membership.objects.filter(in_force(), team=team, person__user=user.pk)
    return leading.filter(role="leader").exists()


def merit_for(user: Any, pk: int) -> Merit:
    """What was put forward for a team he may see; :class:`Http404` otherwise."""
    rows = Merit.objects.filter(team__in=teams_of(user)).select_related("team__commune")
    found: Merit = found_or_404(rows.select_related("team__hamlet"), pk)
    return found


def may_put_forward(user: Any, team: Team) -> bool:
    """Whoever leads a team, heads its place or asks for it by his post, and the office, may put
    its people forward for a commendation."""
    if may_open_phones(user, team):
        return True
    posts = [capacity.post for capacity in authority.capacities(user)]
    if team.hamlet:
        return team.hamlet.head_post_id in {post.pk for post in posts}
    own = {post.agency_id for post in posts if post.role == Role.YOUTH_SECRETARY}
    return team.commune.agency_id in own

"""Nhập hộ: the places of a commune for which a proposal may be entered, and why not for others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from workflows.authority import Capacity
from workflows.models import Holding, Post, in_force
from workflows.states import FINAL, State

from .flows.establish_team import EstablishTeamFlow
from .models import Change, Commune, Dossier, Level, Team
from .models.places import in_use
from .roles import DIGITAL, Role
from .rules.facts import ABOUT_ONE

Where = tuple[str, int | None]


@dataclass(frozen=True)
class Place:
    """A place that may have a team: whose post proposes it, and what stands or is under way.

    ``post`` is None where no post was ever made for it.
    """

    name: str
    post: Post | None = None
    holder: Any = None
    team: Team | None = None
    dossier: Dossier | None = None

    @property
    def begun(self) -> bool:
        """Whether a draft waits there to be gone on with."""
        return self.dossier is not None and _is_draft(self.dossier)

    @property
    def offered(self) -> bool:
        free = self.dossier is None or self.begun
        return self.holder is not None and self.team is None and free


def posts_that_may_enter(held: Iterable[Capacity]) -> list[Post]:
    """The posts from which somebody with these capacities may enter for others: specialists and
    those who stand in for one."""
    fitting = (c for c in held if c.post.role == Role.SPECIALIST)
    return [c.post for c in fitting if not c.delegation or c.delegation.field in ("", DIGITAL)]


def places(commune: Commune) -> list[Place]:
    """The hamlets in their order, then the commune itself. Five queries."""
    teams, dossiers, posts = _teams(commune), _dossiers(commune), _posts(commune)
    holders = _holders(posts)

    def place(where: Where, name: str, post: Post | None) -> Place:
        holder = holders.get(post.pk) if post else None
        return Place(name, post, holder, teams.get(where), dossiers.get(where))

    by_pk = {post.pk: post for post in posts}
    hamlets = [
        place((Level.HAMLET, hamlet.pk), hamlet.full_name, by_pk.get(hamlet.head_post_id or 0))
        for hamlet in commune.hamlets.filter(in_use()).order_by("pk")
    ]
    whole = (post for post in posts if post.role == Role.YOUTH_SECRETARY)
    return [*hamlets, *(place((Level.COMMUNE, None), commune.full_name, post) for post in whole)]


def place_of(post: Post) -> Place | None:
    """The place whose post this is; None for a post that proposes no team."""
    if post.role not in EstablishTeamFlow.starters:
        return None
    found = places(post.agency.commune)
    return next((place for place in found if place.post and place.post.pk == post.pk), None)


def _posts(commune: Commune) -> list[Post]:
    proposing = Post.objects.filter(agency=commune.agency_id, role__in=EstablishTeamFlow.starters)
    return list(proposing.order_by("pk"))


def _holders(posts: list[Post]) -> dict[int, Any]:
    sitting = Holding.objects.filter(in_force(), post__in=posts).select_related("user")
    # The first of two holders acts, as ``Post.holder`` says.
    return {holding.post_id: holding.user for holding in sitting.order_by("-pk")}


def _teams(commune: Commune) -> dict[Where, Team]:
    standing = Q(until__isnull=True) | Q(until__gte=timezone.localdate())
    teams = Team.objects.filter(standing, commune=commune).select_related("decision")
    return {(team.level, team.hamlet_id): team for team in teams}


def _dossiers(commune: Commune) -> dict[Where, Dossier]:
    """What is under way at each place; a draft only where nothing was sent."""
    lines = Change.objects.filter(dossier__commune=commune).exclude(dossier__state__in=FINAL)
    lines = lines.exclude(kind__in=ABOUT_ONE)
    found = [(line.level, line.hamlet_id, line.dossier) for line in lines.select_related("dossier")]
    drafts_first = sorted(found, key=lambda item: not _is_draft(item[2]))
    return {(level, hamlet): dossier for level, hamlet, dossier in drafts_first}


def _is_draft(dossier: Dossier) -> bool:
    return dossier.state == State.DRAFT and dossier.procedure == EstablishTeamFlow.code

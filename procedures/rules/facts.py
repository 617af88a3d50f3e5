"""What the rules look at: a dossier with its lines, who holds the posts, and what stands already.

Read once, in seven queries whatever the number of teams and people.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from workflows.models import Holding, in_force
from workflows.states import FINAL, State

from .. import regulations
from ..models.teams import Level, SeatRole, Team
from ..regulations import Ruled
from ..roles import Role
from ..teams import differences, in_order

if TYPE_CHECKING:
    from ..models import Change, Commune, Dossier, Seat

# Kinds of line about single people.
_PERSONAL = ("admit", "leave", "remove", "appoint")
Place = tuple[str, int | None]
# Requests about single people: they may be under way beside each other, and beside anything else.
ABOUT_ONE = ("admit", "leave", "remove")


@dataclass(frozen=True)
class Line:
    """One team of a dossier. ``seats`` is its list as the line would leave it, ``named`` are the
    people the line itself names, as typed."""

    change: Change
    seats: tuple[Seat, ...]
    named: tuple[Seat, ...]
    commune: Commune
    on: datetime.date

    @property
    def place(self) -> Place:
        return (self.change.level, self.change.hamlet_id)

    @property
    def name(self) -> str:
        """ "Bản Bãi Sở": the place at the beginning of a sentence."""
        full = self.change.place
        return full[:1].upper() + full[1:]

    def ruled(self, key: str) -> Ruled | None:
        """What the governing source says about ``key`` at this level."""
        return regulations.value(self.commune, f"{self.change.level}.{key}", self.on)

    @property
    def members(self) -> list[Seat]:
        """Who counts in the size of the team."""
        return [seat for seat in self.seats if seat.role != SeatRole.COLLABORATOR]

    def having(self, role: str) -> list[Seat]:
        return [seat for seat in self.seats if seat.role == role]


@dataclass(frozen=True)
class Facts:
    """A dossier and what it meets. ``heads`` are the current holders by post, ``secretaries``
    those of the Youth secretary's post; ``teams`` and ``rivals`` stand at the same places;
    ``requests`` are the lines of other open cases about single people, by team. ``signed`` is the
    day its decision bears, or would bear if it were signed on the day ``on``."""

    dossier: Dossier
    commune: Commune
    on: datetime.date
    signed: datetime.date
    lines: tuple[Line, ...]
    heads: dict[int, list[Holding]]
    secretaries: list[Holding]
    teams: dict[Place, Team]
    rivals: dict[Place, Dossier]
    requests: dict[int, list[Change]]

    @property
    def sets_up(self) -> bool:
        """Whether the decision sets up its teams, in place of another or for the first time."""
        about_people = self.dossier.asks_consent or self.dossier.procedure == "change_members"
        if about_people or self.dossier.lists_upward or self.dossier.is_drafted:
            return False
        return self.dossier.remedy in ("", "replace")

    @property
    def cites_sources(self) -> bool:
        """Whether its decision prints what governs the commune among its grounds."""
        return self.sets_up or self.dossier.procedure == "change_members"


def gather(dossier: Dossier, signed: datetime.date | None = None) -> Facts:
    """The facts as they are today."""
    commune, on = dossier.commune, timezone.localdate()
    changes = dossier.lines()
    _read_standing(changes)
    lines = tuple(_lines(changes, commune, on))
    # A line about one person asks nothing of the place, its posts and its rivals.
    lists = [change for change in changes if change.kind not in ABOUT_ONE]
    heads, secretaries = holders(commune, lists, on) if lists else ({}, [])
    return Facts(
        dossier=dossier,
        commune=commune,
        on=on,
        signed=signed or on,
        lines=lines,
        heads=heads,
        secretaries=secretaries,
        teams=_teams(commune, lists, on) if lists else {},
        rivals=rivals_of(dossier, lists) if lists else {},
        requests=requests_beside(dossier, changes),
    )


def _lines(changes: list[Change], commune: Commune, on: datetime.date) -> Iterator[Line]:
    """Each line with its list. Those about people of one team build on each other, whoever leaves
    before whoever joins, so that the last has the list as all of them leave it."""
    listed: dict[int, list[Seat]] = {}
    after: dict[int, list[Seat]] = {}
    for change in sorted(changes, key=lambda change: change.kind == "admit"):
        team = change.team_id if change.kind in ABOUT_ONE else None
        listed[change.pk] = in_order.listed_after(change, after.get(team or 0))
        if team:
            after[team] = listed[change.pk]
    for change in changes:
        yield Line(change, tuple(listed[change.pk]), tuple(change.seats.all()), commune, on)


def _read_standing(changes: Iterable[Change]) -> None:
    """What stands of all teams at once, instead of team by team."""
    changes = differences.read_before(changes)
    unread = [c for c in changes if c.team and "standing" not in c.__dict__]
    lists = in_order.standing_lists(c.team for c in unread if c.team)
    for change in unread:
        change.__dict__["standing"] = lists[change.team_id or 0]


def requests_beside(dossier: Dossier, changes: list[Change]) -> dict[int, list[Change]]:
    """The lines of other open cases about people of the same teams, by team. A draft is nobody's
    business yet, but what was gathered was sent."""
    teams = [change.team_id for change in changes if change.kind in ABOUT_ONE]
    if not teams:
        return {}
    lines: Any = type(changes[0])._default_manager.filter(team__in=teams, kind__in=ABOUT_ONE)
    others = (
        lines.exclude(dossier=dossier.pk)
        .exclude(dossier__state__in=FINAL)
        .exclude(dossier__state=State.DRAFT, origin__isnull=True)
    )
    found: dict[int, list[Change]] = defaultdict(list)
    for change in others.select_related("dossier").prefetch_related("seats").order_by("pk"):
        found[change.team_id].append(change)
    return dict(found)


def holders(
    commune: Commune, changes: Iterable[Change], on: datetime.date
) -> tuple[dict[int, list[Holding]], list[Holding]]:
    """Who holds, on a day, the posts that head the places of ``changes``, and the Youth's."""
    posts = [change.hamlet.head_post_id for change in changes if change.hamlet]
    secretary = Q(post__agency=commune.agency_id, post__role=Role.YOUTH_SECRETARY)
    sitting = Holding.objects.filter(in_force(on), Q(post__in=posts) | secretary)
    heads: dict[int, list[Holding]] = defaultdict(list)
    secretaries = []
    for holding in sitting.select_related("post", "user"):
        heads[holding.post_id].append(holding)
        if holding.post.role == Role.YOUTH_SECRETARY:
            secretaries.append(holding)
    return dict(heads), secretaries


def _places(changes: Iterable[Change], prefix: str = "") -> Q:
    """Filter of rows at the places of ``changes``."""
    hamlets = [change.hamlet_id for change in changes if change.hamlet_id]
    found = Q(**{f"{prefix}hamlet__in": hamlets})
    if any(change.level == Level.COMMUNE for change in changes):
        found |= Q(**{f"{prefix}level": Level.COMMUNE})
    return found


def _teams(commune: Commune, changes: list[Change], on: datetime.date) -> dict[Place, Team]:
    standing = Q(until__isnull=True) | Q(until__gte=on)
    teams = Team.objects.filter(standing, _places(changes), commune=commune)
    return {(team.level, team.hamlet_id): team for team in teams.select_related("decision")}


def rivals_of(dossier: Dossier, changes: Iterable[Change]) -> dict[Place, Dossier]:
    """Other dossiers under way for the same places. A draft is nobody's business yet, but what a
    round has gathered was sent."""
    changes_of_all: Any = type(dossier)._meta.get_field("changes").related_model
    others = (
        changes_of_all.objects.filter(_places(changes), dossier__commune=dossier.commune_id)
        .exclude(dossier=dossier.pk)
        .exclude(dossier__state__in=FINAL)
        .exclude(dossier__state=State.DRAFT, origin__isnull=True)
        .exclude(kind__in=ABOUT_ONE)
    )
    # Of several at one place the last is kept: one about the whole list, if there is any.
    found = sorted(others.select_related("dossier"), key=lambda line: line.kind not in _PERSONAL)
    return {(change.level, change.hamlet_id): change.dossier for change in found}

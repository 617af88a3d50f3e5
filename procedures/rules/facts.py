"""What the rules look at: a dossier with its lines, who holds the posts, and what stands already.

Read once, in six queries whatever the number of teams and people.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from workflows.models import Holding, in_force
from workflows.states import FINAL, State

from .. import fold, regulations
from ..models.teams import Level, Team
from ..regulations import Ruled
from ..roles import Role

if TYPE_CHECKING:
    from ..models import Change, Commune, Dossier, Seat

Place = tuple[str, int | None]


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

    def having(self, role: str) -> list[Seat]:
        return [seat for seat in self.seats if seat.role == role]


@dataclass(frozen=True)
class Facts:
    """A dossier and what it meets. ``heads`` are the current holders by post, ``secretaries``
    those of the Youth secretary's post; ``teams`` and ``rivals`` stand at the same places."""

    dossier: Dossier
    commune: Commune
    on: datetime.date
    lines: tuple[Line, ...]
    heads: dict[int, list[Holding]]
    secretaries: list[Holding]
    teams: dict[Place, Team]
    rivals: dict[Place, Dossier]

    @property
    def sets_up(self) -> bool:
        """Whether the decision sets up its teams, in place of another or for the first time."""
        return self.dossier.remedy in ("", "replace") and not self.dossier.is_drafted


def gather(dossier: Dossier) -> Facts:
    """The facts as they are today."""
    commune, on = dossier.commune, timezone.localdate()
    changes = dossier.lines()
    lines = tuple(_line(change, commune, on) for change in changes)
    heads, secretaries = _holders(commune, changes, on)
    return Facts(
        dossier=dossier,
        commune=commune,
        on=on,
        lines=lines,
        heads=heads,
        secretaries=secretaries,
        teams=_teams(commune, changes, on),
        rivals=rivals_of(dossier, changes),
    )


def _line(change: Change, commune: Commune, on: datetime.date) -> Line:
    return Line(change, tuple(fold.listed_after(change)), tuple(change.seats.all()), commune, on)


def _holders(
    commune: Commune, changes: Iterable[Change], on: datetime.date
) -> tuple[dict[int, list[Holding]], list[Holding]]:
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
    )
    found = others.select_related("dossier")
    return {(change.level, change.hamlet_id): change.dossier for change in found}

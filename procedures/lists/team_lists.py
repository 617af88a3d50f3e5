"""Lists of teams and of who is in them, by role and place; the superior's form filled from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from workflows.models import in_force

from .. import sheets
from ..models.people import Person
from ..models.places import Commune
from ..models.teams import Membership, SeatRole, Team
from ..people import names
from ..sheets import ListedTeam, Member
from ..sheets.places import Place
from ..sheets.sheet import Decision

COMMUNE_TEAM = "xa"
_LONGEST = 100
# Whoever is younger appears by his guardian (Luật 91/2025/QH15, Điều 24): no phone leaves.
_OF_AGE = 16


@dataclass(frozen=True)
class Choice:
    """What of the lists is asked for: ``role`` of SeatRole, ``place`` a hamlet's key or
    :data:`COMMUNE_TEAM`, ``name`` as typed. Empty means all."""

    role: str = ""
    place: str = ""
    name: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Choice:
        """From an address or a form; what it cannot mean is left out."""
        role, place = str(asked.get("vai", "")), str(asked.get("noi", ""))
        known = place == COMMUNE_TEAM or (place.isdecimal() and len(place) < 10)
        return cls(
            role if role in SeatRole.values else "",
            place if known else "",
            names.clean(str(asked.get("ten", "")))[:_LONGEST],
        )

    @property
    def by_person(self) -> bool:
        """Whether people are looked for, rather than teams."""
        return bool(self.role or self.name)

    def teams(self, seen: QuerySet[Team]) -> QuerySet[Team]:
        """Of the teams somebody may see, those asked for that stand today."""
        if self.place == COMMUNE_TEAM:
            seen = seen.filter(hamlet=None)
        elif self.place:
            seen = seen.filter(hamlet=int(self.place))
        return seen.filter(in_force()).order_by("level", "hamlet", "pk")

    def members(self, seen: QuerySet[Team]) -> QuerySet[Membership]:
        """The people asked for, team by team in the order of their decisions."""
        found = Membership.objects.filter(in_force(), team__in=self.teams(seen))
        if self.role:
            found = found.filter(role=self.role)
        for word in names.fold(self.name).split():
            found = found.filter(Q(person__folded__contains=word))
        order = ("team__level", "team__hamlet", "team", "pk")
        return found.select_related("person", "team__hamlet").order_by(*order)


def with_members(teams: QuerySet[Team]) -> QuerySet[Team]:
    """Teams with place, decision and today's members in ``team.sitting``: one query more."""
    sitting = Membership.objects.filter(in_force()).select_related("person").order_by("pk")
    return teams.select_related("commune", "hamlet__merger__into", "decision").prefetch_related(
        Prefetch("memberships", sitting, to_attr="sitting")
    )


def workbook(commune: Commune, members: Iterable[Membership], *, full: bool) -> bytes:
    """The eight columns of Sở KH&CN tỉnh Thanh Hóa, phones masked unless ``full``."""
    by_team: dict[Team, list[Member]] = {}
    for seat in members:
        by_team.setdefault(seat.team, []).append(
            Member(seat.person.full_name, seat.role, phone_of(seat.person, full), seat.represents)
        )
    listed = [_listed(team, rows) for team, rows in by_team.items()]
    return sheets.written(commune.full_name, listed)


def _listed(team: Team, rows: list[Member]) -> ListedTeam:
    place = team.hamlet.full_name if team.hamlet else team.commune.full_name
    paper = team.decision
    assert paper.date is not None  # a decision that founds a team carries both
    assert paper.number is not None
    return ListedTeam(
        Place(team.level, team.hamlet_id, place),
        Decision(paper.date, paper.symbol, paper.number),
        tuple(rows),
    )


def phone_of(person: Person, full: bool) -> str:
    """A phone as a list that leaves the office shows it: masked, or in full for who is of age."""
    young = person.birth_year and timezone.localdate().year - person.birth_year <= _OF_AGE
    return person.phone if full and not young else names.masked(person.phone)

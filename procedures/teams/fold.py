"""What the released decisions of a commune say about its teams: a pure fold over their lines.

A line founds a team, or changes the one that stands at its place. Nothing is written here;
:mod:`procedures.teams.roster` keeps teams and memberships in step with it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .decided import decision_of, first_day, released
from .in_order import roles_given

if TYPE_CHECKING:
    from documents.models import Document

    from ..models import Change, Commune


@dataclass(frozen=True)
class Sitting:
    """One person's seat, as a decision gives it and until another ends it."""

    person_id: int
    role: str
    represents: str
    since: datetime.date
    decision_id: int
    until: datetime.date | None = None


@dataclass(frozen=True)
class Standing:
    """One team as the decisions leave it.

    ``founded`` is the line that set it up, which makes it this team and no other; ``decision_id``
    what it stands on now; ``seats`` are all it ever had.
    """

    founded: int
    decision_id: int
    level: str
    hamlet_id: int | None
    name: str
    since: datetime.date
    seats: frozenset[Sitting]
    until: datetime.date | None = None

    @property
    def sitting(self) -> frozenset[Sitting]:
        return frozenset(seat for seat in self.seats if seat.until is None)


# What each kind of line does to a team -----------------------------------------------------------


def _amended(team: Standing, change: Change) -> Standing:
    """The list is as the line says: who is in it as before stays, the others end that day."""
    decision = decision_of(change)
    named = sittings(change, decision)
    before = {(seat.person_id, seat.role, seat.represents): seat for seat in team.sitting}
    now = {before.get((seat.person_id, seat.role, seat.represents), seat) for seat in named}
    return replace(team, seats=_ended(team, first_day(decision), but=now) | now)


def _replaced(team: Standing, change: Change) -> Standing:
    """The same, and the team with everybody in it stands on the new decision."""
    amended, decision = _amended(team, change), decision_of(change)
    now = {replace(seat, decision_id=decision.pk) for seat in amended.sitting}
    return replace(
        amended,
        decision_id=decision.pk,
        name=change.team_name,
        seats=(amended.seats - amended.sitting) | now,
    )


def _recalled(team: Standing, change: Change) -> Standing:
    day = first_day(decision_of(change))
    return replace(team, until=_eve(day), seats=_ended(team, day))


def _ended(team: Standing, day: datetime.date, but: Iterable[Sitting] = ()) -> frozenset[Sitting]:
    """The seats of a team when those who sit, ``but`` these, rise as ``day`` begins."""
    rising = team.sitting - set(but)
    return frozenset(replace(s, until=_eve(day)) if s in rising else s for s in team.seats)


def _eve(day: datetime.date) -> datetime.date:
    """The last day before a decision counts: on its own day there is one leader, not two. A seat
    given and ended on one day never was in force."""
    return day - datetime.timedelta(days=1)


def _admitted(team: Standing, change: Change) -> Standing:
    """Who is named joins; who sits already keeps the seat he has."""
    sitting = {seat.person_id for seat in team.sitting}
    joining = {s for s in sittings(change, decision_of(change)) if s.person_id not in sitting}
    return replace(team, seats=team.seats | joining)


def _left(team: Standing, change: Change) -> Standing:
    """Who is named rises; the others stay."""
    leaving = {seat.person_id for seat in change.seats.all()}
    staying = {seat for seat in team.sitting if seat.person_id not in leaving}
    return replace(team, seats=_ended(team, first_day(decision_of(change)), but=staying))


def _appointed(team: Standing, change: Change) -> Standing:
    """Who is named sits as the line says. A leader or deputy who is followed and not named himself
    rises."""
    decision = decision_of(change)
    before = {(seat.person_id, seat.role, seat.represents): seat for seat in team.sitting}
    said = sittings(change, decision)
    named = {before.get((seat.person_id, seat.role, seat.represents), seat) for seat in said}
    people, followed = {seat.person_id for seat in named}, roles_given(named)
    others = {seat for seat in team.sitting if seat.person_id not in people}
    staying = {seat for seat in others if seat.role not in followed}
    return replace(team, seats=_ended(team, first_day(decision), but=staying | named) | named)


Changed = Callable[[Standing, "Change"], Standing]
# A further kind of line is a row here, and in :mod:`procedures.teams.in_order`.
CHANGES: dict[str, Changed] = {
    "amend": _amended,
    "replace": _replaced,
    "recall": _recalled,
    "admit": _admitted,
    "leave": _left,
    "remove": _left,
    "appoint": _appointed,
    "revise": _amended,
    "dissolve": _recalled,
}


def sittings(change: Change, decision: Document) -> list[Sitting]:
    seats, since = [], first_day(decision)
    for seat in change.seats.all():
        if seat.person_id is None:
            raise ValueError(f"seat {seat.pk} of a released dossier names nobody")
        seats.append(Sitting(seat.person_id, seat.role, seat.represents, since, decision.pk))
    return seats


def one(history: Iterable[Change]) -> Standing:
    """One team as the lines about it leave it, whatever the order they are given in."""
    first, *rest = sorted(history, key=_counts_from)
    if first.kind in CHANGES:
        raise ValueError(f"change {first.pk} changes a team that no line before it founded")
    standing = _founded(first)
    for change in rest:
        standing = CHANGES[change.kind](standing, change)
    return standing


def _counts_from(change: Change) -> tuple[Any, ...]:
    decision = decision_of(change)
    return (first_day(decision), decision.released, change.pk)


def fold(commune: Commune) -> list[Standing]:
    """The teams of a commune as its released decisions leave them, oldest first."""
    return [standing for standing, _lines in folded(commune)]


def folded(commune: Commune) -> list[tuple[Standing, list[Change]]]:
    """Each team with the lines that made it what it is. A line that changes one says which; where
    that was lost it finds it by its place, which has one team at a time."""
    teams: dict[int, tuple[Standing, list[Change]]] = {}
    at: dict[tuple[str, int | None], int] = {}
    of: dict[int, int] = {}
    for change in released(commune):
        place = (change.level, change.hamlet_id)
        if change.kind not in CHANGES:
            at[place] = of[change.team_id or 0] = change.pk
            teams[change.pk] = (_founded(change), [change])
        elif founded := of.get(change.team_id) or at.get(place):
            standing, lines = teams[founded]
            teams[founded] = (CHANGES[change.kind](standing, change), [*lines, change])
    return list(teams.values())


def _founded(change: Change) -> Standing:
    decision = decision_of(change)
    return Standing(
        founded=change.pk,
        decision_id=decision.pk,
        level=change.level,
        hamlet_id=change.hamlet_id,
        name=change.team_name,
        since=first_day(decision),
        seats=frozenset(sittings(change, decision)),
    )

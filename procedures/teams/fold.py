"""What the released decisions of a commune say about its teams: a pure fold over their lines.

A line founds a team, or changes the one that stands at its place. Nothing is written here;
:mod:`procedures.teams.roster` keeps teams and memberships in step with it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from workflows.states import State

if TYPE_CHECKING:
    from documents.models import Document

    from ..models import Change, Commune, Seat, Team


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
    people, followed = {seat.person_id for seat in named}, _followed(named)
    others = {seat for seat in team.sitting if seat.person_id not in people}
    staying = {seat for seat in others if seat.role not in followed}
    return replace(team, seats=_ended(team, first_day(decision), but=staying | named) | named)


def _followed(named: Iterable[Any]) -> set[str]:
    """The roles of one person that are given anew: who has them and is not named has them no
    more."""
    return {seat.role for seat in named} - {"member"}


Changed = Callable[[Standing, "Change"], Standing]
# A further kind of line is a row here, and in _LISTED.
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


def _list_said(_before: list[Seat], change: Change) -> list[Seat]:
    return list(change.seats.all())


def _list_with(before: list[Seat], change: Change) -> list[Seat]:
    sitting = {seat.person_id for seat in before if seat.person_id}
    return [*before, *(s for s in change.seats.all() if s.person_id not in sitting)]


def _list_without(before: list[Seat], change: Change) -> list[Seat]:
    """The seats that rise are told by the seat they had, before the people are known too."""
    leaving = list(change.seats.all())
    seats, people = {s.was_id for s in leaving}, {s.person_id for s in leaving if s.person_id}
    return [s for s in before if s.pk not in seats and s.person_id not in people]


def _list_appointed(before: list[Seat], change: Change) -> list[Seat]:
    """In the order of their roles, each otherwise where he was."""
    named = list(change.seats.all())
    followed = _followed(named)
    staying = [seat for seat in _list_without(before, change) if seat.role not in followed]
    return sorted([*named, *staying], key=lambda seat: _ROLES.index(seat.role))


_ROLES = ("leader", "deputy", "member", "collaborator")
# What each kind leaves of the list of a team, in the order it is printed.
_LISTED: dict[str, Callable[[list[Seat], Change], list[Seat]]] = {
    "create": _list_said,
    "amend": _list_said,
    "replace": _list_said,
    "recall": lambda _before, _change: [],
    "admit": _list_with,
    "leave": _list_without,
    "remove": _list_without,
    "appoint": _list_appointed,
    "revise": _list_said,
    "dissolve": lambda _before, _change: [],
}


def listed_after(change: Change, before: list[Seat] | None = None) -> list[Seat]:
    """The list of the team as the line would leave it, from how it is today or from ``before``."""
    if before is None:
        before = [] if _LISTED[change.kind] is _list_said else change.standing
    return _LISTED[change.kind](before, change)


def standing_list(team: Team | None) -> list[Seat]:
    """Who is in a team by the lists of its decisions, in their order; empty once it ended."""
    return standing_lists([team])[team.pk] if team is not None else []


def standing_lists(teams: Iterable[Team]) -> dict[int, list[Seat]]:
    """The same for several teams of one commune, by primary key, in two queries."""
    return {pk: list_left_by(history) for pk, history in histories(teams).items()}


def list_left_by(history: Iterable[Change]) -> list[Seat]:
    """The list that the lines about one team leave, in the order in which they count."""
    listed: list[Seat] = []
    for change in history:
        listed = _LISTED[change.kind](listed, change)
    return listed


def histories(teams: Iterable[Team]) -> dict[int, list[Change]]:
    """The lines of standing decisions about several teams of one commune, by primary key, in the
    order in which they count; two queries."""
    known = list(teams)
    found: dict[int, list[Change]] = {team.pk: [] for team in known}
    if known:
        for change in released(known[0].commune_id).filter(team__in=known):
            found[change.team_id].append(change)
    return found


# The lines of decisions -----------------------------------------------------------------------


def decision_of(change: Change) -> Document:
    """The decision a released line rests on."""
    if change.decision is None:
        raise ValueError(f"change {change.pk} of a released dossier rests on no decision")
    return change.decision


def sittings(change: Change, decision: Document) -> list[Sitting]:
    seats, since = [], first_day(decision)
    for seat in change.seats.all():
        if seat.person_id is None:
            raise ValueError(f"seat {seat.pk} of a released dossier names nobody")
        seats.append(Sitting(seat.person_id, seat.role, seat.represents, since, decision.pk))
    return seats


def first_day(decision: Document) -> datetime.date:
    """A decision counts from its date ("có hiệu lực kể từ ngày ký")."""
    if decision.date is None:
        raise ValueError(f"decision {decision.pk} has no date")
    return decision.date


def one(history: Iterable[Change]) -> Standing:
    """One team as the lines about it leave it, whatever the order they are given in."""
    first, *rest = sorted(history, key=_counts_from)
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
    """Each team with the lines that made it what it is. A place has one team at a time, so a
    line that changes one finds it by its place."""
    teams: dict[int, tuple[Standing, list[Change]]] = {}
    at: dict[tuple[str, int | None], int] = {}
    for change in released(commune):
        place = (change.level, change.hamlet_id)
        if change.kind not in CHANGES:
            at[place] = change.pk
            teams[change.pk] = (_founded(change), [change])
        elif place in at:
            standing, lines = teams[at[place]]
            teams[at[place]] = (CHANGES[change.kind](standing, change), [*lines, change])
    return list(teams.values())


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


# What a document says of people --------------------------------------------------------------


def lines_on(document: Document) -> list[Change]:
    """The lines that rest on a document, in the order they were written."""
    changes = apps.get_model("procedures", "Change").objects
    own = Q(own_decision=document) | Q(own_decision__isnull=True, dossier__decision=document)
    found = changes.filter(own).select_related("hamlet", "team", "dossier__commune")
    return list(found.prefetch_related("seats").order_by("pk"))


def named_by(document: Document) -> list[Seat]:
    """Everybody a document names."""
    return [seat for line in lines_on(document) for seat in line.seats.all()]


def differences(change: Change) -> Iterator[tuple[int, Seat | None, Seat | None]]:
    """Where a list departs from the one that stands: its number there, the seat before and now.

    ``(3, before, None)`` was taken out, ``(0, None, now)`` is new.
    """
    seats = list(change.seats.all())
    now = {seat.was_id: seat for seat in seats if seat.was_id}
    # What a line says of its own beginning holds after its decision has come to stand too.
    for number, before in enumerate(change.before or change.standing, 1):
        seat = now.get(before.pk)
        if seat is None or seat.another or _printed(seat) != _printed(before, seat):
            yield number, before, seat
    yield from ((0, None, seat) for seat in seats if not seat.was_id)


def _printed(seat: Seat, now: Seat | None = None) -> tuple[Any, ...]:
    """What a list says of a person. A phone is never printed; a year left out ``now`` is not
    taken back."""
    year = seat.birth_year if now is None or now.birth_year else None
    return (seat.full_name, year, seat.role, seat.represents)

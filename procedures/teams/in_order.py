"""The list of a team, in the order in which it is printed, as its decisions leave it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from .decided import histories

if TYPE_CHECKING:
    from ..models import Change, Seat, Team


def roles_given(named: Iterable[Any]) -> set[str]:
    """The roles of one person that are given anew: who has them and is not named has them no
    more."""
    return {seat.role for seat in named} - {"member"}


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
    followed = roles_given(named)
    staying = [seat for seat in _list_without(before, change) if seat.role not in followed]
    return sorted([*named, *staying], key=lambda seat: _ROLES.index(seat.role))


_ROLES = ("leader", "deputy", "member", "collaborator")
# What each kind leaves of the list of a team, in the order it is printed.
LISTED: dict[str, Callable[[list[Seat], Change], list[Seat]]] = {
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
        before = [] if LISTED[change.kind] is _list_said else change.standing
    return LISTED[change.kind](before, change)


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
        listed = LISTED[change.kind](listed, change)
    return listed


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

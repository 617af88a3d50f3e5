"""How recorded people are written: what a line puts right of a name, a year or a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ..models.people import Person
from ..people import names
from .decided import released
from .fold import CHANGES

if TYPE_CHECKING:
    from ..models import Change, Commune, Seat


def put_right(change: Change) -> None:
    seats = {pk: seat for pk, seat in _corrected(change) if _said(seat) != _said(seat.was)}
    for pk, seat in seats.items():
        write(pk, seat)


def _corrected(change: Change) -> Iterator[tuple[int, Seat]]:
    """The people a line says something new of, each with the seat that has it right."""
    if change.kind in CHANGES:
        for seat in change.seats.all():
            if seat.was and not seat.another and seat.person_id:
                yield seat.person_id, seat


def _said(seat: Seat | None) -> tuple[object, ...]:
    return (seat.full_name, seat.birth_year, seat.phone) if seat else ()


def write(person_id: int, seat: Seat) -> None:
    """What the list leaves out is not taken back."""
    said = {"birth_year": seat.birth_year, "phone": seat.phone}
    if seat.was and seat.full_name != seat.was.full_name:
        said |= {"full_name": seat.full_name, "folded": names.fold(seat.full_name)}
    known = {field: value for field, value in said.items() if value}
    Person.objects.filter(pk=person_id).update(**known)


def differences(commune: Commune) -> Iterator[str]:
    for person, seat in names_said(commune):
        yield _("%(kept)s: quyết định đã sửa tên thành %(said)s.") % {
            "kept": person.full_name,
            "said": seat.full_name,
        }


def names_said(commune: Commune) -> Iterator[tuple[Person, Seat]]:
    """People who are kept under another name than the last decision that put it right."""
    said = {
        pk: seat
        for change in released(commune).prefetch_related("seats__was")
        for pk, seat in _corrected(change)
        if seat.was and seat.full_name != seat.was.full_name
    }
    people = Person.objects.in_bulk(said)
    for person_id, seat in said.items():
        if people[person_id].full_name != seat.full_name:
            yield people[person_id], seat

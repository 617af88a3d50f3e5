"""Which recorded person a typed name is. A person is recorded once per commune.

The same name with the same phone or birth year is the same person; the holder of a post is known
by his account. Anybody else is recorded anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from workflows.models import Holding, in_force

from ..models.people import Person, is_minor
from ..models.teams import Membership, SeatRole
from ..roles import Role
from . import names

if TYPE_CHECKING:
    from ..models import Change, Dossier, Seat


_GUARDIAN = ("guardian_name", "guardian_phone", "guardian_relation")
_COMPLETED = ("phone", "birth_year", "may_publish", *_GUARDIAN)


def identify_people(dossier: Dossier) -> None:
    """Bring the seats of a dossier to one form (NFC, plain phone) and link each to its person.

    Call inside the transaction that sends the dossier. Within one team a person has one seat: two
    namesakes the rules have let pass become two people.
    """
    changes = dossier.lines()
    seats = [seat for change in changes for seat in change.seats.all()]
    for seat in seats:
        seat.full_name = names.clean(seat.full_name)
        seat.represents = names.clean(seat.represents)
        seat.phone = names.normal_phone(seat.phone)
        seat.guardian_name = names.clean(seat.guardian_name)
        seat.guardian_phone = names.normal_phone(seat.guardian_phone)
    stays = _staying(seats)
    known = _known(dossier, seats)
    officers = _officers(dossier, changes)
    completed = [p for change in changes for p in _link(dossier, change, known, officers, stays)]
    _save(seats, completed)


def _staying(seats: Iterable[Seat]) -> dict[int | None, Person]:
    """The people of the seats that only put a name or a role right, by the seat they had."""
    kept = [seat.was_id for seat in seats if seat.was_id and not seat.another]
    if not kept:
        return {}
    before = type(next(iter(seats)))._default_manager.filter(pk__in=kept, person__isnull=False)
    return {seat.pk: seat.person for seat in before.select_related("person") if seat.person}


def _known(dossier: Dossier, seats: Iterable[Seat]) -> dict[str, list[Person]]:
    """The recorded people of the commune who bear one of the names, by folded name."""
    folded = {names.fold(seat.full_name) for seat in seats}
    found: dict[str, list[Person]] = defaultdict(list)
    people = Person.objects.filter(commune=dossier.commune_id, folded__in=folded)
    for person in people.order_by("pk"):
        found[person.folded].append(person)
    return found


def _officers(dossier: Dossier, changes: Iterable[Change]) -> list[Any]:
    """The accounts a leader may belong to: holders of the places' posts, and the author."""
    heads = [change.hamlet.head_post_id for change in changes if change.hamlet]
    secretary = Q(post__agency=dossier.agency_id, post__role=Role.YOUTH_SECRETARY)
    sitting = Holding.objects.filter(
        in_force(timezone.localdate()), Q(post__in=heads) | secretary
    ).select_related("user")
    return [dossier.author, *(holding.user for holding in sitting)]


def _link(
    dossier: Dossier,
    change: Change,
    known: dict[str, list[Person]],
    officers: list[Any],
    stays: dict[int | None, Person],
) -> Iterator[Person]:
    """Give each seat of a team its person; yields the recorded ones who became better known."""
    taken: set[int] = set()
    seats = list(change.seats.all())
    staying = {stays[seat.was_id].pk for seat in seats if _stays(seat, stays)}
    for seat in seats:
        if _stays(seat, stays):
            seat.person = stays[seat.was_id]
            continue
        candidates = known[names.fold(seat.full_name)]
        free = [p for p in candidates if id(p) not in taken and p.pk not in staying]
        person = _officer(seat, free, officers) or _same(seat, free) or _left_over(seat, free)
        if person is None:
            person = _new(dossier, seat, free, officers)
            candidates.append(person)
        taken.add(id(person))
        seat.person = person
        if _complete(person, seat, asked=not dossier.records_existing) and person.pk:
            yield person


def _stays(seat: Seat, stays: dict[int | None, Person]) -> bool:
    return not seat.another and seat.was_id in stays


def _officer(seat: Seat, people: list[Person], officers: list[Any]) -> Person | None:
    """A leader who holds the post is that account's person, whatever phone he typed today."""
    if seat.role != SeatRole.LEADER:
        return None
    accounts = {user.pk for user in officers if names.same_name(seat.full_name, user.full_name)}
    fits = (p for p in people if p.user_id in accounts and not _years_differ(seat, p))
    return next(fits, None)


def _same(seat: Seat, people: list[Person]) -> Person | None:
    entry = (seat.full_name, seat.phone, seat.birth_year)
    for person in people:
        same = names.same_person(entry, (person.full_name, person.phone, person.birth_year))
        # One name and birth year under a new phone: over time that is a changed phone.
        if same or (same is None and seat.birth_year and seat.birth_year == person.birth_year):
            return person
    return None


def _left_over(seat: Seat, people: list[Person]) -> Person | None:
    """A person recorded for a dossier sent back and sent again, to whom nothing refers now."""
    if seat.phone or seat.birth_year:
        return None
    bare = [p for p in people if p.pk and not (p.phone or p.birth_year or p.user_id)]
    for person in bare:
        if names.same_name(seat.full_name, person.full_name) and not _referred(seat, person):
            return person
    return None


def _referred(seat: Seat, person: Person) -> bool:
    others = type(seat)._default_manager.filter(person=person).exclude(pk=seat.pk)
    return others.exists() or Membership.objects.filter(person=person).exists()


def _new(dossier: Dossier, seat: Seat, people: list[Person], officers: list[Any]) -> Person:
    person = Person(
        commune=dossier.commune,
        full_name=seat.full_name,
        folded=names.fold(seat.full_name),
        birth_year=seat.birth_year,
        phone=seat.phone,
    )
    if seat.role == SeatRole.LEADER:
        person.user = _account_without_person(seat, officers)
    return person


def _account_without_person(seat: Seat, officers: list[Any]) -> Any:
    for user in officers:
        recorded = Person.objects.filter(user=user).exists
        if names.same_name(seat.full_name, user.full_name) and not recorded():
            return user
    return None


def _complete(person: Person, seat: Seat, *, asked: bool) -> bool:
    """Fill what is not known yet; what is known is not corrected by a draft. What the person
    agreed to is what he said last in a list that ``asked`` him."""
    before = [getattr(person, column) for column in _COMPLETED]
    person.phone = person.phone or seat.phone
    person.birth_year = person.birth_year or seat.birth_year
    if asked:
        _follow(person, seat)
    return before != [getattr(person, column) for column in _COMPLETED]


def _follow(person: Person, seat: Seat) -> None:
    """A guardian is kept for a child alone, and for a child nobody else agrees (Điều 24)."""
    child = is_minor(seat.birth_year or person.birth_year)
    for column in _GUARDIAN:
        kept = (getattr(seat, column) or getattr(person, column)) if child else ""
        setattr(person, column, kept)
    person.may_publish = seat.may_publish and (bool(person.guardian_name) or not child)


def _years_differ(seat: Seat, person: Person) -> bool:
    both = seat.birth_year and person.birth_year
    return bool(both and seat.birth_year != person.birth_year)


def _save(seats: list[Seat], completed: list[Person]) -> None:
    if not seats:
        return
    people = {id(seat.person): seat.person for seat in seats if seat.person}.values()
    Person.objects.bulk_create([person for person in people if not person.pk])
    Person.objects.bulk_update(completed, _COMPLETED)
    columns = ["full_name", "represents", "phone", "guardian_name", "guardian_phone", "person"]
    type(seats[0])._default_manager.bulk_update(seats, columns)

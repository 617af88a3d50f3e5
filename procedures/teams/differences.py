"""What a line changes in the list of a team, told in words: on the page of a case and in papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from django.apps import apps
from django.utils.translation import gettext as _

from . import in_order

if TYPE_CHECKING:
    from ..models import Change, Seat


@dataclass(frozen=True)
class Appointment:
    """Who gets a role in a team, after whom; ``stays`` where that one remains a member."""

    role: str
    seat: Seat
    former: Seat | None
    stays: bool


@dataclass(frozen=True)
class Difference:
    """One departure of a list from the one before: ``kind`` is "joins", "leaves" or "changes"."""

    kind: str
    name: str
    what: str


def read_before(changes: Iterable[Change]) -> list[Change]:
    """Lines with the lists they were drawn up from, read at once."""
    lines = list(changes)
    found = apps.get_model("procedures", "Seat").objects.select_related("person")
    seats = found.in_bulk({pk for line in lines for pk in line.basis})
    for line in lines:
        line.__dict__["before"] = [seats[pk] for pk in line.basis if pk in seats]
    return lines


def appointments(change: Change) -> Iterator[Appointment]:
    """The leader and the deputies a line names, each with who had the role."""
    seats = list(change.seats.all())
    kept = {seat.was_id for seat in seats if seat.was_id}
    for role in ("leader", "deputy"):
        given = [seat for seat in seats if seat.role == role]
        same = {seat.was_id for seat in given if seat.was_id}
        before = [seat for seat in change.before if seat.role == role and seat.pk not in same]
        for seat, former in zip_longest(given, before):
            if seat is not None:
                stays = former is not None and former.pk in kept
                yield Appointment(role, seat, former, stays)


def told(change: Change) -> list[Difference]:
    """Every person a line takes in, lets go or gives another role."""
    if change.kind == "appoint":
        return list(_appointed(change))
    if change.dossier.merger_id and change.kind == "dissolve":
        return []  # they go on in the team of the new place
    if change.kind == "dissolve":
        return [Difference("leaves", seat.full_name, _role(seat)) for seat in change.before]
    return list(_listed(change)) if change.basis else []


def _appointed(change: Change) -> Iterator[Difference]:
    for one in appointments(change):
        promoted = bool(one.seat.was_id)
        yield Difference("changes" if promoted else "joins", one.seat.full_name, _role(one.seat))
        if one.former is not None:
            now = _("thôi làm %(role)s, ở lại làm thành viên") if one.stays else _("thôi %(role)s")
            kind = "changes" if one.stays else "leaves"
            yield Difference(kind, one.former.full_name, now % {"role": _role(one.former)})


def _listed(change: Change) -> Iterator[Difference]:
    for _number, before, now in in_order.differences(change):
        if before is None and now is not None:
            yield Difference("joins", now.full_name, _role(now))
        elif before is not None and (now is None or now.another):
            yield Difference("leaves", before.full_name, _role(before))
            if now is not None:
                yield Difference("joins", now.full_name, _role(now))
        elif before is not None and now is not None:
            yield Difference("changes", now.full_name, "; ".join(_said(before, now)))


def _said(before: Seat, now: Seat) -> Iterator[str]:
    if before.full_name != now.full_name:
        yield _("tên cũ ghi là %(name)s") % {"name": before.full_name}
    if before.role != now.role:
        yield f"{_role(before)} → {_role(now)}"
    if before.represents != now.represents:
        yield f"{before.represents or '…'} → {now.represents or '…'}"
    if now.birth_year and before.birth_year != now.birth_year:
        yield _("sinh năm %(year)s") % {"year": now.birth_year}


def _role(seat: Seat) -> str:
    return str(seat.get_role_display())

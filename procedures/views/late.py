"""Who is late: the cases of the commune that have overrun the limit of their step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from workflows.authority import Capacity, Desk
from workflows.deadlines import Calendar, Deadline
from workflows.states import AT_REST, Record, State

from .. import access, deadlines
from ..issuing import deliveries
from ..messages import desks
from ..models import Delivery, Dossier
from ..visitor import Visitor, visitor
from .home import TITLES

ROWS = 50


@dataclass(frozen=True)
class LateCase:
    """A case that overran its step: since when, and who has it."""

    dossier: Record
    deadline: Deadline
    desk: Desk
    people: list[Capacity]


@require_safe
def late(request: HttpRequest) -> HttpResponse:
    """The late cases of the offices the person works in, the most overdue first."""
    person = visitor(request)
    if not access.offices(person.held):
        raise PermissionDenied
    calendar = Calendar.current()
    page = Paginator(_late(person, calendar), ROWS).get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "cases": _told(page.object_list, person),
        "unsent": _unsent(person, calendar),
    }
    return render(request, "procedures/late.html", context)


def _late(person: Visitor, calendar: Calendar) -> list[tuple[Record, Deadline]]:
    today, found = timezone.localdate(), []
    for dossier in _open(person):
        deadline = deadlines.deadline_of(dossier, calendar, today)
        if deadline and deadline.late:
            found.append((dossier, deadline))
    return sorted(found, key=lambda row: (-row[1].late, row[0].moved))


def _open(person: Visitor) -> Iterable[Record]:
    seen = access.dossiers_of(person.user, person.held)
    waiting = seen.filter(agency__in=access.offices(person.held), case__isnull=False)
    over = [state.value for state in (State.DRAFT, *AT_REST)]
    read_with_it = ("agency", "unit", "post", "commune", "decision")
    yield from waiting.exclude(state__in=over).select_related(*read_with_it)
    reports = access.reports_of(person.user, person.held).filter(case__isnull=False)
    ours = reports.filter(agency__in=access.offices(person.held)).exclude(state__in=over)
    yield from ours.select_related("agency", "unit", "post", "call", "team")
    copies = access.copies_of(person.user, person.held).exclude(state__in=over)
    yield from copies.select_related("agency", "post")


def _told(rows: Iterable[tuple[Record, Deadline]], person: Visitor) -> list[LateCase]:
    """The rows of one page with their titles and the people at each desk."""
    rows = list(rows)
    if not rows:
        return []
    dossiers = [record for record, _deadline in rows if isinstance(record, Dossier)]
    if dossiers:
        prefetch_related_objects(dossiers, TITLES)
    sitting = desks.sitting(access.offices(person.held))
    cases = []
    for dossier, deadline in rows:
        desk = dossier.waits_at
        assert desk is not None  # a step with a limit waits at a desk
        cases.append(LateCase(dossier, deadline, desk, desks.able(dossier, sitting)))
    return cases


def _unsent(person: Visitor, calendar: Calendar) -> list[tuple[Dossier, int]]:
    """Released decisions of which nobody has recorded any sending, and by how many working days
    that is late (Điều 18 khoản 1). What a recipient acknowledged himself is not the clerk's word.
    """
    sent = Delivery.objects.filter(dossier=OuterRef("pk"), own=False, sent__isnull=False)
    released = Dossier.objects.filter(
        ~Exists(sent), agency__in=access.offices(person.held), state=State.RELEASED
    ).exclude(decision=None)
    today, found = timezone.localdate(), []
    read = released.select_related("commune", "post", "decision").prefetch_related(TITLES)
    for dossier in read.order_by("decision__released")[:ROWS]:
        late = calendar.between(deliveries.last_day(dossier, calendar), today)
        if late > 0:
            found.append((dossier, late))
    return found

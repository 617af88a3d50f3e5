"""Who is late: the cases of the commune that have overrun the limit of their step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from workflows.authority import Capacity, Desk
from workflows.deadlines import Calendar, Deadline
from workflows.states import FINAL, State

from .. import access, deadlines, desks
from ..models import Dossier
from ..visitor import Visitor, visitor
from .home import TITLES

ROWS = 50


@dataclass(frozen=True)
class LateCase:
    """A case that overran its step: since when, and who has it."""

    dossier: Dossier
    deadline: Deadline
    desk: Desk
    people: list[Capacity]


@require_safe
def late(request: HttpRequest) -> HttpResponse:
    """The late cases of the offices the person works in, the most overdue first."""
    person = visitor(request)
    if not access.offices(person.held):
        raise PermissionDenied
    page = Paginator(_late(person), ROWS).get_page(request.GET.get("trang"))
    context = {"page": page, "cases": _told(page.object_list, person)}
    return render(request, "procedures/late.html", context)


def _late(person: Visitor) -> list[tuple[Dossier, Deadline]]:
    calendar, today = Calendar.current(), timezone.localdate()
    found = []
    for dossier in _open(person):
        deadline = deadlines.deadline_of(dossier, calendar, today)
        if deadline and deadline.late:
            found.append((dossier, deadline))
    return sorted(found, key=lambda row: (-row[1].late, row[0].moved))


def _open(person: Visitor) -> Iterable[Dossier]:
    seen = access.dossiers_of(person.user, person.held)
    waiting = seen.filter(agency__in=access.offices(person.held), case__isnull=False)
    over = [state.value for state in (State.DRAFT, *FINAL)]
    read_with_it = ("agency", "unit", "post", "commune", "decision")
    return waiting.exclude(state__in=over).select_related(*read_with_it)


def _told(rows: Iterable[tuple[Dossier, Deadline]], person: Visitor) -> list[LateCase]:
    """The rows of one page with their titles and the people at each desk."""
    rows = list(rows)
    if not rows:
        return []
    prefetch_related_objects([dossier for dossier, _deadline in rows], TITLES)
    sitting = desks.sitting(access.offices(person.held))
    cases = []
    for dossier, deadline in rows:
        desk = dossier.waits_at
        assert desk is not None  # a step with a limit waits at a desk
        cases.append(LateCase(dossier, deadline, desk, sitting.get(desk.key, [])))
    return cases

"""Where a person begins: what waits for him, and the dossiers he may see."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from workflows.inbox import waiting_for
from workflows.states import State

from .. import access, rounds
from ..models import Change, Dossier, Report
from ..reports import reporting
from ..targets import assigned
from ..visitor import Visitor, visitor
from . import consents, tray

INBOX_ROWS = 50
LIST_ROWS = 20
# A title names the place of each change.
TITLES = Prefetch("changes", Change.objects.select_related("hamlet"))


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """ "Việc chờ tôi": the open tasks at the person's desks, oldest first."""
    person = visitor(request)
    tasks = list(waiting_for(request.user, person.held)[: INBOX_ROWS + 1])
    _make_ready([task.process.seed for task in tasks], person)
    context = {
        "tasks": tasks[:INBOX_ROWS],
        "more": len(tasks) > INBOX_ROWS,
        "drafts": _drafts(person),
        "invitations": rounds.invitations(person.starting_posts),
        "led": [] if person.in_office else assigned.led_by(request.user),
        "reports": reporting.waiting_for_posts(person.starting_posts),
        "to_sign": sum(bool(tray.kind_of(task.process.seed)) for task in tasks),
        "to_agree": sum(consents.asks_consent(task.process.seed) for task in tasks),
    }
    return render(request, "procedures/home.html", context)


def _make_ready(records: list[Any], person: Visitor) -> None:
    """Read what the titles and the deadlines need; the communes are known already."""
    reports = [record for record in records if isinstance(record, Report)]
    if reports:
        prefetch_related_objects(reports, "call", "team")
    dossiers = [record for record in records if isinstance(record, Dossier)]
    for dossier in dossiers:
        dossier.commune = person.communes[dossier.commune_id]
    if dossiers:
        prefetch_related_objects(dossiers, TITLES, "decision", "corrects")


def _drafts(person: Visitor) -> list[Dossier]:
    """What he began, or was begun for him or by him for others, and is not sent: a draft has no
    task yet. A round is worked on at its own page."""
    posts = [capacity.post for capacity in person.held if capacity.delegation is None]
    if not posts and not person.enters_for_others:
        return []
    begun = Q(post__in=posts) | Q(entered_by=person.user, commune__in=person.communes)
    drafts = Dossier.objects.filter(begun, state=State.DRAFT).select_related("commune", "corrects")
    return list(drafts.prefetch_related(TITLES).order_by("-pk")[:5])


@require_safe
def dossiers(request: HttpRequest) -> HttpResponse:
    """Every dossier the person may see, newest first, by state if asked."""
    state = request.GET.get("buoc", "")
    found = access.dossiers_of(request.user, visitor(request).held)
    if state in State.values:
        found = found.filter(state=state)
    read_with_it = (TITLES, "given_lines__dossier")
    found = found.select_related("commune", "post", "corrects").prefetch_related(*read_with_it)
    found = found.order_by("-moved")
    pages = Paginator(found, LIST_ROWS)
    context = {
        "page": pages.get_page(request.GET.get("trang")),
        "states": State.choices,
        "state": state,
    }
    return render(request, "procedures/dossiers.html", context)

"""The targets of an office: by decision, and how far the teams have come."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from workflows.errors import Refusal

from .. import access
from ..flows import AssignTargetsFlow, assign_targets
from ..idempotency import once
from ..models import TargetSet
from ..models.targets import read_sheet
from ..targets import assigned, pages
from ..visitor import visitor

_ROWS = 50


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The targets of the office by decision, newest first, and what teams ask."""
    held = visitor(request).held
    agencies = access.offices(held)
    if not agencies:
        raise PermissionDenied
    found = access.target_sets_of(request.user, held).select_related("dossier__decision")
    sets = list(found.prefetch_related("places").order_by("-pk")[:_ROWS])
    context = {
        "rows": [(target_set, _seen(target_set)) for target_set in sets],
        "may_begin": bool(AssignTargetsFlow.posts_that_may_start(held)),
        "requests": assigned.open_requests(agencies),
    }
    return render(request, "procedures/target_sets.html", context)


def _seen(target_set: TargetSet) -> tuple[int, int]:
    places = target_set.places.all()
    return sum(place.seen is not None for place in places), len(places)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """A new draft; with ``like``, one that begins with the numbers of an earlier decision."""
    posts = AssignTargetsFlow.posts_that_may_start(visitor(request).held)
    if not posts:
        raise Http404
    chosen = request.POST.get("like", "")
    like = access.target_set_for(request.user, int(chosen)) if chosen.isdecimal() else None
    post = next((p for p in posts if like is None or p.agency_id == like.dossier.agency_id), None)
    if post is None:
        raise Http404

    def work() -> tuple[str, str]:
        dossier = assign_targets.draft(request.user, post, like=like)
        return reverse("targets-plan", args=[dossier.pk]), ""

    try:
        return once.do(request, work)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("target-sets")


@require_safe
def board(request: HttpRequest, number: int) -> HttpResponse:
    """Teams x targets of one decision: the newest number of each, its day, its share."""
    target_set = access.target_set_for(request.user, number)
    sheet = read_sheet(target_set)
    rows = pages.board(sheet)
    shown = [cell for _place, row in rows for cell in row if cell]
    context = {
        "target_set": target_set,
        "dossier": target_set.dossier,
        "items": sheet.items,
        "board": rows,
        # Whoever reads the board of an office reads its reports.
        "readable": pages.reports_behind(shown),
        "seen": _seen(target_set),
        "requests": pages.requests_of(sheet),
        "may_begin": bool(AssignTargetsFlow.posts_that_may_start(visitor(request).held)),
    }
    return render(request, "procedures/target_board.html", context)

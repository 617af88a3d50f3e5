"""What rules the teams of a commune today; what a regulation of its own would change."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from .. import regulations, ruling
from ..lists import upward
from ..models import OwnRegulation
from ..rules.standing import newly_out_of_line
from ..teams import standing_teams
from ..visitor import visitor
from .upward import office


@require_safe
def in_force(request: HttpRequest) -> HttpResponse:
    """ "Quy định đang áp dụng", for everybody of the commune."""
    commune = visitor(request).commune
    if commune is None:
        raise Http404
    today = timezone.localdate()
    context = {
        "commune": commune,
        "today": today,
        "sources": regulations.governing(commune, today),
        "levels": ruling.in_force(commune, today),
        "conflicts": ruling.conflicts(commune, today),
        "tasks": regulations.tasks(commune, today),
        "coverage": standing_teams.coverage(commune),
        "own": OwnRegulation.objects.filter(commune=commune) if visitor(request).in_office else (),
    }
    return render(request, "procedures/regulations.html", context)


@require_safe
def own(request: HttpRequest, regulation: int) -> HttpResponse:
    """One regulation of the commune, and the teams it puts newly out of line."""
    commune = office(request)
    found = OwnRegulation.objects.filter(commune=commune, pk=regulation).first()
    if found is None:
        raise Http404
    today = timezone.localdate()
    day = max(today, found.since)
    teams = upward.listed(commune, today).teams
    context = {
        "commune": commune,
        "regulation": found,
        "day": day,
        "ahead": found.since > today,
        "over": bool(found.until and found.until < today),
        "out": newly_out_of_line(commune, teams, day, regulation=f"own-{found.pk}").items(),
        "count": len(teams),
    }
    return render(request, "procedures/own_regulation.html", context)

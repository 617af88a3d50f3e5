"""The page of what was found."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..finding import search
from ..visitor import visitor


@require_safe
def found(request: HttpRequest) -> HttpResponse:
    """``?q=``: cases, teams, people and papers matching every word."""
    query = request.GET.get("q", "").strip()
    groups = search.find(request.user, visitor(request).held, query)
    context = {"query": query, "groups": groups, "asked": bool(search.asked(query))}
    return render(request, "procedures/search.html", context)

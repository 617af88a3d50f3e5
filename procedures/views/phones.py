"""Full phones, on a page of their own: asked why, written down, then shown once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from workflows.models import Agency, in_force

from .. import access
from ..forms.purposes import PURPOSES, PurposeForm
from ..lists import viewings
from ..models import Viewing
from ..visitor import visitor


@dataclass(frozen=True)
class Row:
    """A person of the list that is opened."""

    name: str
    role: str
    phone: str


@dataclass(frozen=True)
class Opened:
    """A list of phones: whose it is, and what the log says of it."""

    agency: Agency
    title: str
    back: str
    rows: Callable[[], list[Row]]
    about: dict[str, Any]


@require_http_methods(["GET", "POST"])
def of_team(request: HttpRequest, team: int) -> HttpResponse:
    """The phones of a team's members of today."""
    found = access.team_for(request.user, team)
    if not access.may_open_phones(request.user, found):
        raise PermissionDenied

    def rows() -> list[Row]:
        seats = found.memberships.filter(in_force()).select_related("person").order_by("pk")
        return [Row(s.person.full_name, s.get_role_display(), s.person.phone) for s in seats]

    back = reverse("team", args=[found.pk])
    return _answer(request, Opened(found.commune.agency, found.name, back, rows, {"team": found}))


@require_http_methods(["GET", "POST"])
def of_dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """The phones of the people a dossier proposes."""
    dossier = access.dossier_for(request.user, pk)
    if not access.may_see_phones(request.user, dossier):
        raise PermissionDenied

    def rows() -> list[Row]:
        seats = (seat for line in dossier.lines() for seat in line.seats.all())
        return [Row(seat.full_name, seat.get_role_display(), seat.phone) for seat in seats]

    back = reverse("dossier", args=[dossier.pk])
    return _answer(request, Opened(dossier.agency, dossier.title, back, rows, {"dossier": dossier}))


def _answer(request: HttpRequest, opened: Opened) -> HttpResponse:
    form = PurposeForm(request.POST or None)
    shown: list[Row] | None = None
    if form.is_valid():
        shown = opened.rows()
        viewings.write_down(
            request.user,
            visitor(request).held,
            opened.agency,
            Viewing.Kind.PHONES,
            title=opened.title,
            count=sum(bool(row.phone) for row in shown),
            purpose=form.cleaned_data["purpose"],
            **opened.about,
        )
    context = {"opened": opened, "form": form, "rows": shown, "purposes": PURPOSES}
    status = 422 if form.is_bound and shown is None else 200
    response = render(request, "procedures/phones.html", context, status=status)
    # Neither a proxy nor a shared phone keeps a copy.
    response["Cache-Control"] = "private, no-store"
    return response

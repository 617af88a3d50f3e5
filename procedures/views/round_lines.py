"""Correcting the list of one place inside a round."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflows import service
from workflows.errors import Refusal

from .. import access
from ..forms.steps import SeatRows, rows_from, rows_shown, seat_rows, seat_values
from ..idempotency import once
from ..models import Change, Dossier
from ..models.rounds import lines_of
from . import pages
from .proposals import list_form, reshaped


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """The list of one place, by the specialist who gathers it; its request stays as it was sent."""
    round = access.round_for(request.user, pk)
    change = lines_of(round.dossier).filter(pk=line).first()
    if change is None:
        raise Http404
    shown: dict[str, Any] = {"saving": request.path, "place": change.team_name}
    if barred := pages.refusal_of(round.dossier, "edit", request.user):
        status = 200 if request.method == "GET" else 409
        return pages.page(request, "proposal.html", round.dossier, status, refusal=barred, **shown)
    if request.method == "GET":
        rows = rows_from([seat_values(seat) for seat in change.seats.all()])
        return list_form(request, round.dossier, rows, **shown)
    rows = seat_rows(request.POST)
    if not rows.management_form.is_valid():
        return list_form(request, round.dossier, rows, status=422, **shown)
    if not {"more", "less", "again"}.isdisjoint(request.POST):
        typed = rows_shown(reshaped(request.POST, rows.typed()))
        return list_form(request, round.dossier, typed, **shown)
    return _saved(request, round.dossier, change, rows, shown)


def _saved(
    request: HttpRequest, dossier: Dossier, change: Change, rows: SeatRows, shown: dict[str, Any]
) -> HttpResponse:
    def work() -> tuple[str, str]:
        seats = {change.pk: rows.people()}
        seen = pages.seen_by(request)
        service.perform(dossier, "edit", by=request.user, seen=seen, seats=seats)
        return reverse("round", args=[dossier.round.pk]), _("Đã lưu danh sách.")

    if not rows.is_valid():
        return list_form(request, dossier, rows, status=422, **shown)
    try:
        return once.do(request, work)
    except Refusal as refusal:
        return list_form(request, dossier, rows, status=409, refusal=refusal, **shown)

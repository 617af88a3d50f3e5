"""Putting somebody of one's team forward for a commendation."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from .. import access
from ..forms.commending import MeritForm
from ..idempotency import once
from ..models import Merit
from ..people import merits
from ..teams.standing_teams import sitting
from ..visitor import visitor


@require_http_methods(["GET", "POST"])
def put_forward(request: HttpRequest, team: int) -> HttpResponse:
    """Whom, and for what; below it what was put forward before."""
    found = access.team_for(request.user, team)
    if not access.may_put_forward(request.user, found):
        raise PermissionDenied
    merits.seat(found)
    form = MeritForm(request.POST if request.method == "POST" else None, team=found)
    if form.is_valid():
        said = form.cleaned_data

        def work() -> tuple[str, str]:
            merits.put_forward(
                request.user,
                visitor(request).held,
                found,
                _person(found, said),
                said["achievement"],
            )
            to = reverse("merit", args=[found.pk])
            return to, _("Đã gửi đề xuất khen thưởng. Chuyên viên sẽ đưa vào cuộc họp xét.")

        return once.do(request, work)
    waiting = Merit.waiting([found.commune_id]).values_list("pk", flat=True)
    context = {
        "team": found,
        "form": form,
        "merits": Merit.objects.filter(team=found).order_by("-pk")[:20],
        "waiting": set(waiting),
    }
    return render(request, "procedures/merit.html", context, status=422 if form.is_bound else 200)


@require_safe
def told(request: HttpRequest, merit: int) -> HttpResponse:
    """From a notice about an achievement to where it stands: the list of the team's, or its page
    for whoever may only read that."""
    team = access.merit_for(request.user, merit).team
    if team is None:
        raise Http404
    to = "merit" if access.may_put_forward(request.user, team) else "team"
    return redirect(to, team.pk)


def _person(team: Any, said: dict[str, Any]) -> Any:
    chosen = (seat.person for seat in sitting(team) if str(seat.person_id) == said["who"])
    return next(chosen, None)

"""Teams in schools: which there are, noting one, ending one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workflows.errors import Refusal

from ..forms.schools import EndSchoolTeamForm, SchoolTeamForm
from ..idempotency import once
from ..models import SchoolTeam
from ..teams import schools
from . import pages, reading
from .upward import office


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What stands, what ended, and what the governing source says."""
    commune = office(request)
    teams = list(commune.school_teams.select_related("entered_by"))
    context = {
        "commune": commune,
        "standing": [team for team in teams if team.until is None],
        "over": [team for team in teams if team.until is not None],
        "ruled": schools.ruled(commune),
        "may_note": schools.may_note(commune, request.user),
    }
    return render(request, "procedures/schools.html", context)


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest) -> HttpResponse:
    commune = office(request)
    form = SchoolTeamForm(request.POST or None, request.FILES or None)

    def work() -> tuple[str, str]:
        schools.note(commune, by=request.user, **form.told())
        return reverse("schools"), _("Đã ghi tổ trong trường học.")

    return _answered(request, form, work, title=_("Ghi tổ trong trường học"), team=None)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, team: int) -> HttpResponse:
    found = get_object_or_404(SchoolTeam, commune=office(request), pk=team)
    form = EndSchoolTeamForm(request.POST or None)

    def work() -> tuple[str, str]:
        schools.end(found, by=request.user, last=form.cleaned_data["last"])
        return reverse("schools"), _("Đã ghi kết thúc.")

    return _answered(request, form, work, title=_("Tổ thôi hoạt động"), team=found)


@require_safe
def scan(request: HttpRequest, team: int) -> HttpResponse:
    """The scanned decision of a school's team, for the office alone."""
    found = get_object_or_404(SchoolTeam, commune=office(request), pk=team)
    return reading.scan(found, f"to-truong-hoc-{team}")


def _answered(
    request: HttpRequest, form: forms.Form, work: Callable[[], tuple[str, str]], **context: Any
) -> HttpResponse:
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return once.do(request, work)
            except Refusal as refused:
                refusal, status = _placed(form, refused)
    context |= {"form": form, "refusal": refusal}
    return render(request, "procedures/school_form.html", context, status=status)


def _placed(form: forms.Form, refused: Refusal) -> tuple[Refusal | None, int]:
    """At its field where there is one, else above the form."""
    if refused.field in form.fields:
        form.add_error(refused.field, str(refused))
        return None, 422
    return refused, pages.status_of(refused)

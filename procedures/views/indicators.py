"""How an indicator is counted: what happened in each period, or a running total."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import access
from ..forms.indicators import CountingForm
from ..idempotency import once
from ..models import ReportFigure
from ..reports import counting
from ..visitor import visitor


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, indicator: int) -> HttpResponse:
    """Put right how one indicator is counted; what reads it reckons anew."""
    asker = counting.asker(visitor(request).held)
    if asker is None:
        raise Http404
    found = access.indicator_for(asker.post.agency.commune, indicator)
    form = CountingForm(request.POST or None, initial={"counting": found.counting})
    if form.is_valid():

        def work() -> tuple[str, str]:
            counting.choose(asker, found, form.cleaned_data["counting"])
            return reverse("report-indicators"), _("Đã lưu cách tính.")

        return once.do(request, work)
    given = ReportFigure.objects.filter(indicator=found).count()
    context = {"form": form, "indicator": found, "given": given}
    status = 422 if form.is_bound else 200
    return render(request, "procedures/report_indicator.html", context, status=status)

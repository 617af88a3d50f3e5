"""After a course: who took part, and with which result."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflows import service
from workflows.errors import Refusal

from .. import access
from ..forms.training import ResultForm
from ..idempotency import once
from ..models import Dossier
from . import pages

ACT = "record_training"


@require_http_methods(["GET", "POST"])
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """A row for everybody registered; written again it corrects what was written."""
    dossier = access.dossier_for(request.user, pk)
    if barred := pages.refusal_of(dossier, ACT, request.user):
        return pages.barred(request, "training.html", dossier, barred, [(ACT,)])
    data = request.POST if request.method == "POST" else None
    people = dossier.matter.trainees.all()
    rows = [ResultForm(data, trainee=trainee) for trainee in people]
    if data is None:
        return pages.page(request, "training.html", dossier, rows=rows)
    if not all([row.is_valid() for row in rows]):  # noqa: C419  (every mistake at once)
        return pages.page(request, "training.html", dossier, 422, rows=rows, wrong=True)
    return _kept(request, dossier, rows)


def _kept(request: HttpRequest, dossier: Dossier, rows: list[ResultForm]) -> HttpResponse:
    told = {
        row.trainee.pk: (row.cleaned_data["outcome"], row.cleaned_data["result"]) for row in rows
    }
    to, said = reverse("dossier", args=[dossier.pk]), _("Đã ghi kết quả tập huấn.")
    try:
        seen = pages.seen_by(request)
        if not any(outcome for outcome, _result in told.values()):
            raise Refusal(_("Ông/bà ghi ai đã tham gia, ít nhất một người."), field="results")
        with once.on(request, ACT, to, lambda _record: said):
            service.perform(dossier, ACT, by=request.user, seen=seen, results=told)
    except Refusal as refusal:
        if first := once.shown(request):
            return first
        status = pages.status_of(refusal)
        fresh = access.dossier_for(request.user, dossier.pk)
        return pages.page(request, "training.html", fresh, status, rows=rows, refusal=refusal)
    messages.success(request, said)
    return redirect(to)

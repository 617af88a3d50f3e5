"""Making the Báo cáo of the People's Committee out of what the teams reported."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from workflows import service
from workflows.errors import Refusal

from .. import access
from ..flows import report_upward
from ..forms.reports import UpwardForm
from ..idempotency import once
from ..models import Dossier, ReportCall
from ..papers.report_upward import prefilled
from ..reports import periods
from ..reports.rollups import rollup
from . import pages
from .reading import reading_of
from .report_calls import asking_post, quarter_calls

SENT = ("edit", "submit", "check_content")


@require_POST
def begin(request: HttpRequest, call: int) -> HttpResponse:
    """A draft over one call."""
    return _begun(request, [access.call_for(request.user, call)], "")


@require_POST
def begin_quarter(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """A draft over the months of a quarter."""
    calls = quarter_calls(request, year, quarter)
    every, counted = periods.Every.QUARTER, periods.Counted.CALENDAR
    return _begun(request, calls, periods.named(every, counted, year, quarter * 3).name)


def _begun(request: HttpRequest, calls: list[ReportCall], period: str) -> HttpResponse:
    post = asking_post(request)
    if any(call.commune.agency_id != post.agency_id for call in calls):
        raise Http404

    def work() -> tuple[str, str]:
        dossier = report_upward.draft(request.user, post, calls, period=period)
        return reverse("dossier-report", args=[dossier.pk]), ""

    return once.do(request, work)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, dossier: int) -> HttpResponse:
    """The words of the Báo cáo, its figures beside them, and the draft as it would be signed."""
    found = access.dossier_for(request.user, dossier)
    if not found.is_upward:
        raise Http404
    if barred := pages.refusal_of(found, "edit", request.user):
        return pages.barred(request, "report_upward.html", found, barred, [SENT])
    if request.method == "GET":
        return _page(request, found, UpwardForm(upward=found.upward))
    form = UpwardForm(request.POST, upward=found.upward)
    if "again" in request.POST:
        return _page(request, found, UpwardForm(_anew(request, found), upward=found.upward))
    if not form.is_valid():
        return _page(request, found, form, status=422)
    return _kept(request, found, form)


def _anew(request: HttpRequest, dossier: Dossier) -> dict[str, str]:
    """What was typed, with the results written anew from the reports accepted by now."""
    fresh = prefilled(rollup(dossier.upward.ordered_calls()))
    return {**request.POST.dict(), "results": fresh["results"]}


def _kept(request: HttpRequest, dossier: Dossier, form: UpwardForm) -> HttpResponse:
    sending = "send" in request.POST
    page = "dossier" if sending else "dossier-report"
    said = _("Đã chuyển lên Trưởng phòng.") if sending else _("Đã lưu nháp. Chưa gửi đi đâu cả.")

    def work() -> tuple[str, str]:
        _save(request, dossier, form, sending=sending)
        return reverse(page, args=[dossier.pk]), said

    try:
        return once.do(request, work)
    except Refusal as refusal:
        fresh = access.dossier_for(request.user, dossier.pk)
        if refusal.field in form.fields:
            form.add_error(refusal.field, str(refusal))
            return _page(request, fresh, form, status=422)
        return _page(request, fresh, form, refusal, status=409)


def _save(request: HttpRequest, dossier: Dossier, form: UpwardForm, *, sending: bool) -> None:
    """Save; and send and check at once: what is gathered was checked where it was accepted."""
    acts, by, seen = SENT if sending else SENT[:1], request.user, pages.seen_by(request)
    moved = service.perform(dossier, "edit", by=by, seen=seen, **form.cleaned_data)
    for act in acts[1:]:
        moved = service.perform(moved, act, by=by, seen=moved.revision)


def _page(
    request: HttpRequest,
    dossier: Dossier,
    form: UpwardForm,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    return pages.page(
        request,
        "report_upward.html",
        dossier,
        status,
        form=form,
        refusal=refusal,
        calls=dossier.upward.ordered_calls(),
        reading=reading_of(dossier, "decision", request),
    )

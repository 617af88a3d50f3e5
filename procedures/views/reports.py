"""The report of one team: what is asked, the page to give it on a phone, who accepts it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.errors import FileDamaged
from workflows import service
from workflows.errors import Refusal
from workflows.states import Act, State, acts_of

from .. import access, deadlines
from ..forms.reports import ReportForm, ReportReceivedForm
from ..forms.steps import NoteForm
from ..idempotency import once
from ..messages import desks
from ..models import Report
from ..reports import rollups
from . import pages
from .reading import attached

SMALL = (
    "return_report", "reopen_report", "take_back_report", "take_back_rollup",
)  # fmt: skip


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, report: int) -> HttpResponse:
    """Everything about one report; for its leader the page to write and send it."""
    found = access.report_for(request.user, report)
    if request.method == "GET":
        return _page(request, found)
    form = ReportForm(request.POST, request.FILES, report=found)
    sending = "send" in request.POST
    # What is half typed may be kept; what is sent must be whole.
    if not form.is_valid():
        return _page(request, found, form, status=422)
    name = _sending(found) if sending else "write_report"
    said = _("Đã gửi báo cáo.") if sending else _("Đã lưu nháp. Chưa gửi đi đâu cả.")
    return _done(request, found, name, said, form, **form.told())


def _sending(report: Report) -> str:
    return "send_rollup" if report.rolls_up else "send_report"


@require_POST
def nothing(request: HttpRequest, report: int) -> HttpResponse:
    """ "Không phát sinh": one tap, and the report is sent."""
    found = access.report_for(request.user, report)
    said = _("Đã gửi báo cáo: không phát sinh.")
    return _done(request, found, _sending(found), said, none=True)


@require_POST
def accept(request: HttpRequest, report: int) -> HttpResponse:
    """The one above has read it."""
    found = access.report_for(request.user, report)
    return _done(request, found, "accept_report", _("Đã ghi nhận báo cáo."))


def _done(
    request: HttpRequest,
    report: Report,
    act: str,
    said: str,
    form: ReportForm | None = None,
    **data: Any,
) -> HttpResponse:
    """Do one act once and show the report again, or say why not with all that was typed."""

    def work() -> tuple[str, str]:
        seen = pages.seen_by(request)
        service.perform(report, act, by=request.user, seen=seen, **data)
        return reverse("report", args=[report.pk]), said

    return _tried(request, report, work, lambda refused: _again(request, report, form, refused))


def _tried(
    request: HttpRequest,
    report: Report,
    work: Callable[[], tuple[str, str]],
    refused: Callable[[Refusal], HttpResponse],
) -> HttpResponse:
    try:
        return once.do(request, work)
    except Refusal as refusal:
        return refused(refusal)


def _again(
    request: HttpRequest, report: Report, form: ReportForm | None, refusal: Refusal
) -> HttpResponse:
    fresh = access.report_for(request.user, report.pk)
    return _page(request, fresh, form, refusal, pages.status_of(refusal))


def _page(
    request: HttpRequest,
    report: Report,
    form: ReportForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    offers = dict(_offers(request, report))
    writes = "write_report" in offers
    desk = report.waits_at
    context = {
        "report": report,
        "form": (form or ReportForm(report=report)) if writes else None,
        "refusal": refusal,
        "late": _late(request, report),
        "standing": rollups.standing(report),
        "answers": _answers(report),
        "rollup": rollups.rollup([report.call]) if report.rolls_up else None,
        "desk": desk,
        "sitting": desks.able(report),
        "may_accept": "accept_report" in offers,
        "may_enter": not offers.keys().isdisjoint({"enter_report", "enter_rollup"}),
        "small": [act for name, act in offers.items() if name in SMALL],
        "reason": _reason(report),
        "events": service.history(report),
        "scans": access.scan_digest(report.received_file) if report.received_file else "",
        "overseen": access.calls_of(request.user).filter(pk=report.call_id).exists(),
    }
    return render(request, "procedures/report.html", context, status=status)


def _offers(request: HttpRequest, report: Report) -> list[tuple[str, Act]]:
    """The acts he may do now, by name."""
    offers = service.available_to(request.user, report)
    return [(act.name, act) for act, refusal in offers if refusal is None]


def _late(request: HttpRequest, report: Report) -> int:
    return rollups.late(report, deadlines.calendar_of(request), timezone.localdate())


def _answers(report: Report) -> list[tuple[Any, Any]]:
    """Every indicator asked with what was given, or None."""
    given = {figure.indicator_id: figure for figure in report.figures.all()}
    return [(each, given.get(each.pk)) for each in report.call.indicators.all()]


def _reason(report: Report) -> Any:
    if report.state != State.RETURNED:
        return None
    words = service.history(report).filter(to_state=State.RETURNED).exclude(note="")
    return words.order_by("-sequence").first()


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, report: int, name: str) -> HttpResponse:
    """An act that needs at most a reason: return, take back, open again."""
    found = access.report_for(request.user, report)
    declared = acts_of(Report).get(name)
    if declared is None or name not in SMALL:
        raise Http404
    form = NoteForm(request.POST or None, required=declared.reason)
    if not form.is_valid():
        return _act_page(request, found, declared, form, status=422 if form.is_bound else 200)

    def work() -> tuple[str, str]:
        note, seen = form.cleaned_data["note"], pages.seen_by(request)
        service.perform(found, name, by=request.user, seen=seen, note=note)
        return reverse("report", args=[found.pk]), _("Đã xong: %s.") % declared.label

    def refused(refusal: Refusal) -> HttpResponse:
        fresh = access.report_for(request.user, found.pk)
        return _act_page(request, fresh, declared, form, refusal, pages.status_of(refusal))

    return _tried(request, found, work, refused)


def _act_page(
    request: HttpRequest,
    report: Report,
    declared: Act,
    form: NoteForm,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    if refusal is None and declared.name not in dict(_offers(request, report)):
        refusal = Refusal(_("Báo cáo đang ở bước “%s” nên không làm được việc này.") % (
            rollups.standing(report)
        ))  # fmt: skip
    context = {"report": report, "act": declared, "form": form, "refusal": refusal}
    return render(request, "procedures/report_act.html", context, status=status)


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, report: int) -> HttpResponse:
    """The specialist enters what a leader brought or said, and how it was received."""
    found = access.report_for(request.user, report)
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form, received = ReportForm(*bound, report=found), ReportReceivedForm(*bound, prefix="nhan")
    if not bound or not all([form.is_valid(), received.is_valid()]):
        return _enter_page(request, found, form, received, status=422 if bound else 200)
    none = "none" in request.POST

    def work() -> tuple[str, str]:
        name = "enter_rollup" if found.rolls_up else "enter_report"
        data = {**form.told(), "received": received.received(), "none": none}
        service.perform(found, name, by=request.user, seen=pages.seen_by(request), **data)
        return reverse("report", args=[found.pk]), _("Đã nhập hộ và gửi báo cáo.")

    def refused(refusal: Refusal) -> HttpResponse:
        fresh = access.report_for(request.user, found.pk)
        return _enter_page(request, fresh, form, received, refusal, pages.status_of(refusal))

    return _tried(request, found, work, refused)


def _enter_page(
    request: HttpRequest,
    report: Report,
    form: ReportForm,
    received: ReportReceivedForm,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    may = not {"enter_report", "enter_rollup"}.isdisjoint(dict(_offers(request, report)))
    if not may:
        refusal = refusal or Refusal(_("Báo cáo này không nhập hộ được lúc này."))
    context = {
        "report": report,
        "form": form,
        "received": received,
        "refusal": refusal,
        "may": may,
        "holder": report.post.holder(),
    }
    return render(request, "procedures/report_enter.html", context, status=status)


@require_safe
def file(request: HttpRequest, report: int, digest: str) -> HttpResponse:
    """A photo or file of a report."""
    try:
        found = access.report_file_for(request.user, report, digest)
    except FileDamaged:
        raise Http404 from None
    end = found.name.rpartition(".")[2]
    return attached(found.data, f"bao-cao-{report}-{digest[:6]}.{end}", found.media_type)

"""Asking for reports and seeing what came: calls, the recurring rule, what is counted."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.errors import FileDamaged
from workflows.errors import Refusal
from workflows.models import Post

from .. import access, deadlines
from ..forms.indicators import IndicatorForm
from ..forms.reports import RequestForm, RuleForm
from ..idempotency import once
from ..models import Commune, Indicator, Level, Report, ReportCall, ReportRule
from ..models.reports import COMMUNE_REPORT
from ..reports import periods, reporting, rollups
from ..visitor import visitor
from . import pages
from .reading import attached

ROWS = 20
USUAL_DAYS = 7


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The calls of the commune for who oversees them; else one's own reports."""
    me = visitor(request)
    if not me.reads_reports:
        return _own(request)
    page = Paginator(access.calls_of(request.user, me.held), ROWS).get_page(
        request.GET.get("trang")
    )
    came = rollups.arrivals(page.object_list)
    rows = [(call, *came.get(call.pk, (0, 0))) for call in page.object_list]
    commune = me.commune
    context = {
        "page": page,
        "rows": rows,
        "may_ask": me.asks_for_reports,
        "rule": _rule_of(commune) if commune else None,
        "quarters": _quarters(list(page.object_list)),
    }
    return render(request, "procedures/report_calls.html", context)


def _own(request: HttpRequest) -> HttpResponse:
    found = access.reports_of(request.user, visitor(request).held).select_related("call", "team")
    page = Paginator(found.order_by("-call__due", "-pk"), ROWS).get_page(request.GET.get("trang"))
    rows = [(report, rollups.standing(report)) for report in page.object_list]
    return render(request, "procedures/reports.html", {"page": page, "rows": rows})


def _quarters(calls: list[ReportCall]) -> list[tuple[int, int, str]]:
    """The quarters in which monthly calls were opened, newest first."""
    recurring = [call for call in calls if call.rule_id]
    ends = dict.fromkeys((call.until.year, (call.until.month - 1) // 3 + 1) for call in recurring)
    every = periods.Every.QUARTER
    return [
        (year, number, periods.named(every, periods.Counted.CALENDAR, year, number * 3).name)
        for year, number in ends
    ]


def _rule_of(commune: Commune) -> ReportRule | None:
    rules = ReportRule.objects.filter(commune=commune, until=None)
    return rules.prefetch_related("indicators").first()


def asking_post(request: HttpRequest) -> Post:
    """The visitor's post of a specialist; :class:`Http404` for everybody else."""
    for post in reporting.posts_that_may_ask(visitor(request).held):
        return post
    raise Http404


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """A request that came in: what it asks, until when, of which teams."""
    post = asking_post(request)
    commune = post.agency.commune
    teams = reporting.teams_to_ask(commune, Level.HAMLET)
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = RequestForm(*bound, commune=commune, teams=teams, initial=_usual(teams))
    refusal = None
    if form.is_valid():

        def work() -> tuple[str, str]:
            call = reporting.ask(request.user, post, form.asked())
            return reverse("report-call", args=[call.pk]), _("Đã gửi yêu cầu đến các tổ.")

        try:
            return once.do(request, work)
        except Refusal as refused:
            if refused.field in form.fields:
                form.add_error(refused.field, str(refused))
            else:
                refusal = refused
    context = {"form": form, "refusal": refusal, "nobody": not teams.exists()}
    return render(request, "procedures/report_ask.html", context, status=422 if bound else 200)


def _usual(teams: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "since": today.replace(day=1),
        "until": today,
        "due": today + datetime.timedelta(days=USUAL_DAYS),
        "teams": [team.pk for team in teams],
    }


@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest) -> HttpResponse:
    """The recurring report: what stands, or a new one. A commune has one at a time."""
    commune = asking_post(request).agency.commune
    standing = _rule_of(commune)
    form = RuleForm(request.POST or None, commune=commune, initial={"source": commune.plan})
    if not standing and form.is_valid():

        def work() -> tuple[str, str]:
            # Two presses queue here; the second finds what the first has made.
            Commune.objects.select_for_update().get(pk=commune.pk)
            if _rule_of(commune) is None:
                form.rule(commune)
            return reverse("report-rule"), _("Đã lưu báo cáo định kỳ.")

        return once.do(request, work)
    context = {"form": form, "rule": standing, "coming": _coming(standing) if standing else None}
    status = 422 if form.is_bound and not standing else 200
    return render(request, "procedures/report_rule.html", context, status=status)


def _coming(rule: ReportRule) -> dict[str, Any]:
    """The period under way, and when it is opened and due."""
    today = timezone.localdate()
    span = periods.last_ended(rule.every, rule.counted, today)
    ahead = span.until + datetime.timedelta(days=100)
    while (later := periods.last_ended(rule.every, rule.counted, ahead)).since > span.until:
        if later.since == span.until + datetime.timedelta(days=1):
            break
        ahead = later.until
    opens = later.until + datetime.timedelta(days=1)
    return {"span": later, "opens": opens, "due": periods.due_after(later.until, rule.due_day)}


@require_POST
def end_rule(request: HttpRequest) -> HttpResponse:
    """Stop the recurring report; what was opened stays."""
    commune = asking_post(request).agency.commune

    def work() -> tuple[str, str]:
        rules = ReportRule.objects.filter(commune=commune, until=None)
        rules.update(until=timezone.localdate())
        return reverse("report-rule"), _("Đã thôi báo cáo định kỳ này. Các kỳ đã mở vẫn còn.")

    return once.do(request, work)


@require_http_methods(["GET", "POST"])
def indicators(request: HttpRequest) -> HttpResponse:
    """What the commune counts; a new one."""
    commune = asking_post(request).agency.commune
    form = IndicatorForm(request.POST or None, commune=commune)
    if form.is_valid():

        def work() -> tuple[str, str]:
            Indicator.objects.create(commune=commune, **form.cleaned_data)
            return reverse("report-indicators"), _("Đã thêm chỉ số.")

        return once.do(request, work)
    found = Indicator.objects.filter(commune=commune)
    context = {"form": form, "indicators": found}
    status = 422 if form.is_bound else 200
    return render(request, "procedures/report_indicators.html", context, status=status)


@require_safe
def show(request: HttpRequest, call: int) -> HttpResponse:
    """ "14/18": every team, what it gave, what is missing, and what it comes to."""
    return _call_page(request, access.call_for(request.user, call))


def _call_page(
    request: HttpRequest, call: ReportCall, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    found, calendar = rollups.rollup([call]), deadlines.calendar_of(request)
    today = timezone.localdate()
    above = Report.objects.filter(call=call, procedure=COMMUNE_REPORT).select_related(
        "call", "team"
    )
    context = {
        "call": call,
        "rollup": found,
        "rows": [
            (row, row.reports[0], rollups.standing(row.reports[0]),
             rollups.late(row.reports[0], calendar, today))
            for row in found.rows
        ],
        "above": [(report, rollups.standing(report)) for report in above],
        "upward": access.dossiers_of(request.user).filter(upward__calls=call),
        "may_ask": visitor(request).asks_for_reports,
        "over": calendar.between(calendar.add(call.due, 0), today) > 0,
        "refusal": refusal,
    }  # fmt: skip
    return render(request, "procedures/report_call.html", context, status=status)


@require_POST
def remind(request: HttpRequest, call: int) -> HttpResponse:
    """Remind every team whose report is missing."""
    found = access.call_for(request.user, call)

    def work() -> tuple[str, str]:
        count = reporting.remind(found, by=request.user)
        said = _("Đã nhắc %(count)d người.") % {"count": count}
        return reverse("report-call", args=[found.pk]), said

    try:
        return once.do(request, work)
    except Refusal as refusal:
        return _call_page(request, found, refusal, pages.status_of(refusal))


@require_safe
def scan(request: HttpRequest, call: int) -> HttpResponse:
    """The request itself, for the office and for whom it asks."""
    try:
        found = access.request_scan_for(request.user, call)
    except FileDamaged:
        raise Http404 from None
    end = found.name.rpartition(".")[2]
    return attached(found.data, f"van-ban-yeu-cau-{call}.{end}", found.media_type)


@require_safe
def quarter(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """A quarter as the sum of its months: each indicator, team by team, month by month."""
    calls = quarter_calls(request, year, quarter)
    every, counted = periods.Every.QUARTER, periods.Counted.CALENDAR
    context = {
        "calls": calls,
        "rollup": rollups.rollup(calls),
        "name": periods.named(every, counted, year, quarter * 3).name,
        "year": year,
        "quarter": quarter,
        "may_ask": visitor(request).asks_for_reports,
    }
    return render(request, "procedures/report_quarter.html", context)


def quarter_calls(request: HttpRequest, year: int, quarter: int) -> list[ReportCall]:
    """The monthly calls of a quarter of the visitor's commune; :class:`Http404` for none."""
    me = visitor(request)
    if not (me.reads_reports and me.commune and 2020 <= year <= 2200 and 1 <= quarter <= 4):
        raise Http404
    found = rollups.months_of_quarter(me.commune, year, quarter)
    if not found:
        raise Http404
    return found

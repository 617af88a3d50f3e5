"""Reports: asked for, given, added up (báo cáo)."""

from __future__ import annotations

from django.urls import path

from ..views import indicators, report_calls, report_upward, reports, team_papers

urlpatterns = [
    path("bao-cao/", report_calls.listed, name="reports"),
    path("bao-cao/yeu-cau/", report_calls.ask, name="report-ask"),
    path("bao-cao/dinh-ky/", report_calls.rule, name="report-rule"),
    path("bao-cao/dinh-ky/thoi/", report_calls.end_rule, name="report-rule-end"),
    path("bao-cao/chi-so/", report_calls.indicators, name="report-indicators"),
    path("bao-cao/chi-so/<int:indicator>/", indicators.edit, name="report-indicator"),
    path("bao-cao/ky/<int:call>/", report_calls.show, name="report-call"),
    path("bao-cao/ky/<int:call>/nhac/", report_calls.remind, name="report-remind"),
    path("bao-cao/ky/<int:call>/van-ban/", report_calls.scan, name="report-request"),
    path("bao-cao/ky/<int:call>/len-cap-tren/", report_upward.begin, name="report-upward"),
    path("bao-cao/quy/<int:year>/<int:quarter>/", report_calls.quarter, name="report-quarter"),
    path(
        "bao-cao/quy/<int:year>/<int:quarter>/len-cap-tren/",
        report_upward.begin_quarter,
        name="report-quarter-upward",
    ),
    path("bao-cao/<int:report>/", reports.show, name="report"),
    path("bao-cao/<int:report>/khong-phat-sinh/", reports.nothing, name="report-none"),
    path("bao-cao/<int:report>/ghi-nhan/", reports.accept, name="report-accept"),
    path("bao-cao/<int:report>/viec/<slug:name>/", reports.act, name="report-act"),
    path("bao-cao/<int:report>/nhap-ho/", reports.enter, name="report-enter"),
    path("bao-cao/<int:report>/tep/<slug:digest>/", reports.file, name="report-file"),
    path("bao-cao/<int:report>/ban-in/", team_papers.report, name="report-print"),
    path("ho-so/<int:dossier>/bao-cao/", report_upward.edit, name="dossier-report"),
]

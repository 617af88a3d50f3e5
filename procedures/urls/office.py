"""One's own desk, and how the office is set up."""

from __future__ import annotations

from django.urls import path

from ..views import assignments, home, late, notices, regulations, search, tray

urlpatterns = [
    path("", home.home, name="home"),
    path("thong-bao/", notices.listed, name="notices"),
    path("thong-bao/da-xem/", notices.all_read, name="notices-read"),
    path("thong-bao/<int:number>/mo/", notices.opened, name="notice-open"),
    path("tim/", search.found, name="search"),
    path("tre-han/", late.late, name="late"),
    path("khay/", tray.tray, name="tray"),
    path("ho-so/", home.dossiers, name="dossiers"),
    path("phan-cong/", assignments.board, name="assignments"),
    path("phan-cong/cach-lam/", assignments.choose_ways, name="ways"),
    path("phan-cong/them/<slug:form>/", assignments.add, name="assignment-add"),
    path("phan-cong/nguoi-giu/<int:post>/", assignments.install, name="assignment-install"),
    path("phan-cong/<slug:kind>/<int:row>/ket-thuc/", assignments.end, name="assignment-end"),
    path("phan-cong/<slug:kind>/<int:row>/van-ban/", assignments.scan, name="assignment-scan"),
    path("quy-dinh/", regulations.in_force, name="regulations"),
    path("quy-dinh/<int:regulation>/", regulations.own, name="own-regulation"),
    path("khay/dong-y/", tray.agree, name="tray-agree"),
]

"""Addresses of the screens, in the words of the people who use them."""

from __future__ import annotations

from django.urls import path, register_converter

from .views import (
    cases,
    correcting,
    existing,
    home,
    late,
    notices,
    proposals,
    reading,
    search,
    steps,
    tray,
)


class PaperConverter:
    """A kind of paper by its Vietnamese name."""

    names = {"proposal": "de-xuat", "submission": "to-trinh", "decision": "quyet-dinh"}
    regex = "de-xuat|to-trinh|quyet-dinh"

    def to_python(self, value: str) -> str:
        return next(kind for kind, name in self.names.items() if name == value)

    def to_url(self, value: str) -> str:
        return self.names[value]


class SignedPaperConverter(PaperConverter):
    """A kind that is signed in the office."""

    regex = "to-trinh|quyet-dinh"


register_converter(PaperConverter, "paper")
register_converter(SignedPaperConverter, "signed")

urlpatterns = [
    path("", home.home, name="home"),
    path("de-nghi/", proposals.start, name="start"),
    path("thong-bao/", notices.listed, name="notices"),
    path("thong-bao/da-xem/", notices.all_read, name="notices-read"),
    path("thong-bao/<int:number>/mo/", notices.opened, name="notice-open"),
    path("tim/", search.found, name="search"),
    path("tre-han/", late.late, name="late"),
    path("khay/", tray.tray, name="tray"),
    path("to-da-co/", existing.upload, name="existing"),
    path("to-da-co/mau.xlsx", existing.template, name="existing-template"),
    path("to-da-co/vi-du.xlsx", existing.sample, name="existing-sample"),
    path("to-da-co/<slug:digest>/", existing.check, name="existing-check"),
    path("ho-so/", home.dossiers, name="dossiers"),
    path("ho-so/<int:pk>/", cases.show, name="dossier"),
    path("ho-so/<int:pk>/danh-sach/", proposals.edit, name="dossier-edit"),
    path("ho-so/<int:pk>/kiem-tra/noi-dung/", steps.check_content, name="dossier-check-content"),
    path("ho-so/<int:pk>/kiem-tra/the-thuc/", steps.check_form, name="dossier-check-form"),
    path("ho-so/<int:pk>/ky/<signed:kind>/", steps.sign, name="dossier-sign"),
    path("ho-so/<int:pk>/ky-giay/<signed:kind>/", steps.paper, name="dossier-paper"),
    path("ho-so/<int:pk>/dong-dau/", steps.seal, name="dossier-seal"),
    path("ho-so/<int:pk>/viec/<slug:name>/", cases.act, name="dossier-act"),
    path("ho-so/<int:pk>/nhac/", notices.nudge, name="dossier-nudge"),
    path("ho-so/<int:pk>/chia-se/", notices.share, name="dossier-share"),
    path("ho-so/<int:pk>/doc/<paper:kind>/", reading.read, name="dossier-read"),
    path("ho-so/<int:pk>/doc/<paper:kind>/ban-xem.pdf", reading.preview, name="dossier-preview"),
    path(
        "ho-so/<int:pk>/doc/<paper:kind>/<slug:digest>/<int:number>.png",
        reading.picture,
        name="dossier-picture",
    ),
    path("ho-so/<int:pk>/in/<signed:kind>/<int:signer>/", reading.printout, name="dossier-print"),
    path("van-ban/<int:pk>/tai/", reading.download, name="document-download"),
    path("van-ban/<int:pk>/sai-gi/", correcting.wrong, name="document-wrong"),
    path("ho-so/<int:pk>/sua-sai/", correcting.edit, name="dossier-correct"),
]

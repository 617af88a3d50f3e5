"""The page of a case, and what is done to it step by step."""

from __future__ import annotations

from django.urls import path, register_converter

from ..views import (
    behalf,
    cases,
    checks,
    countersigning,
    drafted,
    notices,
    phones,
    proposals,
    reading,
    returning,
    rewording,
    steps,
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
    path("ho-so/<int:pk>/", cases.show, name="dossier"),
    path("ho-so/<int:pk>/danh-sach/", proposals.edit, name="dossier-edit"),
    path("ho-so/<int:pk>/kiem-tra/noi-dung/", checks.check_content, name="dossier-check-content"),
    path("ho-so/<int:pk>/kiem-tra/the-thuc/", checks.check_form, name="dossier-check-form"),
    path("ho-so/<int:pk>/sua-chu/", rewording.reword, name="dossier-reword"),
    path("ho-so/<int:pk>/ky/<signed:kind>/", steps.sign, name="dossier-sign"),
    path("ho-so/<int:pk>/ky-giay/<signed:kind>/", steps.paper, name="dossier-paper"),
    path("ho-so/<int:pk>/dong-dau/", steps.seal, name="dossier-seal"),
    path("ho-so/<int:pk>/tra-ve/", returning.turn_back, name="dossier-return"),
    path("ho-so/<int:pk>/viec/<slug:name>/", cases.act, name="dossier-act"),
    path("ho-so/<int:pk>/nhac/", notices.nudge, name="dossier-nudge"),
    path("ho-so/<int:pk>/chia-se/", notices.share, name="dossier-share"),
    path("ho-so/<int:pk>/doc/<paper:kind>/", reading.read, name="dossier-read"),
    path("ho-so/<int:pk>/doc/<paper:kind>/du-thao.docx", reading.draft, name="dossier-draft"),
    path("ho-so/<int:pk>/doc/<paper:kind>/ban-xem.pdf", reading.preview, name="dossier-preview"),
    path(
        "ho-so/<int:pk>/doc/<paper:kind>/<slug:digest>/<int:number>.png",
        reading.picture,
        name="dossier-picture",
    ),
    path("ho-so/<int:pk>/in/<signed:kind>/<int:signer>/", reading.printout, name="dossier-print"),
    path("van-ban/<int:pk>/tai/", reading.download, name="document-download"),
    path("van-ban/<int:pk>/phu-luc/<int:ordinal>/", reading.annex, name="annex-download"),
    path("ho-so/<int:pk>/nhap-ho/", behalf.enter, name="dossier-enter"),
    path("ho-so/<int:pk>/ban-nhan/<slug:digest>/", behalf.scan, name="dossier-scan"),
    path("ho-so/<int:pk>/so-dien-thoai/", phones.of_dossier, name="dossier-phones"),
    path("ho-so/<int:pk>/trinh/", checks.ask, name="dossier-ask"),
    path("ho-so/<int:pk>/xem-du-thao/", checks.review, name="dossier-review"),
    path("ho-so/<int:pk>/noi-dung/", drafted.write, name="dossier-write"),
    # Minutes signed by two.
    path("ho-so/<int:pk>/thu-ky-ky/", countersigning.countersign, name="dossier-countersign"),
    path(
        "ho-so/<int:pk>/thu-ky-ky/cong-cu/",
        countersigning.outside,
        name="dossier-countersign-outside",
    ),
]

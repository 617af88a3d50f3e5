"""Signing and sealing with a tool of one's own; the certificates the office knows."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workflows.errors import Refusal
from workflows.states import State

from .. import access
from ..forms.outside import CertificateForm, SignedForm
from ..forms.steps import NumberForm
from ..idempotency import once
from ..issuing import certificates, signing_outside
from ..models import Dossier
from . import pages, reading
from .answers import Step, answer, at_field
from .assignments import agency_of
from .steps import numbered_outside, refuse_unread, signing_as
from .tray import kind_of


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, case: int) -> HttpResponse:
    """Take the prepared file, then bring it back signed: one page, one thing to do at a time."""
    dossier = access.dossier_for(request.user, case)
    kind = kind_of(dossier)
    if signing_outside.is_fetched(dossier, request.user):
        return _bring(request, dossier, kind)
    return _fetch(request, dossier, kind or "decision")


def _fetch(request: HttpRequest, dossier: Dossier, kind: str) -> HttpResponse:
    outside = kind == "submission" and numbered_outside(dossier, kind)
    numbered = NumberForm(request.POST or None, external=outside)

    def work(seen: int) -> None:
        refuse_unread(request, signing_as(dossier, kind, request.user))
        number = numbered.cleaned_data
        signing_outside.fetch(dossier, kind, by=request.user, seen=seen, **number)

    def beside(dossier: Dossier) -> dict[str, Any]:
        return {"fetched": False, "kind": kind, **signing_as(dossier, kind, request.user)}

    forms: dict[str, Form] = {"numbered": numbered}
    done = _("Đã lấy số. Ông/bà tải bản trình ký về, ký rồi tải lên ngay trong hôm nay.")
    to = reverse("dossier-sign-outside", args=[dossier.pk])
    step = Step("sign_outside.html", (f"reserve_{kind}",), done, forms, kind, beside, to)
    return answer(request, dossier, step, work)


def _bring(request: HttpRequest, dossier: Dossier, kind: str) -> HttpResponse:
    brought = SignedForm(*_sent(request))

    def work(seen: int) -> None:
        data = brought.cleaned_data["file"]
        signing_outside.bring(dossier, kind, by=request.user, seen=seen, data=data)

    def beside(dossier: Dossier) -> dict[str, Any]:
        return {"fetched": True, "kind": kind, "paper": dossier.paper(kind)}

    done = _("Đã nhận bản đã ký: chữ ký hợp lệ, nội dung đúng bản trình ký.")
    acts = (dossier.signing_act(kind),)
    step = Step("sign_outside.html", acts, done, {"brought": brought}, beside=beside)
    return answer(request, dossier, step, work)


@require_safe
def prepared(request: HttpRequest, case: int) -> HttpResponse:
    """The file to sign, for who has taken it alone."""
    dossier = access.dossier_for(request.user, case)
    if not signing_outside.is_fetched(dossier, request.user):
        raise Http404
    try:
        file = signing_outside.prepared(dossier, kind_of(dossier))
    except Refusal:
        # Brought back, or given up, since the page was shown.
        raise Http404 from None
    return reading.attached(file.data, file.name, file.media_type)


@require_http_methods(["GET", "POST"])
def seal(request: HttpRequest, case: int) -> HttpResponse:
    """The agency's seal by its own token, then the release."""
    dossier = access.dossier_for(request.user, case)
    decision = dossier.decision
    if dossier.state != State.SIGNED or decision is None or decision.medium != "electronic":
        raise Http404
    brought = SignedForm(*_sent(request))

    def work(seen: int) -> None:
        data = brought.cleaned_data["file"]
        signing_outside.bring_sealed(dossier, by=request.user, seen=seen, data=data)

    done = _("Đã nhận bản đóng dấu và phát hành. Ông/bà gửi văn bản đi rồi ghi lại nơi đã gửi.")
    acts = ("seal_decision", "release_decision")
    step = Step("seal_outside.html", acts, done, {"brought": brought})
    return answer(request, dossier, step, work)


@require_http_methods(["GET", "POST"])
def known(request: HttpRequest) -> HttpResponse:
    """Whose certificates the office knows; the clerk registers another."""
    agency = agency_of(request)
    found = certificates.owners(agency)
    typed = CertificateForm(
        *_sent(request), owners=[(o.choice, f"{o.name} - {o.title}") for o in found]
    )
    status, refusal = (422 if typed.is_bound else 200), None
    if typed.is_valid():
        said = typed.cleaned_data

        def work() -> tuple[str, str]:
            certificates.enrol(agency, said["owner"], said["file"], by=request.user)
            return reverse("certificates"), _("Đã đăng ký chứng thư.")

        try:
            return once.do(request, work)
        except Refusal as refused:
            refusal = at_field(refused, [typed])
            status = pages.status_of(refused)
    context = {"owners": found, "typed": typed, "refusal": refusal}
    return render(request, "procedures/certificates.html", context, status=status)


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is bound to: nothing before the page was sent."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)

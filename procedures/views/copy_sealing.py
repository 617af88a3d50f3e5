"""A copy sealed and released: by hand, by the agency's passphrase, or by a tool of its own."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from workflows import service

from .. import access
from ..forms.copying import CopyNumberForm
from ..forms.outside import SignedForm
from ..forms.steps import PassphraseForm
from ..issuing import copying
from ..models import CopyRequest
from .copying import ActPage, answer, numbered_outside


@sensitive_post_parameters("passphrase")
@require_http_methods(["GET", "POST"])
def seal(request: HttpRequest, copy: int) -> HttpResponse:
    """Seal and release; a paper copy was sealed by hand."""
    asked = access.copy_for(request.user, copy)
    forms: dict[str, Form] = {}
    if not asked.by_hand:
        forms["opened"] = PassphraseForm(request.POST or None)
        forms["numbered"] = _numbered(asked, request.POST or None)

    @sensitive_variables("secret")
    def work(seen: int) -> None:
        secret = forms["opened"].cleaned_data["passphrase"] if forms else ""
        number = forms["numbered"].cleaned_data.get("number") if forms else None
        copying.seal(asked, by=request.user, seen=seen, passphrase=secret, number=number)

    page = ActPage("copy_seal.html", "seal_copy", _("Đã đóng dấu, phát hành bản sao."), forms)
    return answer(request, asked, page, work)


@require_http_methods(["GET", "POST"])
def seal_outside(request: HttpRequest, copy: int) -> HttpResponse:
    """Take the file to sign it with the agency's own tool; bring it back, and release the copy."""
    asked = access.copy_for(request.user, copy)
    if asked.by_hand:
        raise Http404
    return _bring(request, asked) if asked.taken_out else _take_out(request, asked)


def _take_out(request: HttpRequest, asked: CopyRequest) -> HttpResponse:
    def work(seen: int) -> None:
        service.perform(asked, "take_copy_out", by=request.user, seen=seen)

    done = _("Đã lấy tệp. Ông/bà tải về, ký ngay.")
    to = reverse("copy-seal-outside", args=[asked.pk])
    # What the page goes on with where a file was taken before and another is refused.
    empty = {"brought": SignedForm(), "numbered": _numbered(asked)}
    page = ActPage("copy_seal_outside.html", "take_copy_out", done, beside=empty, to=to)
    return answer(request, asked, page, work)


def _bring(request: HttpRequest, asked: CopyRequest) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    brought = SignedForm(*sent)
    numbered = _numbered(asked, request.POST or None)

    def work(seen: int) -> None:
        number, data = numbered.cleaned_data.get("number"), brought.cleaned_data["file"]
        copying.bring_sealed(asked, by=request.user, seen=seen, data=data, number=number)

    done = _("Đã nhận bản sao đã ký số, phát hành bản sao.")
    forms: dict[str, Form] = {"brought": brought, "numbered": numbered}
    return answer(request, asked, ActPage("copy_seal_outside.html", "seal_copy", done, forms), work)


@require_POST
def take_out_again(request: HttpRequest, copy: int) -> HttpResponse:
    """Another file with the time of now in its corner: the one before was not signed in time."""
    return _take_out(request, access.copy_for(request.user, copy))


def _numbered(asked: CopyRequest, sent: Any = None) -> CopyNumberForm:
    return CopyNumberForm(sent, external=numbered_outside(asked))

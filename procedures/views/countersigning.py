"""The secretary of a meeting reads the minutes as their chair signed them, and signs after him."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from .. import access
from ..forms.outside import SignedForm
from ..forms.steps import PassphraseForm
from ..issuing import signing, signing_outside
from ..models import Dossier
from .answers import Step, answer

_ACTS = ("countersign_minutes",)


@sensitive_post_parameters("passphrase")
@require_http_methods(["GET", "POST"])
def countersign(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the very file, then sign it with one's own key."""
    dossier = access.dossier_for(request.user, pk)
    opened = PassphraseForm(request.POST or None)

    @sensitive_variables("secret")
    def work(seen: int) -> None:
        secret = opened.cleaned_data["passphrase"]
        signing.countersign(dossier, by=request.user, seen=seen, passphrase=secret)

    done = _("Đã ký. Biên bản đủ hai người ký, Văn thư đóng dấu và phát hành.")
    step = Step("countersign.html", _ACTS, done, {"opened": opened}, "decision", _beside)
    return answer(request, dossier, step, work)


@require_http_methods(["GET", "POST"])
def outside(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the file the chair signed, and bring it back signed with a tool of one's own."""
    dossier = access.dossier_for(request.user, pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    brought = SignedForm(*sent)

    def work(seen: int) -> None:
        data = brought.cleaned_data["file"]
        signing_outside.bring_countersigned(dossier, by=request.user, seen=seen, data=data)

    done = _("Đã nhận bản đã ký: chữ ký hợp lệ, nội dung đúng bản chủ tọa đã ký.")
    step = Step("countersign_outside.html", _ACTS, done, {"brought": brought}, beside=_beside)
    return answer(request, dossier, step, work)


def _beside(dossier: Dossier) -> dict[str, Any]:
    """Whose signature stands on it, and as what one signs."""
    minutes = dossier.decision
    block = minutes.says().beside if minutes else None
    return {"minutes": minutes, "signature": block}

"""A person's own account: his devices, and setting his second factor up."""

from __future__ import annotations

import io
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.totp.views import ActivateTOTPView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from procedures import receipts

from .. import slips
from ..models import Device
from ..signals import CONFIRMED


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """His phones, and "Mất điện thoại" for himself."""
    me: Any = request.user
    if request.method == "POST":
        return receipts.once(request, lambda: _lost(me))
    devices = Device.objects.live().filter(user=me).order_by("-last_seen")
    here = request.session.get(slips.DEVICE)
    return render(request, "accounts/account.html", {"devices": devices, "here": here})


def _lost(me: Any) -> tuple[str, str]:
    ended = slips.lose_phone(me, by=me)
    return reverse("my-account"), _("Đã ngắt %(number)d máy.") % {"number": ended}


class SetUp(ActivateTOTPView):  # type: ignore[misc]  # allauth ships no types
    """The first code, typed off the phone, turns the second factor on."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        # He has just shown it: this session need not be asked for it at once.
        self.request.session[CONFIRMED] = True
        return answer


@require_safe
@never_cache
def picture(request: HttpRequest) -> HttpResponse:
    """The secret being set up in this session, as a QR code. The policy of our pages admits
    pictures from our own addresses only."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    drawing = io.BytesIO()
    _code(get_adapter().build_totp_url(request.user, secret)).save(
        drawing, kind="svg", scale=5, border=2, light="#fff"
    )
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


def _code(text: str) -> Any:
    import segno

    return segno.make(text, error="m", boost_error=False, micro=False)

"""A person's own account: his devices, and setting his second factor up."""

from __future__ import annotations

import io
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib import messages
from django.contrib.auth.views import PasswordChangeView
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from procedures.idempotency import once

from .. import slips
from ..forms import NewPasswordForm
from ..models import Device
from ..signals import CONFIRMED


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """His phones, and "Mất điện thoại" for himself."""
    me: Any = request.user
    if request.method == "POST":
        return once.do(request, lambda: _lost(me))
    devices = Device.objects.live().filter(user=me).order_by("-last_seen")
    here = request.session.get(slips.DEVICE)
    return render(request, "accounts/account.html", {"devices": devices, "here": here})


def _lost(me: Any) -> tuple[str, str]:
    ended = slips.lose_phone(me, by=me)
    return reverse("my-account"), _("Đã ngắt %(number)d máy.") % {"number": ended}


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class NewPassword(PasswordChangeView):
    """A new password, for who has one: every other session of his ends with the old one."""

    form_class = NewPasswordForm
    template_name = "accounts/password.html"
    success_url = reverse_lazy("my-account")

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        me: Any = self.request.user
        if not me.has_usable_password():
            raise Http404
        return super().dispatch(*args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, _("Đã đổi mật khẩu. Mọi máy khác đã bị đăng xuất."))
        return super().form_valid(form)

    def render_to_response(self, context: Any, **options: Any) -> HttpResponse:
        wrong = self.request.method == "POST"
        return super().render_to_response(context, status=422 if wrong else 200, **options)


class SetUp(ActivateTOTPView):  # type: ignore[misc]  # allauth ships no types
    """The first code, typed off the phone, turns the second factor on."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        # He has just shown it: this session need not be asked for it at once.
        self.request.session[CONFIRMED] = True
        return answer


class AddKey(AddWebAuthnView):  # type: ignore[misc]  # allauth ships no types
    """A passkey beside the code of the phone: whoever loses the one still has the other."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not getattr(request.user, "has_code", False):
            messages.info(request, _("Ông/bà cài mã xác nhận trước, rồi thêm khóa truy cập."))
            return redirect("mfa_activate_totp")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
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

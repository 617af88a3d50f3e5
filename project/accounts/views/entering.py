"""Coming in and going out: by password, by slip, by the code on the slip, and once more."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import perform_login
from allauth.account.views import BaseReauthenticateView
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from .. import freshness, limits, slips
from ..forms import CodeAgainForm, KeyAgainForm, PasswordAgainForm, SignInForm, SlipCodeForm
from ..models import Slip

METHODS = ["GET", "HEAD", "POST"]


class SignIn(LoginView):
    """Name and password; whoever has a second factor is asked for it next."""

    authentication_form = SignInForm

    def form_valid(self, form: Any) -> HttpResponse:
        # Otherwise the second step would take the person signed in before for the one who comes.
        logout(self.request)
        answer: HttpResponse = perform_login(
            self.request, form.get_user(), redirect_url=self.get_success_url()
        )
        return answer


class SignOut(LogoutView):
    """Sign out; on a remembered device only after saying what it costs."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if slips.DEVICE in request.session and "sure" not in request.POST:
            return render(request, "registration/leave.html")
        return super().post(request, *args, **kwargs)


class Again(BaseReauthenticateView):  # type: ignore[misc]  # allauth ships no types
    """Before signing: the code of the second factor or a passkey, or the password where there is
    neither."""

    template_name = "accounts/again.html"

    def get_form_class(self) -> type[Form]:
        if "credential" in self.request.POST:
            return KeyAgainForm
        form: type[Form] = CodeAgainForm if self.request.user.has_code else PasswordAgainForm
        return form

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"js_data": {"request_options": begin_authentication(self.request.user)}}

    def form_invalid(self, form: Any) -> HttpResponse:
        if "credential" not in form.fields:
            refused: HttpResponse = super().form_invalid(form)
            return refused
        messages.error(self.request, _("Khóa truy cập này không đúng. Ông/bà gõ mã xác nhận."))
        return redirect(self.request.get_full_path())

    def form_valid(self, form: Any) -> HttpResponse:
        form.save()
        freshness.mark(self.request)
        answer: HttpResponse = super().form_valid(form)
        return answer


@login_not_required
@never_cache
@require_http_methods(METHODS)
def slip(request: HttpRequest, token: str) -> HttpResponse:
    """The address in the QR code: whose slip it is, and one button. Only the button uses it up,
    so that a messenger's preview of the link does not."""
    try:
        found = _scanned(request, token)
    except limits.TooManyTries as refused:
        return _dead(request, refused.messages[0], 429)
    if found is None:
        return _dead(request, _("Phiếu này không có trong hệ thống."), 404)
    if request.method == "POST":
        return _entered(request, found)
    if why := slips.refusal(found):
        return _dead(request, why, 410)
    return render(request, "accounts/slip.html", {"slip": found})


def _scanned(request: HttpRequest, token: str) -> Slip | None:
    try:
        with limits.guessing(request):
            found = slips.by_token(token)
            if found is None:
                raise LookupError
    except LookupError:
        return None
    return found


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(METHODS)
def slip_code(request: HttpRequest) -> HttpResponse:
    """For a phone whose camera does not read the QR code: type what is printed below it."""
    form = SlipCodeForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        return _entered(request, form.slip)
    return render(request, "accounts/slip_code.html", {"form": form})


def _entered(request: HttpRequest, found: Slip) -> HttpResponse:
    try:
        slips.enter(request, found)
    except slips.SlipRefused as refused:
        return _dead(request, str(refused), 410)
    return redirect("home")


def _dead(request: HttpRequest, why: str, status: int) -> HttpResponse:
    return render(request, "accounts/slip_dead.html", {"why": why}, status=status)

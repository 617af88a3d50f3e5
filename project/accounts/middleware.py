"""Whether somebody who is signed in may go on: asked on every request, before any view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .freshness import is_fresh
from .models import Device
from .signals import CONFIRMED
from .slips import DEVICE
from .standing import guards_more, must_confirm

AGAIN = "sign-in-again"
# What an officer needs to set his second factor up, and the way out.
_OPEN = {AGAIN, "logout", "mfa_activate_totp", "second-factor-qr"}
_SECRET = "passphrase"  # noqa: S105  # the name of a box
# In the session: [path, what the page was filled in with, whether it asks for a passphrase].
_KEPT = "page_kept_while_asking"

Answer = HttpResponse | None


class Doorkeeper:
    """Ends sessions that have lost their ground, and asks officers who they are.

    A session ends with the last post of its owner and with the revocation of its device. Costs no
    query beyond the account's own, and one where a device is remembered.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Answer:
        if not request.user.is_authenticated:
            return None
        guarded = getattr(view, "login_required", True)
        if why := _ended(request):
            logout(request)
            messages.error(request, why)
            return redirect_to_login(request.get_full_path()) if guarded else None
        return (_confirmed(request) or _asked_again(request)) if guarded else None


def _ended(request: HttpRequest) -> str:
    """Why the session is over; empty when it is not."""
    user: Any = request.user
    if user.ever_held and not user.holds and not user.is_staff:
        return _("Ông/bà không còn giữ chức vụ nào nên đã được đăng xuất.")
    if DEVICE not in request.session:
        return ""
    device = Device.objects.live().filter(pk=request.session[DEVICE], user=user).first()
    if device is None:
        return _("Máy này đã bị ngắt. Muốn vào lại, ông/bà xin văn thư phiếu mới.")
    if guards_more(user):
        return _("Nay ông/bà làm việc ở cơ quan: ông/bà vào bằng tên đăng nhập và mật khẩu.")
    _seen(device)
    return ""


def _seen(device: Device) -> None:
    """Remember the day of the last visit; more would be a write for every page."""
    if timezone.localdate(device.last_seen) != timezone.localdate():
        Device.objects.filter(pk=device.pk).update(last_seen=timezone.now())


def _confirmed(request: HttpRequest) -> Answer:
    """Send an officer who has given only his password to his second factor."""
    user: Any = request.user
    name = request.resolver_match.url_name if request.resolver_match else None
    if not must_confirm(user) or name in _OPEN:
        return None
    if not user.has_code:
        messages.info(request, _("Ông/bà cài mã xác nhận một lần trước khi làm việc."))
        return redirect("mfa_activate_totp")
    # A session begun before the second factor was set up has never shown it.
    return None if request.session.get(CONFIRMED) else _to_again(request)


def _asked_again(request: HttpRequest) -> Answer:
    """Before signing and sealing, and before a right to sign is entered or ended, the officer
    proves once more who he is."""
    name = request.resolver_match.url_name if request.resolver_match else None
    if name not in settings.STEP_UP_ROUTES:
        return None
    if is_fresh(request):
        _give_back(request)
        return None
    if request.method != "POST":
        return None
    if _keep(request):
        messages.info(request, _("Trước khi ký, ông/bà xác nhận lại. Chưa có gì được ký."))
    else:
        messages.info(request, _("Trước khi ghi, ông/bà xác nhận lại. Chưa có gì được ghi."))
    return _to_again(request)


def _keep(request: HttpRequest) -> bool:
    """Keep what was ticked and typed, but never the passphrase of a key; whether there was one."""
    typed = request.POST.copy()
    signs = typed.pop(_SECRET, None) is not None
    request.session[_KEPT] = [request.path, typed.urlencode(), signs]
    return signs


def _give_back(request: HttpRequest) -> None:
    """Show the page again with what was kept. Without the passphrase it can sign nothing, so this
    is a page filled in and not an act done by a link; where none is asked for, the page reads
    ``request.kept`` and its button is pressed again."""
    path, typed, signs = request.session.get(_KEPT, ("", "", False))
    if path != request.path:
        return
    del request.session[_KEPT]
    if request.method != "GET":
        return
    if signs:
        messages.info(request, _("Đã xác nhận. Ông/bà gõ lại mật khẩu khóa ký rồi bấm ký."))
        request.method, request.POST = "POST", QueryDict(typed)
    else:
        messages.info(request, _("Đã xác nhận. Ông/bà xem lại rồi bấm lần nữa."))
        request.kept = QueryDict(typed)  # type: ignore[attr-defined]


def _to_again(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse(AGAIN)}?{urlencode({'next': request.get_full_path()})}")

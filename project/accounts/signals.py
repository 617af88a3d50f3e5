"""What a session remembers about how its owner came in, and what is written down about it."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_used
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from . import freshness
from .models import Device, SignInEvent
from .slips import DEVICE

CONFIRMED = "confirmed_by_code"  # in the session: the second factor was shown

_ADDED = {
    Authenticator.Type.TOTP: SignInEvent.Kind.FACTOR_ON,
    Authenticator.Type.WEBAUTHN: SignInEvent.Kind.KEY_ADDED,
}
_REMOVED = {
    Authenticator.Type.TOTP: SignInEvent.Kind.FACTOR_OFF,
    Authenticator.Type.WEBAUTHN: SignInEvent.Kind.KEY_REMOVED,
}


@receiver(user_logged_in)
def came_in(request: HttpRequest | None, **kwargs: Any) -> None:
    if request is not None:
        freshness.mark(request)


@receiver(user_logged_out)
def went_out(request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """Signing out of a remembered device ends it: the next one there must not be let in."""
    device = request.session.get(DEVICE) if request is not None else None
    if device and Device.objects.live().filter(pk=device).update(revoked=timezone.now()):
        SignInEvent.objects.create(kind=SignInEvent.Kind.LEFT, user=user, actor=user)


@receiver(authenticator_used)
def showed_code(request: HttpRequest, **kwargs: Any) -> None:
    request.session[CONFIRMED] = True


@receiver(authenticator_added)
def set_code_up(user: Any, authenticator: Any, **kwargs: Any) -> None:
    if kind := _ADDED.get(authenticator.type):
        SignInEvent.objects.create(kind=kind, user=user, actor=user)


@receiver(authenticator_removed)
def took_code_away(request: HttpRequest, user: Any, authenticator: Any, **kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        request.session.pop(CONFIRMED, None)
        _keys_go_too(user)
    if kind := _REMOVED.get(authenticator.type):
        SignInEvent.objects.create(kind=kind, user=user, actor=user)


def _keys_go_too(user: Any) -> None:
    """Passkeys and reserve codes stand beside the code of the phone, never alone: nobody would see
    them, and the password would be enough where they should be asked for."""
    left = Authenticator.objects.filter(user=user)
    for key in left.filter(type=Authenticator.Type.WEBAUTHN):
        SignInEvent.objects.create(kind=_REMOVED[key.type], user=user, actor=user)
    left.delete()

"""How long ago somebody proved who he is. Asked again before signing and sealing."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

_PROVED = "proved_at"


def mark(request: HttpRequest) -> None:
    """He proved it now: a password, and the code where he has a second factor."""
    request.session[_PROVED] = timezone.now().timestamp()


def forget(request: HttpRequest) -> None:
    request.session.pop(_PROVED, None)


def is_fresh(request: HttpRequest) -> bool:
    """Whether he proved it within the last ``STEP_UP_SECONDS``."""
    passed = timezone.now().timestamp() - float(request.session.get(_PROVED, 0))
    return 0 <= passed < settings.STEP_UP_SECONDS

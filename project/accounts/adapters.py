"""Where allauth is bent to this house: no sign-up, one page to prove oneself again, secrets that a
copy of the database does not give away."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .freshness import is_fresh


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are given by the office."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not is_fresh(context.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The one page asks for what the person has: see :class:`.views.entering.Again`."""
        if not (user.is_authenticated and user.has_usable_password()):
            return []
        return [{"id": "again", "description": "", "url": reverse("sign-in-again")}]


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the shared secrets encrypted."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Mã chưa đúng hoặc đã dùng. Ông/bà chờ mã mới hiện ra rồi gõ lại."),
        "cannot_generate_recovery_codes": _("Ông/bà cài mã xác nhận trước, rồi lấy mã dự phòng."),
    }

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return _("Khóa truy cập %(number)d") % {
            "number": Authenticator.objects.filter(user=user, type=type).count() + 1
        }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}

    def build_totp_svg(self, url: str) -> str:
        """Drawn by :func:`.views.second_factor.picture` instead: the page embeds no picture."""
        return ""


def _box() -> MultiFernet:
    """Opens what any secret key still in use has closed, closes with the present one."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(f"accounts.second_factor:{key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])

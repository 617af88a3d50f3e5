"""What an account is worth today: read together with the account itself, in its one query."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db.models import Exists, OuterRef, QuerySet

from procedures.access import OFFICE
from workflows.models import Holding, in_force

from .models import User


def with_standing() -> QuerySet[Any]:
    """Accounts with ``ever_held`` (a post, at any time), ``holds`` (a post today), ``in_office``
    (a post of the office today) and ``has_code`` (a second factor)."""
    ever = Holding.objects.filter(user=OuterRef("pk"))
    today = ever.filter(in_force())
    codes = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return User.objects.annotate(
        ever_held=Exists(ever),
        holds=Exists(today),
        in_office=Exists(today.filter(post__role__in=OFFICE)),
        has_code=Exists(codes),
    )


def guards_more(user: Any) -> bool:
    """Officers and keepers of the installation: a slip is not enough for what they may do."""
    return bool(user.in_office or user.is_staff)


def must_confirm(user: Any) -> bool:
    """Whether a password alone does not let ``user`` in."""
    return settings.SECOND_FACTOR_REQUIRED and guards_more(user)


class StandingBackend(ModelBackend):
    """Loads the account of a session with its standing, at no further query."""

    def get_user(self, user_id: int) -> User | None:
        user: User | None = with_standing().filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

"""System checks of the way in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

# Kept in one process or nowhere: another process would not know that a code was used.
_NOT_SHARED = ("LocMemCache", "DummyCache")


@register(deploy=True)
def cache_is_shared(**kwargs: Any) -> list[CheckMessage]:
    """One-time codes are marked as used in the cache, for every process to see."""
    return [
        Error(
            f"The cache {alias!r} is not shared by the processes of the office.",
            hint="Use django.core.cache.backends.db.DatabaseCache, as the settings do.",
            id="accounts.E001",
        )
        for alias, cache in settings.CACHES.items()
        if str(cache["BACKEND"]).endswith(_NOT_SHARED)
    ]


@register(deploy=True)
def officers_have_a_second_factor(**kwargs: Any) -> list[CheckMessage]:
    if settings.SECOND_FACTOR_REQUIRED:
        return []
    return [
        Warning(
            "Officers sign in with a password alone.",
            hint="Leave SECOND_FACTOR_REQUIRED unset in production.",
            id="accounts.W001",
        )
    ]

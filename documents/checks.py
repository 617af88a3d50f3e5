"""What an installation must not start with (``manage.py check --deploy``)."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from .models import SigningKey
from .signing.demo_ca import is_demo


@register(Tags.security, deploy=True)
def no_demo_authority(**_options: Any) -> list[CheckMessage]:
    """Production trusts no demo certificate."""
    if settings.PRODUCTION and settings.DEMO_KEYS_ALLOWED:
        return [Error("Demo keys may sign in production.", id="documents.E001")]
    if settings.DEMO_KEYS_ALLOWED:
        return []
    return [
        Error(f"{file} holds a demo certificate.", hint="Remove it.", id="documents.E002")
        for file in sorted(Path(settings.TRUST_ROOTS).glob("*.pem"))
        if any(is_demo(item) for item in x509.load_pem_x509_certificates(file.read_bytes()))
    ]


@register(Tags.security, deploy=True)
def public_address(**_options: Any) -> list[CheckMessage]:
    """What the QR code names must be reachable by anybody who holds the paper, over HTTPS."""
    if not settings.PRODUCTION or _is_public(settings.PUBLIC_URL):
        return []
    return [
        Error(
            f"PUBLIC_URL ({settings.PUBLIC_URL}) is not a public HTTPS address.",
            hint="It is printed as a QR code on every document.",
            id="documents.E003",
        )
    ]


def _is_public(address: str) -> bool:
    parts = urlsplit(address)
    host = parts.hostname or ""
    try:
        reachable = ip_address(host).is_global
    except ValueError:
        reachable = "." in host and not host.endswith((".local", ".localhost", ".internal"))
    return parts.scheme == "https" and reachable


@register(Tags.database)
def no_demo_keys(databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """No demo key is active where demo keys are refused. Runs with ``--database`` and migrate."""
    if settings.DEMO_KEYS_ALLOWED or "default" not in (databases or ()):
        return []
    if SigningKey._meta.db_table not in connections["default"].introspection.table_names():
        return []
    active = SigningKey.objects.filter(demo=True, active=True).count()
    if not active:
        return []
    return [Error(f"{active} demo signing keys are active.", id="documents.E004")]

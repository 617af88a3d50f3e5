"""The public address of a document: printed as a QR code, named under every signature."""

from __future__ import annotations

import re

from django.conf import settings
from django.urls import reverse

from .models import Document

_ADDRESS = re.compile(r"/v/([A-Za-z0-9_-]{20,40})/?$")


def public_url(document: Document) -> str:
    """``https://…/v/<token>/``"""
    return public_address(document.token)


def public_address(token: str) -> str:
    """The same for a token whose document is still to come."""
    path = reverse("documents:public", args=[token])
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}"


def token_in(address: str) -> str:
    """The token of a public address, whatever its host; empty when there is none."""
    found = _ADDRESS.search(address)
    return found.group(1) if found else ""

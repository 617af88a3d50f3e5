"""The public address of a document: printed as a QR code, named under every signature."""

from __future__ import annotations

import re

from django.conf import settings
from django.urls import reverse

from .models import Document

_ADDRESS = re.compile(r"/v/([A-Za-z0-9_-]{20,40})/?(?:#phu-luc-([1-9]\d{0,2}))?$")


def public_url(document: Document) -> str:
    """``https://…/v/<token>/``"""
    return public_address(document.token)


def annex_url(document: Document, ordinal: int) -> str:
    """``https://…/v/<token>/#phu-luc-2``: where the public page tells of an annex apart."""
    return f"{public_url(document)}#phu-luc-{ordinal}"


def public_address(token: str) -> str:
    """The same for a token whose document is still to come."""
    path = reverse("documents:public", args=[token])
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}"


def token_in(address: str) -> str:
    """The token of a public address, whatever its host; empty when there is none."""
    found = _ADDRESS.search(address)
    return found.group(1) if found else ""


def ordinal_in(address: str) -> int:
    """Which annex a public address names; 0 where it names the document."""
    found = _ADDRESS.search(address)
    return int(found.group(2) or 0) if found else 0

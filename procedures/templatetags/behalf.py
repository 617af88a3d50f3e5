"""The address of what a dossier was entered from."""

from __future__ import annotations

from django import template

from .. import access

register = template.Library()


@register.filter
def digest_of(name: str) -> str:
    """The digest by which a kept photo is asked for."""
    return access.scan_digest(name)

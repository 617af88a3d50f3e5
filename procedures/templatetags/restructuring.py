"""What a line changes, and what is open about a team, on the screens."""

from __future__ import annotations

from typing import Any

from django import template

from ..models import Change
from ..teams import differences
from ..teams.differences import Difference

register = template.Library()


@register.filter
def differences_of(change: Change) -> list[Difference]:
    """Who joins, leaves or gets another role by the line."""
    return differences.told(change)


@register.filter
def at(found: dict[int, Any], key: int) -> Any:
    """What a dictionary holds for a key."""
    return found.get(key, ())

"""How many notices are new, and whether a case may be reminded of, on any page."""

from __future__ import annotations

from typing import Any

from django import template

from ..deadlines import calendar_of
from ..messages import notices
from ..messages.reminding import Reminding, reminding
from ..models import Dossier
from ..visitor import visitor

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_notices(context: dict[str, Any]) -> int:
    """How many notices the visitor has not opened: one query per page, however often asked."""
    request = context["request"]
    if not request.user.is_authenticated:
        return 0
    known: int | None = getattr(request, "unread_notices", None)
    if known is None:
        known = request.unread_notices = notices.unread(request.user)
    return known


@register.simple_tag(takes_context=True)
def reminding_of(context: dict[str, Any], dossier: Dossier) -> Reminding:
    """What the visitor is told about reminding the desk that has the dossier."""
    request = context["request"]
    return reminding(dossier, visitor(request).held, calendar_of(request))

"""How far a released decision has come, on any page that shows it."""

from __future__ import annotations

from typing import Any

from django import template

from ..deadlines import calendar_of
from ..issuing import deliveries
from ..issuing.deliveries import Summary
from ..models import Dossier
from ..views import pages
from ..visitor import visitor

register = template.Library()


@register.simple_tag(takes_context=True)
def delivery_of(context: dict[str, Any], dossier: Dossier) -> Summary | None:
    """ "Đã gửi 5/7 nơi"; None before the release and for what another office released."""
    calendar = calendar_of(context["request"])
    places = deliveries.recipients(dossier, calendar)
    return deliveries.summary(dossier, places, calendar) if places else None


@register.simple_tag(takes_context=True)
def may_acknowledge(context: dict[str, Any], dossier: Dossier) -> bool:
    """Whether the visitor is a recipient who has not said yet that he has the decision."""
    if not deliveries.is_ours(dossier):
        return False
    if "may_acknowledge" in context:  # a page that has asked for every act already
        return bool(context["may_acknowledge"])
    me = visitor(context["request"])
    return pages.refusal_of(dossier, "acknowledge", me.user, me.held) is None

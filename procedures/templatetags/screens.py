"""Words that every screen uses."""

from __future__ import annotations

import datetime
from typing import Any

from django import template
from django.template.loader import select_template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from workflows.models import Event
from workflows.states import State

from ..visitor import Visitor, visitor

register = template.Library()


@register.simple_tag(takes_context=True)
def the_visitor(context: dict[str, Any]) -> Visitor:
    return visitor(context["request"])


@register.filter
def moment(at: datetime.datetime) -> str:
    """ "14:05 ngày 20/11/2026" in Hanoi."""
    return _("%(time)s ngày %(date)s") % {
        "time": f"{timezone.localtime(at):%H:%M}",
        "date": f"{timezone.localtime(at):%d/%m/%Y}",
    }


@register.filter
def since(at: datetime.datetime) -> str:
    """ "từ 14:05 ngày 20/11/2026 (2 giờ)"."""
    passed = timezone.now() - at
    span = _("vừa xong") if passed < datetime.timedelta(minutes=1) else timesince(at, depth=1)
    return _("từ %(moment)s (%(span)s)") % {"moment": moment(at), "span": span}


@register.filter
def state_word(state: str) -> str:
    return str(State(state).label)


@register.filter
def at(found: dict[int, Any], key: int) -> Any:
    """What a mapping has under a key; None where it has nothing."""
    return found.get(key)


@register.filter
def masked(phone: str) -> str:
    """The first seven digits: enough to recognise, too few to call."""
    return f"{phone[:7]}***" if phone else ""


@register.filter
def sentence(event: Event) -> SafeString:
    """What was done, in one sentence. Acts of a later version fall back to the plain one."""
    names = [f"workflows/events/{event.act}.txt", "workflows/events/other.txt"]
    return SafeString(select_template(names).render({"event": event}).strip())

"""Until when a case has to be done, on any page that shows one."""

from __future__ import annotations

from typing import Any

from django import template

from workflows.deadlines import Deadline
from workflows.states import Record

from .. import deadlines

register = template.Library()


@register.simple_tag(takes_context=True)
def deadline_of(context: dict[str, Any], dossier: Record) -> Deadline | None:
    """The deadline of the record's open step; the calendar is read once per request."""
    return deadlines.deadline_of(dossier, deadlines.calendar_of(context["request"]))

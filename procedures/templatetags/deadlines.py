"""Until when a case has to be done, on any page that shows one."""

from __future__ import annotations

from typing import Any

from django import template

from workflows.deadlines import Deadline

from .. import deadlines
from ..models import Dossier

register = template.Library()


@register.simple_tag(takes_context=True)
def deadline_of(context: dict[str, Any], dossier: Dossier) -> Deadline | None:
    """The deadline of the dossier's open step; the calendar is read once per request."""
    return deadlines.deadline_of(dossier, deadlines.calendar_of(context["request"]))

"""Words that every screen uses."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from django import template
from django.template.loader import select_template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from documents import service as documents
from workflows import terms
from workflows.models import CaseTask, Delegation, Event, Holding
from workflows.states import Record, State

from .. import standing
from ..idempotency.once import FIELD, new_key
from ..models import Notice
from ..people import names
from ..roles import FIELDS
from ..rules.base import Finding
from ..visitor import Visitor, visitor

register = template.Library()


@register.simple_tag(takes_context=True)
def the_visitor(context: dict[str, Any]) -> Visitor:
    return visitor(context["request"])


register.filter("told", documents.told)


@register.filter
def only_advice(findings: Collection[Finding]) -> bool:
    """Whether something was found, and nothing of it bars the way."""
    return bool(findings) and not any(finding.blocks for finding in findings)


@register.simple_tag
def once() -> SafeString:
    """The once-only key of a form, new with every page."""
    box = '<input type="hidden" name="{}" value="{}" autocomplete="off">'
    return format_html(box, FIELD, new_key())


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
def word(record: Record, state: str) -> str:
    """A state in the words of the very record: a report is issued, not decided."""
    return record.word(state)


@register.filter
def page_of(record: Record) -> str:
    """The address of a record's page."""
    return reverse(Notice.PAGES[record._meta.label_lower], args=[record.pk])


@register.filter
def period(row: Delegation | Holding) -> str:
    """ "từ 01/07/2025 đến hết 31/12/2026"."""
    return terms.period(row)


@register.filter
def todo(task: CaseTask) -> str:
    """What an open step asks of the person at its desk."""
    return standing.todo(task.process.seed, str(task.flow_task.task_title))


@register.filter
def field_word(code: str) -> str:
    """A field of work in words."""
    return str(FIELDS.get(code, code))


@register.filter
def at(found: dict[int, Any], key: int) -> Any:
    """What a mapping has under a key; None where it has nothing."""
    return found.get(key)


@register.filter
def masked(phone: str) -> str:
    """The first seven digits (:func:`procedures.people.names.masked`)."""
    return names.masked(phone)


@register.filter
def sentence(event: Event) -> SafeString:
    """What was done, in one sentence. Acts of a later version fall back to the plain one."""
    names = [f"workflows/events/{event.act}.txt", "workflows/events/other.txt"]
    return SafeString(select_template(names).render({"event": event}).strip())

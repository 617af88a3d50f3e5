"""What waits for a person: one query over the open tasks at his desks."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet

from . import authority, engine
from .authority import Capacity
from .models import OPEN, CaseTask

Desks = dict[tuple[str, str], set[str]]


def waiting_for(user: Any, held: list[Capacity] | None = None) -> QuerySet[CaseTask]:
    """Open tasks at the desks of ``user`` whose records take the capacity that opens the desk,
    oldest first, each with its record prefetched. ``held`` are his capacities where they are known
    already."""
    everywhere: Desks = defaultdict(set)
    at_desks = Q()
    for capacity in authority.capacities(user) if held is None else held:
        opened = _open_to(capacity)
        some: Desks = defaultdict(set)
        for code, label, pk in capacity.keys(engine.fields()):
            # What waits for the holder of a post is not about any one step.
            limited = opened and code != authority.HOLDER
            (some if limited else everywhere)[label, pk].add(code)
        if some:
            at_desks |= _at(some) & opened
    at_desks |= _at(everywhere)
    if not at_desks:
        nothing: QuerySet[CaseTask] = CaseTask.objects.none()
        return nothing
    tasks: QuerySet[CaseTask] = CaseTask.objects.filter(at_desks, status__in=OPEN)
    return tasks.order_by("created").select_related("process").prefetch_related("process__seed")


def _at(desks: Desks) -> Q:
    found = Q()
    for (label, pk), codes in desks.items():
        found |= Q(
            owner_permission_content_type=ContentType.objects.get_for_model(apps.get_model(label)),
            owner_permission_obj_pk=pk,
            owner_permission__in=sorted(codes),
        )
    return found


def _open_to(capacity: Capacity) -> Q:
    """Filter of the tasks whose record takes the capacity; empty where all do."""
    found = Q()
    for kind in engine.record_classes():
        closed = kind.closed_to(capacity)
        if closed is not None:
            found &= ~Q(Exists(kind._default_manager.filter(closed, case=OuterRef("process"))))
    return found

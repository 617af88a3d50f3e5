"""What waits for a person: one query over the open tasks at his desks."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from . import authority, engine
from .models import OPEN, CaseTask


def waiting_for(user: Any, held: list[authority.Capacity] | None = None) -> QuerySet[CaseTask]:
    """Open tasks at the desks of ``user``, oldest first, each with its record prefetched. ``held``
    are his capacities where they are known already."""
    desks: dict[tuple[str, str], set[str]] = defaultdict(set)
    for capacity in authority.capacities(user) if held is None else held:
        for code, label, pk in capacity.keys(engine.fields()):
            desks[label, pk].add(code)
    if not desks:
        nothing: QuerySet[CaseTask] = CaseTask.objects.none()
        return nothing
    at_desks = Q()
    for (label, pk), codes in desks.items():
        at_desks |= Q(
            owner_permission_content_type=ContentType.objects.get_for_model(apps.get_model(label)),
            owner_permission_obj_pk=pk,
            owner_permission__in=sorted(codes),
        )
    tasks: QuerySet[CaseTask] = CaseTask.objects.filter(at_desks, status__in=OPEN)
    return tasks.order_by("created").select_related("process").prefetch_related("process__seed")

"""Lines of the ledger about what no procedure moves: posts, delegations, mergers, ways of working.

Who enters such a thing calls :func:`write` in the transaction that changes the row.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db.models import Model
from django.utils import timezone, translation

from . import ledger
from .authority import Capacity
from .models import Agency, Event


def write(
    act: str, row: Model, agency: Agency, capacity: Capacity, told: dict[str, Any], note: str = ""
) -> None:
    """One line of the agency's ledger, in Vietnamese whoever enters in another language.

    ``told`` is what the row says now, JSON-ready.
    """
    with translation.override("vi"):
        label = capacity.label
    write_as(act, row, agency, by=capacity.user, capacity=label, told=told, note=note)


def write_as(
    act: str,
    row: Model,
    agency: Agency,
    *,
    by: Any,
    capacity: str,
    told: dict[str, Any],
    note: str = "",
) -> None:
    """:func:`write` by somebody who holds no post of the agency: ``capacity`` says as what."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    before = Event.objects.filter(record_type=row._meta.label_lower, record_id=row.pk)
    ledger.append(
        agency,
        at=timezone.now(),
        actor=by,
        actor_name=str(by),
        capacity=capacity,
        record_type=row._meta.label_lower,
        record_id=row.pk,
        act=act,
        from_state="",
        to_state="",
        revision=before.count() + 1,
        note=note,
        facts=told,
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )

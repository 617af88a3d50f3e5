"""Writing down who looked at phones in full or took papers away, before they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from workflows import ledger
from workflows.authority import Capacity
from workflows.models import Agency, Event

from ..models.viewings import Viewing

_TYPE = Viewing._meta.label_lower


@transaction.atomic
def write_down(
    user: Any, held: Sequence[Capacity], agency: Agency, kind: str, **said: Any
) -> Viewing:
    """Write one viewing with its line in the ledger; ``said`` are columns of
    :class:`~procedures.models.Viewing`. What is shown comes after: an unwritten look shows nothing.
    """
    own = next((c for c in held if c.post.agency_id == agency.pk), None)
    with translation.override("vi"):
        capacity = own.label if own else ""
    viewing = Viewing.objects.create(
        agency=agency,
        kind=kind,
        by=user,
        by_name=str(user),
        capacity=capacity,
        at=timezone.now(),
        **said,
    )
    ledger.append(
        agency,
        at=viewing.at,
        actor=user,
        actor_name=viewing.by_name,
        capacity=capacity,
        record_type=_TYPE,
        record_id=viewing.pk,
        act=f"view_{kind}",
        revision=1,
        note=viewing.purpose,
        facts={"list": viewing.title, "count": viewing.count},
        digest=viewing.digest(),
    )
    return viewing


def altered(agency: Agency) -> Iterator[tuple[int, int]]:
    """(sequence in the ledger, viewing) of every row that is gone or no longer says what the
    ledger kept."""
    rows = Viewing.objects.filter(agency=agency).in_bulk()
    events = Event.objects.filter(agency=agency, record_type=_TYPE).order_by("sequence")
    for event in events:
        row = rows.get(event.record_id)
        if row is None or row.digest() != event.digest:
            yield event.sequence, event.record_id

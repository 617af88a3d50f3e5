"""A part of an agency's ledger that anybody can check: the lines of one record in full, those of
others between them only as links of the chain (:mod:`workflows.midstate`), which say nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Max, Min

from . import ledger
from .midstate import BLOCK, state_after
from .models import Event
from .states import Record

# '"' + 64 digits + '"]': the hash of the line before, at the end of every line's text.
_END = 67


def excerpt(record: Record, until: int = 0) -> dict[str, Any]:
    """From the record's first line to its last, or to line ``until`` where that is later.

    JSON-ready: ``agency`` (its code), ``first``, ``last``, ``head``, and ``lines``, each either
    ``{sequence, hash, text}`` or ``{sequence, hash, state, length, end}``.
    """
    label = record._meta.label_lower
    own = Event.objects.filter(agency=record.agency_id, record_type=label, record_id=record.pk)
    span = own.aggregate(first=Min("sequence"), last=Max("sequence"))
    lines = list(_lines(record, span["first"] or 1, max(span["last"] or 0, until)))
    return {
        "agency": record.agency.code,
        "first": lines[0]["sequence"] if lines else 0,
        "last": lines[-1]["sequence"] if lines else 0,
        "head": lines[-1]["hash"] if lines else ledger.START,
        "lines": lines,
    }


def _lines(record: Record, first: int, last: int) -> Iterator[dict[str, Any]]:
    key = (record._meta.label_lower, record.pk)
    events = Event.objects.filter(agency=record.agency_id, sequence__range=(first, last))
    for event in events.order_by("sequence").iterator():
        text = ledger.content_of(event)
        known = {"sequence": event.sequence, "hash": event.hash}
        if (event.record_type, event.record_id) == key:
            yield known | {"text": text}
        else:
            yield known | _link(text.encode())


def _link(text: bytes) -> dict[str, Any]:
    """What stands before the end is hashed away, but for a few digits of the record's digest."""
    cut = (len(text) - _END) // BLOCK * BLOCK
    state = b"".join(word.to_bytes(4, "big") for word in state_after(text[:cut]))
    return {"state": state.hex(), "length": len(text), "end": text[cut:].decode()}

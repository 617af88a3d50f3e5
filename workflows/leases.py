"""The ticket of an act in two halves: given out, torn up, and put back where nobody came."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from django.utils import timezone

from . import ledger, locking
from .states import Act, Record, Step

R = TypeVar("R", bound=Record)


def turn(record: Record, act: Act, step: Step) -> None:
    """Give out a ticket for "take", tear it up for every other act."""
    if act.hold == "take":
        record.hold = uuid.uuid4()
        record.hold_until = record.lease(step)
        record.hold_by = step.by
    else:
        record.hold = record.hold_until = record.hold_by = None


def give_back(record: Record, by: Any) -> None:
    """Free the record after a signing that failed: the number stays reserved for the next try."""
    with locking.locked(record) as fresh:
        if fresh.hold == record.hold is not None:
            _lapse(fresh, by)


def lapse_holds(record_class: type[R], by: Any) -> list[R]:
    """Put every record whose signing was cut off back into its signer's tray.

    The reserved number stays with the document; nothing is signed for anybody. ``by`` is the
    account the ledger names (the system's).
    """
    lapsed = []
    overdue = record_class._default_manager.filter(hold_until__lt=timezone.now())
    for candidate in overdue:
        with locking.locked(candidate) as record:
            if record.hold and not record.held:
                _lapse(record, by)
                lapsed.append(record)
    return lapsed


def _lapse(record: Record, by: Any) -> None:
    record.hold = record.hold_until = record.hold_by = None
    _written_by_system(record, "lapse_hold", by)


def let_numbers_lapse(record: R, by: Any, undo: Callable[[R], bool]) -> bool:
    """Let ``undo`` give up what was reserved for a signing that never came, in the ledger's sight.

    ``undo`` works on the locked record and says whether there was anything. ``by`` is the
    account the ledger names. Nothing happens while somebody is signing.
    """
    with locking.locked(record) as fresh:
        if fresh.held or not undo(fresh):
            return False
        fresh.hold = fresh.hold_until = fresh.hold_by = None
        _written_by_system(fresh, "lapse_number", by)
        return True


def _written_by_system(record: Record, act: str, by: Any) -> None:
    record.revision += 1
    record.save()
    ledger.append(
        record.agency,
        at=timezone.now(),
        actor=by,
        actor_name=str(by),
        record_type=record._meta.label_lower,
        record_id=record.pk,
        act=act,
        from_state=record.state,
        to_state=record.state,
        revision=record.revision,
        digest=record.digest(),
    )

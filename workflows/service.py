"""The public door of the engine.

``perform`` is the only caller of a transition. Views, the tray, commands and the demo call it and
nothing else. Who may is judged in :mod:`workflows.judging`; locks and tickets are those of
:mod:`workflows.locking` and :mod:`workflows.leases`.
"""

from __future__ import annotations

from typing import Any, TypeVar, cast

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone, translation

from . import authority, engine, judging, leases, ledger, locking
from .errors import Refusal
from .judging import authorise, available_to, declared_act, judged
from .leases import give_back, lapse_holds, let_numbers_lapse
from .ledger import history
from .locking import hold_still
from .models import Event
from .states import AT_REST, AUTHOR, Act, Record, State, Step

R = TypeVar("R", bound=Record)

# Sent after the commit of every act: kwargs record, event.
performed = Signal()
# Sent inside the transaction of an act, right after the ledger has it: same kwargs.
recorded = Signal()


def perform(record: R, act: str, *, by: Any, seen: int, note: str = "", **data: Any) -> R:
    """Let ``by`` do ``act`` on ``record`` as he saw it at revision ``seen``.

    One transaction: lock (process, then record), refuse a stale or frozen record, check the right
    at this moment, run the transition with its effects, append the ledger event, move the case on.
    Returns the record as it is now. ``data`` is handed to the transition (``step.data``).

    Raises :class:`Refusal` with a sentence for the person; nothing has changed then.
    """
    with locking.locked(record) as locked:
        declared, step = judging.judged(locked, act, by=by, seen=seen, note=note, data=data)
        try:
            _carry_out(locked, declared, step)
        except locked.REFUSALS as refused:
            raise Refusal(refused.sentence, field=refused.field) from refused  # type: ignore[attr-defined]
    return locked


def by_the_clock(record: R, act: str, *, by: Any) -> R | None:
    """Let an act that waits for nobody but the clock happen; None where it is not its time.

    The record itself says whether the term has passed (:meth:`Record.why_not`). ``by`` is the
    account the ledger names; it acts in no capacity.
    """
    with locking.locked(record) as locked:
        declared = judging.declared_act(locked, act)
        if not declared.clock or locked.held or locked.state not in declared.sources:
            return None
        step = Step(by, cast(authority.Capacity, None), timezone.now())
        try:
            locked.why_not(declared, step)
        except Refusal:
            return None
        _carry_out(locked, declared, step)
    return locked


def _carry_out(record: Record, act: Act, step: Step) -> None:
    event = _move(record, act, step)
    recorded.send(type(record), record=record, event=event)
    # Robust: who listens must not make an act that is done look failed.
    transaction.on_commit(lambda: performed.send_robust(type(record), record=record, event=event))


def _move(record: Record, act: Act, step: Step) -> Event:
    before, task = record.state, engine.open_task(record)
    if record.hold and act.hold not in ("use", "drop", "take"):
        record.hold_broken(step)
    leases.turn(record, act, step)
    getattr(record, act.name)(step)
    record.revision += 1
    if record.state != before:
        record.moved = step.at
    under_way = record.state != State.DRAFT and not record.is_final
    # A record that comes back from where no step was open gets a new case.
    if under_way and (record.case_id is None or before in AT_REST):
        engine.start(engine.flow_of(record), record)
    record.save()
    event = _write(record, act, step, before)
    if act.ends and record.case_id:
        engine.cancel(record)
    elif task and record.state != before:
        engine.complete(task, record, step.by)
    return event


def _write(record: Record, act: Act, step: Step, before: str) -> Event:
    return ledger.append(
        record.agency,
        at=step.at,
        actor=step.by,
        actor_name=str(step.by),
        capacity="" if act.clock else _in_vietnamese(step.capacity),
        record_type=record._meta.label_lower,
        record_id=record.pk,
        act=act.name,
        from_state=before,
        to_state=record.state,
        revision=record.revision,
        note=step.note,
        facts=step.data.get("facts", {}),
        digest=record.digest(),
    )


def _in_vietnamese(capacity: authority.Capacity) -> str:
    """The record of an office is kept in one language, whoever reads the screen in another."""
    with translation.override("vi"):
        return capacity.label


__all__ = [
    "AUTHOR",
    "Refusal",
    "authorise",
    "available_to",
    "by_the_clock",
    "declared_act",
    "give_back",
    "history",
    "hold_still",
    "judged",
    "lapse_holds",
    "let_numbers_lapse",
    "perform",
    "performed",
    "recorded",
]

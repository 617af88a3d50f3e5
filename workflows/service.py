"""The public door of the engine.

``perform`` is the only caller of a transition. Views, the tray, commands and the demo call it and
nothing else.
"""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import Signal
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_fsm import can_proceed

from . import authority, engine, ledger
from .errors import Refusal
from .models import Case, Event
from .states import AT_REST, AUTHOR, Act, Record, State, Step, acts_of

R = TypeVar("R", bound=Record)
# What a person is today, where it has been read already.
Held = list[authority.Capacity] | None

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
    with _locked(record) as locked:
        declared = declared_act(locked, act)
        # What happened in between comes first: it is why the desk may be another's by now.
        _refuse_frozen(locked, declared, by, data)
        if locked.revision != seen:
            raise Refusal(
                _("Hồ sơ vừa được người khác xử lý. Ông/bà xem lại trang mới rồi làm tiếp.")
            )
        step = authorise(locked, declared, by=by, note=note, data=data)
        _refuse_out_of_turn(locked, declared)
        locked.why_not(declared, step)
        try:
            event = _move(locked, declared, step)
            recorded.send(type(locked), record=locked, event=event)
        except locked.REFUSALS as refused:
            raise Refusal(refused.sentence, field=refused.field) from refused  # type: ignore[attr-defined]
        # Robust: who listens must not make an act that is done look failed.
        transaction.on_commit(
            lambda: performed.send_robust(type(locked), record=locked, event=event)
        )
    return locked


@contextmanager
def _locked(record: R) -> Iterator[R]:
    """The record re-read under lock. The process row is locked first, as Viewflow does."""
    with transaction.atomic():
        case = None
        if record.case_id:
            case = Case.objects.select_for_update().get(pk=record.case_id)
        locked = type(record).for_act().select_for_update(of=("self",)).get(pk=record.pk)
        if case is not None and locked.case_id == case.pk:
            locked.case = case
        yield locked


def hold_still(records: Iterable[R]) -> list[R]:
    """Lock several records for acts to follow in this transaction, and read them anew.

    All locks are taken before the first act: an act ends at the head of the ledger's chain, and
    whoever waited for a record while holding that would wait for somebody who waits for him.
    """
    known = list(records)
    if not known:
        return []
    cases = [record.case_id for record in known if record.case_id]
    list(Case.objects.select_for_update().filter(pk__in=cases).order_by("pk"))
    rows = type(known[0])._default_manager.select_for_update().order_by("pk")
    return list(rows.filter(pk__in=[record.pk for record in known]))


def declared_act(record: Record, name: str) -> Act:
    """The act of that name. Raises :class:`Refusal` when the procedure has none."""
    act = acts_of(type(record)).get(name)
    if act is None or not record.knows(act):
        raise Refusal(_("Không có việc này trong quy trình."))
    return act


def authorise(
    record: Record, act: Act, *, by: Any, note: str = "", data: Any = None, held: Held = None
) -> Step:
    """The step ``by`` may take, with the capacity he takes it in.

    ``held`` are his capacities where a page has just read them; an act reads them itself.

    Raises :class:`Refusal`: not his desk, his own request, a missing reason, or an act to take
    back that is not his or that somebody has already built on.
    """
    if act.clock:
        raise Refusal(_("Việc này hệ thống tự làm khi hết hạn."))
    capacity = _inner_capacity(data) if act.inner else _capacity(record, act, by, held)
    if act.impartial and record.is_interested(by):
        raise Refusal(
            _(
                "Đây là đề nghị của chính ông/bà nên người khác phải quyết định. Cần văn bản phân "
                "công hoặc ủy quyền cho người khác."
            ),
            record.interest_article,
            lacks_paper=True,
        )
    if act.reason and not note.strip():
        raise Refusal(_("Ông/bà ghi rõ lý do để người nhận biết phải làm gì."), field="note")
    if act.undoes:
        _refuse_taken_up(record, act, by)
    return Step(by, capacity, timezone.now(), note.strip(), data or {})


def _capacity(record: Record, act: Act, by: Any, held: Held) -> authority.Capacity:
    held = authority.capacities(by) if held is None else held
    desks = record.desks(act)
    if not desks:
        raise Refusal(_out_of_turn(record))
    fits = functools.partial(record.admits, act)
    fitting = (authority.capacity_at(desk, held, engine.fields(), fits) for desk in desks)
    capacity = next(filter(None, fitting), None)
    if capacity is None:
        raise Refusal(*authority.missing_paper(desks[0], held), lacks_paper=True)
    return capacity


def _inner_capacity(data: Any) -> authority.Capacity:
    """The capacity of the act that an inner one is part of; by itself there is none."""
    outer: Step | None = (data or {}).get("within")
    if outer is None:
        raise Refusal(_("Việc này chỉ đi kèm việc trên hồ sơ khác."))
    return outer.capacity


def _refuse_taken_up(record: Record, act: Act, by: Any) -> None:
    last = history(record).last()
    if last is None or (last.act, last.actor_id) != (act.undoes, by.pk):
        raise Refusal(_("Chỉ người vừa làm việc đó lấy lại được, khi chưa ai làm việc tiếp theo."))


def _refuse_frozen(record: Record, act: Act, by: Any, data: dict[str, Any]) -> None:
    theirs = (record.hold, record.hold_by_id)
    if act.hold == "use" and (record.hold is None or theirs != (data.get("hold"), by.pk)):
        raise Refusal(_("Lượt ký này đã hết hiệu lực. Văn bản chưa được ký; ông/bà ký lại."))
    if act.hold == "drop" and record.held and record.hold_by_id != by.pk:
        raise Refusal(_("Người khác đang ký văn bản này."))
    if act.hold not in ("use", "drop") and record.held:
        if record.held_for_the_day:
            raise Refusal(_kept_for_the_day(record, by))
        raise Refusal(
            _("%(name)s đang ký văn bản này. Ông/bà chờ một phút rồi tải lại trang.")
            % {"name": record.hold_by}
        )


def _kept_for_the_day(record: Record, by: Any) -> str:
    if record.hold_by_id == by.pk:
        return _(
            "Ông/bà đã lấy văn bản này về ký bằng công cụ riêng. Ông/bà tải bản đã ký lên, hoặc "
            "bấm Để lại, rồi làm việc khác."
        )
    return _(
        "%(name)s đã lấy văn bản này về ký bằng công cụ riêng, giữ đến hết hôm nay. Cần làm ngay "
        "thì nhờ %(name)s bấm Để lại."
    ) % {"name": record.hold_by}


def _out_of_turn(record: Record) -> str:
    return _("Hồ sơ đang ở bước “%(state)s” nên không làm được việc này.") % {
        "state": State(record.state).label
    }


def _refuse_out_of_turn(record: Record, act: Act) -> None:
    why = record.off_road(act)
    if why or not can_proceed(getattr(record, act.name)):
        raise Refusal(why or _out_of_turn(record))


def by_the_clock(record: R, act: str, *, by: Any) -> R | None:
    """Let an act that waits for nobody but the clock happen; None where it is not its time.

    The record itself says whether the term has passed (:meth:`Record.why_not`). ``by`` is the
    account the ledger names; it acts in no capacity.
    """
    with _locked(record) as locked:
        declared = declared_act(locked, act)
        if not declared.clock or locked.held or locked.state not in declared.sources:
            return None
        step = Step(by, cast(authority.Capacity, None), timezone.now())
        try:
            locked.why_not(declared, step)
        except Refusal:
            return None
        event = _move(locked, declared, step)
        recorded.send(type(locked), record=locked, event=event)
        transaction.on_commit(
            lambda: performed.send_robust(type(locked), record=locked, event=event)
        )
    return locked


def _move(record: Record, act: Act, step: Step) -> Event:
    before, task = record.state, engine.open_task(record)
    if record.hold and act.hold not in ("use", "drop", "take"):
        record.hold_broken(step)
    _turn_hold(record, act, step)
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


def _turn_hold(record: Record, act: Act, step: Step) -> None:
    """Give out a ticket for "take", tear it up for every other act."""
    if act.hold == "take":
        record.hold = uuid.uuid4()
        record.hold_until = record.lease(step)
        record.hold_by = step.by
    else:
        record.hold = record.hold_until = record.hold_by = None


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


def history(record: Record) -> QuerySet[Event]:
    """What was done on a record, oldest first."""
    return Event.objects.filter(record_type=record._meta.label_lower, record_id=record.pk).order_by(
        "sequence"
    )


def available_to(
    user: Any, record: Record, held: Held = None, *, only: str = ""
) -> Iterator[tuple[Act, Refusal | None]]:
    """The acts the record's state allows, each with the reason why ``user`` may not, or None.

    ``held`` are his capacities where they are known already, ``only`` names one act. Left out are
    acts off the record's own road, and acts of another desk than the one the record waits at
    unless they are his.
    """
    waiting = record.waits_at
    held = authority.capacities(user) if held is None else held
    for act in acts_of(type(record)).values():
        if only and act.name != only:
            continue
        if record.state not in act.sources or act.hold == "use" or act.inner or act.clock:
            continue
        if not record.knows(act) or record.off_road(act):
            continue
        try:
            _refuse_frozen(record, act, user, {})
            step = authorise(record, act, by=user, note="-", held=held)
            record.why_not(act, step)
        except Refusal as refusal:
            if act.undoes:
                continue  # nothing of his to take back: not worth a word
            if not act.desk or (waiting and record.desk(act.desk).key == waiting.key):
                yield act, refusal
        else:
            yield act, None


def give_back(record: Record, by: Any) -> None:
    """Free the record after a signing that failed: the number stays reserved for the next try."""
    with _locked(record) as locked:
        if locked.hold == record.hold is not None:
            _lapse(locked, by)


def lapse_holds(record_class: type[R], by: Any) -> list[R]:
    """Put every record whose signing was cut off back into its signer's tray.

    The reserved number stays with the document; nothing is signed for anybody. ``by`` is the
    account the ledger names (the system's).
    """
    lapsed = []
    overdue = record_class._default_manager.filter(hold_until__lt=timezone.now())
    for candidate in overdue:
        with _locked(candidate) as record:
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
    with _locked(record) as locked:
        if locked.held or not undo(locked):
            return False
        locked.hold = locked.hold_until = locked.hold_by = None
        _written_by_system(locked, "lapse_number", by)
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
    "lapse_holds",
    "let_numbers_lapse",
    "perform",
    "performed",
    "recorded",
]

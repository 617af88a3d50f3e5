"""Whether somebody may do an act now: his desk, his turn, nobody in the middle of signing."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django_fsm import can_proceed

from . import authority, engine
from .errors import Refusal
from .ledger import history
from .states import Act, Record, State, Step, acts_of

# What a person is today, where it has been read already.
Held = list[authority.Capacity] | None


def declared_act(record: Record, name: str) -> Act:
    """The act of that name. Raises :class:`Refusal` when the procedure has none."""
    act = acts_of(type(record)).get(name)
    if act is None or not record.knows(act):
        raise Refusal(_("Không có việc này trong quy trình."))
    return act


def judged(
    record: Record, name: str, *, by: Any, seen: int, note: str = "", data: Any = None
) -> tuple[Act, Step]:
    """The act and the step, if ``by`` may do it now on the record as he saw it; asked in advance
    where something costly or secret comes before the act. Raises :class:`Refusal`."""
    act = declared_act(record, name)
    # What happened in between comes first: it is why the desk may be another's by now.
    refuse_frozen(record, act, by, data or {})
    if record.revision != seen:
        raise Refusal(_("Hồ sơ vừa được người khác xử lý. Ông/bà xem lại trang mới rồi làm tiếp."))
    step = authorise(record, act, by=by, note=note, data=data)
    refuse_out_of_turn(record, act)
    record.why_not(act, step)
    return act, step


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


def refuse_frozen(record: Record, act: Act, by: Any, data: dict[str, Any]) -> None:
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


def refuse_out_of_turn(record: Record, act: Act) -> None:
    why = record.off_road(act)
    if why or not can_proceed(getattr(record, act.name)):
        raise Refusal(why or _out_of_turn(record))


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
            refuse_frozen(record, act, user, {})
            step = authorise(record, act, by=user, note="-", held=held)
            record.why_not(act, step)
        except Refusal as refusal:
            if act.undoes:
                continue  # nothing of his to take back: not worth a word
            if not act.desk or (waiting and record.desk(act.desk).key == waiting.key):
                yield act, refusal
        else:
            yield act, None

"""Reminding the desk that has a case: who may, how often, and who is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows import authority, engine
from workflows.authority import HOLDER, Capacity
from workflows.deadlines import Calendar
from workflows.errors import Refusal
from workflows.states import AUTHOR, Record

from ..models import Notice
from ..people import mourning
from . import desks
from .notices import notice_of

R = TypeVar("R", bound=Record)


def last_nudge(record: Record) -> Notice | None:
    """The last reminder since the record came to the desk it waits at."""
    return (
        Notice.objects.filter(
            record_type=record._meta.label_lower,
            record_id=record.pk,
            kind=Notice.Kind.NUDGE,
            at__gte=record.moved,
        )
        .order_by("-at")
        .first()
    )


def nudger(record: Record, held: Sequence[Capacity]) -> Capacity:
    """The capacity in which somebody may remind of ``record``: one at its author's desk.

    Raises :class:`Refusal` where he has none, or where the case waits for nobody else.
    """
    author = record.desk(AUTHOR)
    capacity = authority.capacity_at(author, list(held), engine.fields())
    if capacity is None:
        raise Refusal(_("Chỉ người lập hồ sơ nhắc được."))
    if record.waits_at is None or record.waits_at.key == author.key:
        raise Refusal(_("Hồ sơ không chờ người khác nên không cần nhắc."))
    own = record.waits_at.code == HOLDER
    if own and authority.capacity_at(record.waits_at, list(held), engine.fields()):
        raise Refusal(_("Hồ sơ đang chờ chính ông/bà nên không cần nhắc."))
    return capacity


def refuse_again(last: Notice | None, calendar: Calendar) -> None:
    """Once per working day: raises :class:`Refusal` until a working day after the last one."""
    if last and calendar.between(timezone.localdate(last.at), timezone.localdate()) < 1:
        at = timezone.localtime(last.at)
        raise Refusal(
            _("Đã nhắc lúc %(time)s ngày %(date)s. Mỗi ngày làm việc nhắc được một lần.")
            % {"time": f"{at:%H:%M}", "date": f"{at:%d/%m/%Y}"}
        )


@dataclass(frozen=True)
class Reminding:
    """Whether somebody may remind of a case now, and why not.

    ``concerns`` is false for whoever has nothing to remind of: his page need not mention it.
    """

    concerns: bool
    refusal: Refusal | None = None


def reminding(record: Record, held: Sequence[Capacity], calendar: Calendar) -> Reminding:
    """What the page of ``record`` offers somebody with these capacities: at most one query."""
    try:
        nudger(record, held)
    except Refusal as refusal:
        return Reminding(False, refusal)
    try:
        refuse_again(last_nudge(record), calendar)
    except Refusal as refusal:
        return Reminding(True, refusal)
    return Reminding(True)


@transaction.atomic
def nudge(record: R, *, by: Any, seen: int) -> list[Notice]:
    """Remind everybody at the desk that has the case as ``by`` saw it at revision ``seen``.

    Raises :class:`Refusal`: not his case, moved on since, reminded already, or nobody there.
    """
    # The row lock lets two presses of the button come one after the other.
    locked = type(record).for_act().select_for_update(of=("self",)).get(pk=record.pk)
    capacity = nudger(locked, authority.capacities(by))
    if locked.revision != seen:
        raise Refusal(_("Hồ sơ vừa được xử lý tiếp. Ông/bà xem lại trang mới rồi hãy nhắc."))
    refuse_again(last_nudge(locked), Calendar.current())
    seated = [other for other in desks.able(locked) if other.user != by]
    silent = mourning.silenced(other.user.pk for other in seated)
    seated = [other for other in seated if other.user.pk not in silent]
    if not seated:
        raise Refusal(_("Hiện chưa có ai khác giữ việc này. Văn thư cần nhập người thay."))
    said = {
        "kind": Notice.Kind.NUDGE,
        "sender_name": str(by),
        "sender_capacity": capacity.label,
    }
    return Notice.objects.bulk_create(notice_of(locked, other.user, **said) for other in seated)

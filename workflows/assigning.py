"""Entering who holds a post and who acts for whom: the one door for both.

Every entry rests on a paper and is never deleted, only ended with a date. Each function checks the
right of the person who enters, looks for what already stands, and writes the row and its line in
the ledger in one transaction. ``desk`` is where the assignments of an agency are kept, or decided;
its owner is the agency. Refusals are :class:`~workflows.errors.Refusal`.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from . import authority, engine, entries, locking, rivals
from .authority import Capacity, Desk
from .errors import Refusal
from .models import Delegation, Holding, Post
from .terms import Paper, Term, period

Row = TypeVar("Row", Delegation, Holding)
SIGNING = (Delegation.Kind.DEPUTY, Delegation.Kind.ORDER, Delegation.Kind.AUTHORISED)
_DAY = datetime.timedelta(days=1)


@transaction.atomic
def assign(
    desk: Desk,
    *,
    by: Any,
    principal: Post,
    delegate: Post,
    kind: str,
    term: Term,
    paper: Paper,
    field: str = "",
    limited_to: Sequence[str] = (),
) -> Delegation:
    """Let ``delegate`` act for ``principal`` in a field of work, or in every one if it is empty,
    and in what ``limited_to`` lists alone, if anything.

    Nobody enters a right to sign for himself; the same delegation is not entered twice for a day.
    """
    clerk = keeper(desk, by)
    _locked(desk, principal, delegate)
    row = Delegation(
        principal=principal, delegate=delegate, kind=kind, field=field,
        limited_to=list(limited_to), **_columns(term, paper, by),
    )  # fmt: skip
    _refuse_unclean(row, paper)
    own = Holding.objects.filter(term.overlapping, post=delegate, user=by)
    if kind in SIGNING and own.exists():
        raise Refusal(
            _(
                "Văn bản này giao quyền ký cho chính ông/bà nên người khác phải nhập: một văn thư "
                "khác, hoặc người được giao làm thay văn thư."
            ),
            field="delegate",
        )
    same = rivals.same(row, term)
    if known := _entered_before(row, same):
        return known
    _refuse_twice(same)
    row.save()
    _note("assign", row, clerk)
    return row


@transaction.atomic
def install(
    desk: Desk, *, by: Any, post: Post, user: Any, term: Term, paper: Paper, acting: bool = False
) -> Holding:
    """Put ``user`` into ``post``; whoever held it until then leaves it the day before.

    Nobody enters a post for himself, and no post has two holders on one day.
    """
    clerk = keeper(desk, by)
    _locked(desk, post)
    if user.pk == by.pk:
        raise Refusal(_("Ông/bà không tự nhập chức vụ cho mình; người khác phải nhập."), "", "user")
    if not user.is_active:
        raise Refusal(_("Tài khoản của người này đã ngừng dùng."), "", "user")
    row = Holding(post=post, user=user, acting=acting, **_columns(term, paper, by))
    _refuse_unclean(row, paper)
    if known := _entered_before(row, Holding.objects.filter(post=post, user=user)):
        return known
    _succeed(row, clerk)
    row.save()
    _note("install", row, clerk)
    return row


@transaction.atomic
def end(
    desk: Desk,
    row: Row,
    *,
    by: Any,
    last: datetime.date,
    note: str = "",
    decided: datetime.date | None = None,
) -> Row:
    """End a delegation or a holding with its last day, earlier than entered before.

    One that had not begun when that was ``decided`` (default today) may be ended before its first
    day: then it never comes into force. The holder of a post does not end his own holding.
    """
    clerk = keeper(desk, by)
    locked = _held_still(desk, row)
    if isinstance(locked, Holding) and locked.user_id == by.pk:
        raise Refusal(_("Ông/bà không tự nhập việc mình thôi chức vụ; người khác phải nhập."))
    if (locked.until, locked.ended_by_id) == (last, by.pk):
        return locked  # pressed twice
    _refuse_end(locked, last, decided or timezone.localdate())
    _close(locked, max(last, locked.since - _DAY), clerk, note)
    return locked


@transaction.atomic
def resume(
    desk: Desk, row: Delegation, *, by: Any, until: datetime.date | None, note: str
) -> Delegation:
    """Let what was ended stand again until the last day it had before.

    Where something entered since takes its place, it stays ended, and a
    line of the ledger says so.
    """
    clerk = keeper(desk, by)
    locked = _held_still(desk, row)
    if rival := rivals.of(locked, Term(locked.since, until)).first():
        with translation.override("vi"):
            told = _("Không khôi phục: đang có %(other)s, %(period)s (%(paper)s).") % {
                "other": rival, "period": period(rival), "paper": rival.cited,
            }  # fmt: skip
        _note("stay_ended", locked, clerk, f"{note} {told}".strip())
        return locked
    locked.until, locked.ended, locked.ended_by = until, None, None
    locked.save(update_fields=["until", "ended", "ended_by"])
    _note("resume", locked, clerk, note)
    return locked


def keeper(desk: Desk, by: Any) -> Capacity:
    """The capacity in which ``by`` keeps the assignments; :class:`Refusal` where he does not."""
    held = authority.capacities(by)
    capacity = authority.capacity_at(desk, held, engine.fields())
    if capacity is None:
        raise Refusal(*authority.missing_paper(desk, held), lacks_paper=True)
    return capacity


def _locked(desk: Desk, *posts: Post) -> None:
    """Hold the posts, which are the agency's own, until the end of the transaction."""
    if any(post.agency_id != desk.owner.pk for post in locking.hold_posts(posts)):
        raise Refusal(_("Chức vụ này không thuộc cơ quan của ông/bà."))


def _held_still(desk: Desk, row: Row) -> Row:
    """The row as it is now. Its posts come first, as where a successor is entered."""
    _locked(desk, *_posts(row))
    locked: Row = type(row)._default_manager.select_for_update().get(pk=row.pk)
    return locked


def _posts(row: Delegation | Holding) -> list[Post]:
    return [row.post] if isinstance(row, Holding) else [row.principal, row.delegate]


def _columns(term: Term, paper: Paper, by: Any) -> dict[str, Any]:
    return {
        "since": term.since,
        "until": term.until,
        "paper": paper.name,
        "paper_date": paper.date,
        "scan": paper.scan,
        "scan_digest": paper.digest,
        "entered": timezone.now(),
        "entered_by": by,
    }


def _refuse_unclean(row: Delegation | Holding, paper: Paper) -> None:
    """What cannot be, whatever else stands: an empty or future paper, an effect before it."""
    if not paper.name.strip():
        raise Refusal(_("Cần ghi số và tên văn bản làm căn cứ."), field="paper")
    if paper.date > timezone.localdate():
        raise Refusal(_("Ngày văn bản không thể sau hôm nay."), field="paper_date")
    if row.since < paper.date:
        raise Refusal(_("Không có hiệu lực trước ngày của văn bản."), field="since")
    try:
        row.clean()
    except ValidationError as wrong:
        field, [message, *_more] = next(iter(wrong.message_dict.items()))
        raise Refusal(message, field=field) from wrong


def _entered_before(row: Row, same: QuerySet[Any]) -> Row | None:
    """The row this very entry made already: a button pressed twice enters once."""
    for other in same.filter(entered_by=row.entered_by, ended=None):
        if other.told() == row.told():
            found: Row = other
            return found
    return None


def _refuse_twice(same: QuerySet[Delegation]) -> None:
    if row := same.order_by("since").first():
        raise Refusal(
            _("Việc này đã nhập rồi, %(period)s (%(paper)s). Muốn đổi thì kết thúc bản đó trước.")
            % {"period": period(row), "paper": row.cited},
            field="delegate",
        )


def _succeed(row: Holding, clerk: Capacity) -> None:
    """End the holding that stands, or refuse where another cannot make room."""
    term = Term(row.since, row.until)
    others = Holding.objects.filter(term.overlapping, post=row.post).select_related("user")
    for other in others.select_for_update(of=("self",)):
        if (other.user_id, other.acting) == (row.user_id, row.acting):
            raise Refusal(
                _("%(name)s đang giữ chức vụ này rồi.") % {"name": other.user}, field="user"
            )
        if other.since >= row.since:
            raise Refusal(
                _("%(name)s đã được nhập giữ chức vụ này, %(period)s: một ngày không có hai người.")
                % {"name": other.user, "period": period(other)},
                field="since",
            )
        _close(other, row.since - _DAY, clerk)


def _refuse_end(row: Delegation | Holding, last: datetime.date, decided: datetime.date) -> None:
    if row.over:
        raise Refusal(_("Việc này đã kết thúc rồi, %(period)s.") % {"period": period(row)})
    if row.until and last > row.until:
        raise Refusal(
            _("Ngày này muộn hơn ngày đã ghi. Muốn kéo dài thì nhập văn bản mới."), field="last"
        )
    if last < row.since <= decided:
        raise Refusal(_("Ngày cuối không thể trước ngày bắt đầu."), field="last")


def _close(row: Delegation | Holding, last: datetime.date, clerk: Capacity, note: str = "") -> None:
    row.until, row.ended, row.ended_by = last, timezone.now(), clerk.user
    row.save(update_fields=["until", "ended", "ended_by"])
    _note("end", row, clerk, note)


def _note(act: str, row: Delegation | Holding, clerk: Capacity, note: str = "") -> None:
    entries.write(act, row, row.agency, clerk, row.told(), note)

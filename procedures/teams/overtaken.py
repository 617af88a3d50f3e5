"""Whether a line still fits what other decisions have said of its team since it was drawn up.

A whole list says of everybody it leaves out that he goes, so nobody may have joined since. What is
said of a whole team holds from its date on, so no decision about the team may bear a later one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from workflows.errors import Refusal

from . import decided, in_order

if TYPE_CHECKING:
    from ..models import Change, Seat

_WHOLE_LISTS = ("create", "amend", "replace", "revise")
_OF_ALL = ("amend", "replace", "revise", "recall", "dissolve")


def is_stale(change: Change, standing: Iterable[Seat]) -> bool:
    """Whether a line was drawn up from another list than ``standing``. One from before the system
    kept its basis is told by whom its people follow."""
    standing = list(standing)
    now = {seat.pk for seat in standing}
    if change.kind in _WHOLE_LISTS and (change.basis or change.kind == "revise"):
        return now != set(change.basis)
    if change.kind not in (*_WHOLE_LISTS, "appoint"):
        return False
    named = {seat.was_id for seat in change.seats.all() if seat.was_id}
    return not named <= now or (change.kind == "appoint" and _follows_another(change, standing))


def _follows_another(change: Change, standing: Iterable[Seat]) -> bool:
    """Whether a role it gives is somebody else's by now than the one it says is followed."""
    given = {seat.role for seat in change.seats.all()} - {"member"}
    told, held = (
        {seat.pk for seat in seats if seat.role in given} for seats in (change.before, standing)
    )
    return bool(change.basis) and told != held


def refuse(changes: Sequence[Change], histories: Mapping[int, Iterable[Change]]) -> None:
    """Raise :class:`Refusal` where another decision about one of the teams came before these signed
    lines. ``histories`` are :func:`decided.histories` of their teams."""
    own = {change.pk for change in changes}
    before = {pk: [line for line in lines if line.pk not in own] for pk, lines in histories.items()}
    lists = {pk: in_order.list_left_by(lines) for pk, lines in before.items()}
    for change in changes:
        merged = chain.from_iterable(lists.values()) if change.dossier.merger_id else None
        if is_stale(change, merged or lists.get(change.team_id or 0, [])):
            raise Refusal(_stale(change))
        _refuse_dated_before(change, before.get(change.team_id or 0, []))


def _stale(change: Change) -> str:
    return _(
        "Danh sách của %(team)s đã thay đổi theo quyết định khác từ khi lập văn bản này. Văn thư "
        "hủy văn bản đã ký rồi trả hồ sơ về người lập, để lấy lại danh sách hiện nay."
    ) % {"team": change.team_name}


def _refuse_dated_before(change: Change, before: Sequence[Change]) -> None:
    """A line about single people needs the team to stand on its day, and no list of all of them of
    a later day: who is in that list, and who is not, was settled without it."""
    whole = [line for line in before if line.kind in _OF_ALL]
    bound = before if change.kind in _OF_ALL else [*before[:1], *whole]
    own = decided.decision_of(change)
    later = [
        d for d in map(decided.decision_of, bound) if decided.first_day(d) > decided.first_day(own)
    ]
    if later:
        raise Refusal(
            _(
                "%(team)s đã có Quyết định số %(number)s ngày %(later)s, sau ngày của văn bản này "
                "(%(day)s). Văn thư hủy văn bản đã ký để ký lại với ngày mới."
            )
            % {
                "team": change.team_name,
                "number": later[-1].reference,
                "later": f"{later[-1].date:%d/%m/%Y}",
                "day": f"{own.date:%d/%m/%Y}",
            }
        )

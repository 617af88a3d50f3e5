"""What an amendment says of each wrong place of a decision: where it is, and what it becomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING

from documents.model import Block, Paragraph

from ..teams import in_order
from . import common

if TYPE_CHECKING:
    from ..models import Change, Dossier, Seat

_LETTERS = "abcdđeghiklmnopqrstuvxy"
_THE_TEAMS = {"tại": "các tổ ", "kèm theo": ""}


def amended(dossier: Dossier, of: str, lead: str = "") -> tuple[Block, ...]:
    """Each wrong place of the decision, as ``of`` cites it, with what it becomes; numbered, and by
    team where there are several."""
    lines, (what, where) = dossier.lines(), what_is_amended(dossier)
    if len(lines) == 1:
        opening = f"Sửa đổi, bổ sung {what} {common.team_in_full(lines[0])} {where} {of}"
        items = list(_items(lines[0], dossier.amends_names))
        listed = [f"{n}. {item}{_mark(n, items)}" for n, item in enumerate(items, 1)]
    else:
        opening = f"Sửa đổi, bổ sung {what} {_THE_TEAMS[where]}{where} {of}"
        listed = list(_by_team(lines, dossier.amends_names))
    return (Paragraph(f"{opening} như sau:", lead=lead), *(Paragraph(text) for text in listed))


def _by_team(lines: Sequence[Change], by_role: bool) -> Iterator[str]:
    """A khoản for each team, its places as điểm. Phụ lục I gives a điểm one letter of the
    alphabet and says of nothing after "y", so what is more goes on in a khoản of its own: every
    place can still be cited ("điểm c khoản 2 Điều 1")."""
    numbers = count(1)
    for line in lines:
        items, goes_on = list(_items(line, by_role)), ""
        while items:
            points, items = items[: len(_LETTERS)], items[len(_LETTERS) :]
            yield f"{next(numbers)}. {common.team_in_full(line)}{goes_on}:"
            for n, (letter, item) in enumerate(zip(_LETTERS, points, strict=False), 1):
                yield f"{letter}) {item}{_mark(n, points)}"
            goes_on = " (tiếp theo)"


def _mark(position: int, items: list[str]) -> str:
    return "." if position == len(items) else ";"


def _items(line: Change, by_role: bool) -> Iterator[str]:
    """``by_role`` where the old decision has no numbered list to point into."""
    for number, before, now in in_order.differences(line):
        seat = f"thành viên số {common.two_digits(number)}"
        if by_role and before is not None:
            leads = before.role in ("leader", "deputy")
            seat = _role(before) if leads else _role(before).lower()
        if before is None and now is not None:
            yield f"Bổ sung ông (bà) {_described(now)}"
        elif before is not None and now is None:
            yield f"Bỏ tên ông (bà) {before.full_name}, {seat}"
        elif before is not None and now is not None and now.another:
            yield f"Ông (bà) {before.full_name}, {seat}, thay bằng ông (bà) {_described(now)}"
        elif before is not None and now is not None:
            yield from _put_right(seat, before, now)


def _described(seat: Seat) -> str:
    """ "Vi Thị Hoa (Chi hội Phụ nữ; Thành viên)"."""
    return f"{seat.full_name} ({'; '.join(filter(None, (seat.represents, _role(seat))))})"


def _put_right(seat: str, before: Seat, now: Seat) -> Iterator[str]:
    of = f"của {seat} ({now.full_name})"
    if before.full_name != now.full_name:
        yield f"Họ và tên {seat}: {_becomes(before.full_name, now.full_name)}"
    if now.birth_year and before.birth_year != now.birth_year:
        yield f"Năm sinh {of}: {_becomes(str(before.birth_year or ''), str(now.birth_year))}"
    if before.represents != now.represents:
        yield f"Thành phần {of}: {_becomes(before.represents, now.represents)}"
    if before.role != now.role:
        yield f"Chức vụ trong tổ {of}: {_becomes(_role(before), _role(now))}"


def _role(seat: Seat) -> str:
    return str(seat.get_role_display())


def _becomes(before: str, now: str) -> str:
    if not before:
        return f"ghi là “{now}”"
    return f"“{before}” sửa thành “{now}”" if now else f"bỏ “{before}”"


def what_is_amended(dossier: Dossier) -> tuple[str, str]:
    """What of the old decision is amended, and where in it that stands."""
    return ("nội dung về", "tại") if dossier.amends_names else ("danh sách thành viên", "kèm theo")

"""Rules about the people named for a team."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from ..models.people import is_minor
from ..people import names
from .base import Breach, Severity, of_seat, of_team
from .facts import Facts, Line

if TYPE_CHECKING:
    from ..models import Seat

LONGEST_NAME = 80
OLDEST = 120
_GUARDIAN = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 24 khoản 2"


@of_team
def nobody_twice(facts: Facts, line: Line) -> Iterator[Breach]:
    """%(name)s có tên hai lần trong danh sách: dòng %(first)d và dòng %(second)d"""
    for first, second in combinations(line.seats, 2):
        if first.full_name and names.same_person(_entry(first), _entry(second)):
            yield _pair(first, second)


@of_team
def namesakes_can_be_told_apart(facts: Facts, line: Line) -> Iterator[Breach]:
    """Dòng %(first)d và dòng %(second)d cùng tên %(name)s. Nếu là hai người, ông/bà ghi năm sinh
    của cả hai; nếu là một người, ông/bà xóa một dòng"""
    for first, second in combinations(line.seats, 2):
        if first.full_name and names.same_person(_entry(first), _entry(second)) is None:
            # One name and year under two phones: nothing more can be asked for.
            known = bool(first.birth_year and second.birth_year)
            yield _pair(first, second, "warn" if known else "block")


def _entry(seat: Seat) -> tuple[str, str, int | None]:
    return (seat.full_name, names.normal_phone(seat.phone), seat.birth_year)


def _pair(first: Seat, second: Seat, level: Severity = "block") -> Breach:
    values = {"name": second.full_name, "first": first.position, "second": second.position}
    return Breach("full_name", level, position=second.position, values=values)


@of_seat
def name_is_given(facts: Facts, seat: Seat) -> Iterator[Breach]:
    """Ông/bà ghi họ và tên"""
    if not any(char.isalpha() for char in names.clean(seat.full_name)):
        yield Breach("full_name", position=seat.position)


@of_seat
def name_fits_the_list(facts: Facts, seat: Seat) -> Iterator[Breach]:
    """Họ và tên dài quá %(limit)d chữ cái"""
    if len(names.clean(seat.full_name)) > LONGEST_NAME:
        yield Breach("full_name", position=seat.position, values={"limit": LONGEST_NAME})


@of_seat
def phone_is_one(facts: Facts, seat: Seat) -> Iterator[Breach]:
    """Số điện thoại không đúng: di động có 10 số, bắt đầu bằng 03, 05, 07, 08 hoặc 09; máy bàn có
    11 số, bắt đầu bằng 02"""
    if seat.phone.strip() and not names.is_phone(seat.phone):
        yield Breach("phone", position=seat.position)


@of_seat
def birth_year_is_possible(facts: Facts, seat: Seat) -> Iterator[Breach]:
    """Năm sinh %(year)d không thể đúng"""
    year = seat.birth_year
    if year is not None and not facts.on.year - OLDEST <= year <= facts.on.year:
        yield Breach("birth_year", position=seat.position, values={"year": year})


@of_seat
def guardian_is_named(facts: Facts, seat: Seat) -> Iterator[Breach]:
    """%(name)s chưa đủ 16 tuổi: ông/bà ghi cha, mẹ hoặc người giám hộ đã biết và đồng ý"""
    # Listing rests on the commune's task, which this very clause excepts: so it only warns.
    if is_minor(seat.birth_year) and not names.clean(seat.guardian_name):
        values = {"name": seat.full_name}
        yield Breach("guardian_name", "warn", _GUARDIAN, seat.position, values)


@of_seat
def guardian_agrees_to_publication(facts: Facts, seat: Seat) -> Iterator[Breach]:
    """%(name)s chưa đủ 16 tuổi: dấu đồng ý công bố chỉ có hiệu lực khi ghi tên cha, mẹ hoặc người
    giám hộ cũng đồng ý"""
    named = names.clean(seat.guardian_name)
    if seat.may_publish and is_minor(seat.birth_year) and not named:
        values = {"name": seat.full_name}
        yield Breach("may_publish", "warn", _GUARDIAN, seat.position, values)


@of_seat
def guardian_phone_is_one(facts: Facts, seat: Seat) -> Iterator[Breach]:
    """Số điện thoại của người giám hộ không đúng: di động có 10 số, máy bàn có 11 số"""
    if seat.guardian_phone.strip() and not names.is_phone(seat.guardian_phone):
        yield Breach("guardian_phone", position=seat.position)

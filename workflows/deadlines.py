"""Working days: the law's holidays, and the exceptions an office enters.

Nothing here is stored with a case: entering a late announced swap changes every answer at once.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils import timezone
from holidays import HolidayBase, country_holidays

from .models import CalendarDay
from .states import Record

_ONE_DAY = datetime.timedelta(days=1)


@cache
def _of_year(year: int) -> HolidayBase:
    """The law's holidays of one year, its days in lieu and the swaps known at release."""
    return country_holidays("VN", years=year, expand=False)


@dataclass(frozen=True)
class Calendar:
    """Working days with the exceptions entered; read once, asked about many cases.

    ``exceptions`` tells of a day whether it is worked.
    """

    exceptions: Mapping[datetime.date, bool]

    @classmethod
    def current(cls) -> Calendar:
        """The calendar as it stands now: one query."""
        return cls(dict(CalendarDay.objects.values_list("day", "working")))

    def is_working(self, day: datetime.date) -> bool:
        known = self.exceptions.get(day)
        return bool(_of_year(day.year).is_working_day(day)) if known is None else known

    def add(self, start: datetime.date, days: int) -> datetime.date:
        """The last day of a term of ``days`` working days that begins on ``start``.

        The first day is not counted (Điều 147 Bộ luật Dân sự 2015). A term of no days ends on
        ``start``, or on the next working day where that is none (Điều 148 khoản 5).
        """
        if days < 0:
            raise ValueError(f"a term of {days} working days")
        day = start
        for _count in range(days):
            day = self._next(day + _ONE_DAY)
        return self._next(day)

    def between(self, start: datetime.date, end: datetime.date) -> int:
        """How many working days follow ``start`` up to and with ``end``; negative backwards."""
        if end < start:
            return -self.between(end, start)
        span = (end - start).days
        return sum(self.is_working(start + _ONE_DAY * count) for count in range(1, span + 1))

    def _next(self, day: datetime.date) -> datetime.date:
        while not self.is_working(day):
            day += _ONE_DAY
        return day


def is_working(day: datetime.date) -> bool:
    """Whether offices work on ``day``."""
    return Calendar.current().is_working(day)


def add_working_days(start: datetime.date, n: int) -> datetime.date:
    """:meth:`Calendar.add` by the calendar as it stands now."""
    return Calendar.current().add(start, n)


def arrival(record: Record) -> datetime.date:
    """The Hanoi date on which the record came to its step."""
    return timezone.localdate(record.moved)


@dataclass(frozen=True)
class Limit:
    """How many working days a step may take, and from which day they run.

    Without a ``source`` it is the product's suggestion and binds nobody.
    """

    days: int
    source: str = ""
    since: Callable[[Any], datetime.date] = arrival


@dataclass(frozen=True)
class Deadline:
    """The last day of a step, and by how many working days it has passed."""

    day: datetime.date
    late: int
    limit: Limit


def deadline(record: Record, limit: Limit, calendar: Calendar, on: datetime.date) -> Deadline:
    """Where the step of ``record`` stands on a Hanoi date.

    A step whose last day was a Friday is not late on Saturday: nobody could have done it since.
    """
    day = calendar.add(limit.since(record), limit.days)
    return Deadline(day, max(0, calendar.between(day, on)), limit)

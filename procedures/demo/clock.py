"""The demo's own clock: a year lived through in a minute, one working day after another.

Everything that asks for the time follows it: Django, the ledger, the signatures, the numbers.
Numbers and ledger run forward, so it never goes back.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import time_machine
from django.utils import timezone

from workflows.deadlines import Calendar

MORNING = 8
# What the last month is for takes so many: its reports, their roll-up, the Committee's Báo cáo.
_CLOSING = 10
_ONE_DAY = datetime.timedelta(days=1)


class Clock:
    """Set forward by day and hour in Hanoi; between two settings time runs as usual."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._now: time_machine.Traveller | None = None

    @contextmanager
    def begun(self, day: datetime.date) -> Iterator[Clock]:
        """From the morning of ``day``, until the block is left and today is today again."""
        with time_machine.travel(_utc(self.moment(day, MORNING))) as self._now:
            yield self
        self._now = None

    def on(self, day: datetime.date, hour: int = MORNING) -> None:
        """It is ``hour`` o'clock on ``day``, or on the next day offices work.

        Where it is later already (the year has a long Tết) it stays as it is.
        """
        assert self._now is not None
        self._now.move_to(_utc(max(timezone.now(), self.moment(day, hour))))

    def later(self, days: int, hour: int = MORNING) -> None:
        """``days`` working days have passed."""
        self.on(self._calendar.add(timezone.localdate(), days), hour)

    def moment(self, day: datetime.date, hour: int) -> datetime.datetime:
        """That hour of ``day``, or of the next day offices work."""
        worked = self._calendar.add(day, 0)
        zone = timezone.get_default_timezone()
        return datetime.datetime.combine(worked, datetime.time(hour), zone)


def _utc(moment: datetime.datetime) -> datetime.datetime:
    # A zone by name would change the zone of the whole process.
    return moment.astimezone(datetime.UTC)


@dataclass(frozen=True)
class Year:
    """Thirteen months from ``first``, the first day of a month: twelve whole ones, numbered from
    0, and the one in which the last of them is reported."""

    first: datetime.date

    @classmethod
    def until(cls, today: datetime.date, calendar: Calendar) -> Year:
        """The latest whose story is over on ``today``. It always crosses a 31 December."""
        last = today.replace(day=1)
        if calendar.between(last - _ONE_DAY, today) < _CLOSING:
            last = (last - _ONE_DAY).replace(day=1)
        return cls(last.replace(year=last.year - 1))

    def day(self, month: int, day: int) -> datetime.date:
        years, months = divmod(self.first.month - 1 + month, 12)
        return datetime.date(self.first.year + years, months + 1, day)

"""Which period a recurring report is about, and until when it is due.

A commune counts in calendar months, or as state reports do: from the 15th of the month before to
the 14th (months), and in quarters likewise.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

_ONE_DAY = datetime.timedelta(days=1)
_ROMAN = ("I", "II", "III", "IV")
_LAST_OF_THE_15TH = 14


class Every(models.TextChoices):
    """How often; a commune chooses one (KH-UBND xã Tam Quang 2025, mục II.2.3)."""

    MONTH = "month", _("Hàng tháng")
    QUARTER = "quarter", _("Hàng quý")


class Counted(models.TextChoices):
    """From when to when a period runs."""

    CALENDAR = "calendar", _("Theo tháng, quý dương lịch")
    FROM_15TH = "from_15th", _("Từ ngày 15 đến ngày 14 (kỳ số liệu báo cáo)")


@dataclass(frozen=True)
class Span:
    """A period with both its days included."""

    since: datetime.date
    until: datetime.date
    name: str


def last_ended(every: str, counted: str, today: datetime.date) -> Span:
    """The latest period that was over before ``today``."""
    year, month = today.year, today.month
    while not _closes(every, month) or _end(counted, year, month) >= today:
        year, month = _before(year, month, 1)
    return named(every, counted, year, month)


def named(every: str, counted: str, year: int, month: int) -> Span:
    """The period whose last month is ``month``."""
    length = 3 if every == Every.QUARTER else 1
    since = _end(counted, *_before(year, month, length)) + _ONE_DAY
    if every == Every.QUARTER:
        name = _t("quý %(number)s/%(year)d") % {"number": _ROMAN[month // 3 - 1], "year": year}
    else:
        name = _t("tháng %(month)02d/%(year)d") % {"month": month, "year": year}
    return Span(since, _end(counted, year, month), name)


def due_after(until: datetime.date, day: int) -> datetime.date:
    """The first such day of a month after the period: "ngày 25 hàng tháng"."""
    if day > until.day:
        return until.replace(day=day)
    year, month = _before(until.year, until.month, -1)
    return datetime.date(year, month, day)


def _closes(every: str, month: int) -> bool:
    return every == Every.MONTH or month % 3 == 0


def _end(counted: str, year: int, month: int) -> datetime.date:
    days = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, days if counted == Counted.CALENDAR else _LAST_OF_THE_15TH)


def _before(year: int, month: int, count: int) -> tuple[int, int]:
    months = year * 12 + month - 1 - count
    return months // 12, months % 12 + 1

"""Numbers without gaps: one counter per series and year (Decree 30/2020, Điều 15.1).

The counter moves in the transaction that writes the numbered row, so a crash takes both back. The
row stays locked until that transaction ends: keep it short, render and sign afterwards.
"""

from __future__ import annotations

import datetime

from django.db import connection, models
from django.utils.translation import gettext as _

from ..errors import DocumentRefused, NumberTaken
from ..kinds import COPIES, KINDS
from ..models import Document, Mode, Series

# All copies of an office share one run of numbers, whatever their form (Phần II Phụ lục I).
JOINT = ", ".join(KINDS[kind].abbreviation for kind in COPIES)

# One statement, the same text on SQLite and PostgreSQL: two writers cannot read the same value.
_NEXT = """
INSERT INTO documents_counter (series_id, year, value) VALUES (%s, %s, 1)
ON CONFLICT (series_id, year) DO UPDATE SET value = documents_counter.value + 1
RETURNING value
"""


def joint_symbol(author: str) -> str:
    """ "SY, SL, TrS-UBND": how the one series of an office's copies is called."""
    return f"{JOINT}-{author}"


def is_joint(series: Series) -> bool:
    """Whether it is the one run of numbers of an office's copies."""
    return bool(series.symbol.startswith(f"{JOINT}-"))


def symbol_in(series: Series, kind: str) -> str:
    """The symbol a document of a kind bears in a series: its own where copies share one."""
    author = series.symbol.partition("-")[2]
    return KINDS[kind].symbol(author) if is_joint(series) else str(series.symbol)


def next_number(series: Series, year: int) -> int:
    """The next number of a series that is ours. Call inside the transaction that stores it."""
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken inside the transaction that stores it")
    if series.mode != Mode.OURS:
        raise DocumentRefused(_("Dãy số này do Văn thư nhập số; phần mềm không tự cấp."))
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [series.pk, year])
        return int(cursor.fetchone()[0])


def claim(series: Series, year: int, number: int) -> int:
    """A number the clerk typed from the office's own book or system.

    Raises :class:`NumberTaken` when the series already has it, and refuses a series of ours, whose
    numbers follow one another without a gap.
    """
    if series.mode != Mode.EXTERNAL:
        raise DocumentRefused(_("Dãy số này do phần mềm cấp liên tục; không nhập số bằng tay."))
    if number < 1:
        raise DocumentRefused(_("Số văn bản phải từ 01 trở lên."))
    rows = Document.objects.filter(series=series, year=year, number=number)
    if taken := rows.exclude(state="void").first():
        raise NumberTaken(
            _("Số %(number)02d/%(symbol)s năm %(year)d đã được dùng.")
            % {"number": number, "symbol": taken.symbol, "year": year}
        )
    return number


def order_warnings(series: Series, number: int, date: datetime.date) -> list[str]:
    """Sentences about a typed number that is out of date order; empty when nothing is odd."""
    others = Document.objects.filter(series=series, year=date.year).exclude(number=number)
    found: list[str] = []
    later = others.filter(number__lt=number, date__gt=date).order_by("-date").first()
    if later:
        found.append(
            _("Số nhỏ hơn %(number)s đã mang ngày muộn hơn (%(date)s).")
            % {"number": later.reference, "date": f"{later.date:%d/%m/%Y}"}
        )
    earlier = others.filter(number__gt=number, date__lt=date).order_by("date").first()
    if earlier:
        found.append(
            _("Số lớn hơn %(number)s đã mang ngày sớm hơn (%(date)s).")
            % {"number": earlier.reference, "date": f"{earlier.date:%d/%m/%Y}"}
        )
    highest = others.aggregate(value=models.Max("number"))["value"]
    if highest is not None and number > highest + 1:
        found.append(
            _("Giữa số %(last)02d và số này còn số chưa ghi trong phần mềm.") % {"last": highest}
        )
    return found

"""The demo's clock and its table; ``make demo`` itself is run by ``.ci/run``."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from procedures.demo.clock import Clock, Year
from procedures.demo.summary import Row, table
from workflows.deadlines import Calendar

CALENDAR = Calendar({})
DAY = datetime.date


def now():
    return f"{timezone.localtime():%d/%m/%Y %H}"


def test_the_clock_goes_by_days_offices_work_and_never_back():
    real = timezone.now()
    with Clock(CALENDAR).begun(DAY(2026, 2, 1)) as clock:
        assert now() == "02/02/2026 08"  # the first was a Sunday
        clock.on(DAY(2026, 2, 6), hour=14)
        assert now() == "06/02/2026 14"
        clock.later(1)
        assert now() == "09/02/2026 08"
        clock.on(DAY(2026, 2, 15))  # in Tết, which ends on a Sunday
        assert now() == "23/02/2026 08"
        reached = timezone.now()
        clock.on(DAY(2026, 2, 18), hour=7)
        assert timezone.now() >= reached
        assert now() == "23/02/2026 08"
    assert timezone.now() >= real


def test_what_an_office_entered_is_kept_to():
    entered = Calendar({DAY(2026, 3, 7): True, DAY(2026, 3, 9): False})
    with Clock(entered).begun(DAY(2026, 3, 7)) as clock:
        assert now() == "07/03/2026 08"
        clock.later(1)
        assert now() == "10/03/2026 08"


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (DAY(2026, 11, 21), DAY(2025, 11, 1)),
        (DAY(2026, 11, 16), DAY(2025, 11, 1)),  # the eleventh working day
        (DAY(2026, 11, 12), DAY(2025, 10, 1)),  # the ninth
        (DAY(2027, 1, 4), DAY(2025, 12, 1)),
        (DAY(2026, 12, 31), DAY(2025, 12, 1)),
        (DAY(2027, 2, 17), DAY(2026, 1, 1)),  # half of the month was Tết
        (DAY(2028, 2, 29), DAY(2027, 2, 1)),
    ],
)
def test_the_year_ends_when_its_last_month_is_told(today, first):
    year = Year.until(today, CALENDAR)
    assert year.first == first
    assert year.day(12, 1) == first.replace(year=first.year + 1) <= today
    assert {year.day(month, 1).year for month in range(13)} == {first.year, first.year + 1}


def test_months_are_counted_over_the_end_of_the_year():
    year = Year(DAY(2025, 11, 1))
    days = [year.day(0, 3), year.day(1, 31), year.day(2, 1), year.day(12, 28)]
    assert days == [DAY(2025, 11, 3), DAY(2025, 12, 31), DAY(2026, 1, 1), DAY(2026, 11, 28)]


def test_the_table_is_aligned_and_adds_up_what_can_be_added():
    rows = [
        Row("11/2025", 8, 4, 0, 0, 18, 18, 3, 0, 19, 108),
        Row("12/2025", 14, 1, 2, 1, 18, 16, 2, 1, 18, 110),
    ]
    lines = table(rows)
    assert {len(line) for line in lines} == {len(lines[0])}
    heading, rule, first, second, _rule, total = lines
    assert heading.split("  ")[0].strip() == "Tháng"
    assert set(rule) == {"-"}
    assert " ".join(first.split()) == "11/2025 8 4 0 0 18 18 3 0 19 108"
    assert second.split()[1] == "14"
    # Teams and people are those of the last month.
    assert " ".join(total.split()) == "Cả năm 22 5 2 1 36 34 5 1 18 110"
    assert [line.rfind("108") for line in lines] == [-1, -1, len(first) - 3, -1, -1, -1]
    assert (second[-3:], total[-3:], total[:6]) == ("110", "110", "Cả năm")


@pytest.mark.django_db
def test_a_year_begins_with_an_empty_ledger(tam_quang, tmp_path):
    from .test_existing import record

    record(tam_quang)
    with pytest.raises(CommandError, match="vừa nạp"):
        call_command("demo", out=tmp_path)
    assert list(tmp_path.iterdir()) == []

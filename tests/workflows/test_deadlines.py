"""Working days of Viet Nam: weekends, Tết, days in lieu, announced swaps. Dates by hand."""

import datetime

import pytest
import time_machine
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from workflows import deadlines
from workflows.deadlines import Calendar, add_working_days, is_working
from workflows.models import CalendarDay


def day(text):
    """ "03/02/2027" as people here write it."""
    return datetime.datetime.strptime(text, "%d/%m/%Y").date()


def announced(text, *, working):
    return CalendarDay.objects.create(
        day=day(text), working=working, source="Thông báo của Bộ Nội vụ"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "working"),
    [
        ("20/11/2026", True),  # Friday
        ("21/11/2026", False),  # Saturday
        ("22/11/2026", False),  # Sunday
        ("23/11/2026", True),
        ("24/11/2026", False),  # Ngày Văn hóa Việt Nam, a Tuesday
        ("24/11/2025", True),  # not yet a holiday
        ("26/04/2026", False),  # Giỗ Tổ, on a Sunday
        ("27/04/2026", False),  # the day in lieu
        ("28/04/2026", True),
        ("31/08/2026", False),  # swapped ...
        ("22/08/2026", True),  # ... for this Saturday, which the library knows
        ("02/09/2026", False),
        ("03/02/2027", True),  # the last day before Tết
        ("04/02/2027", False),
        ("10/02/2027", False),
        ("11/02/2027", True),
        ("03/05/2027", False),  # in lieu of Saturday 1 May
        ("04/05/2027", True),
    ],
)
def test_the_days_of_the_law(text, working):
    assert is_working(day(text)) is working


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("20/11/2026", 1, "23/11/2026"),  # over a weekend
        ("20/11/2026", 2, "25/11/2026"),  # over the weekend and 24 November
        ("23/11/2026", 1, "25/11/2026"),
        ("21/11/2026", 1, "23/11/2026"),  # arrived on a Saturday
        ("20/11/2026", 0, "20/11/2026"),
        ("21/11/2026", 0, "23/11/2026"),  # a term ending on a day off ends on the next day worked
        ("03/02/2027", 1, "11/02/2027"),  # across Tết
        ("02/02/2027", 3, "12/02/2027"),
        ("24/04/2026", 1, "28/04/2026"),  # across the day in lieu
        ("21/08/2026", 1, "22/08/2026"),  # onto the working Saturday
    ],
)
def test_a_term_ends_on_the_day_counted_by_hand(start, days, end):
    assert add_working_days(day(start), days) == day(end)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("20/11/2026", "20/11/2026", 0),
        ("20/11/2026", "22/11/2026", 0),
        ("20/11/2026", "23/11/2026", 1),
        ("20/11/2026", "27/11/2026", 4),
        ("27/11/2026", "20/11/2026", -4),
        ("03/02/2027", "10/02/2027", 0),
        ("29/01/2027", "15/02/2027", 6),
    ],
)
def test_working_days_between_two_days(start, end, days):
    assert Calendar.current().between(day(start), day(end)) == days


@pytest.mark.django_db
def test_an_announced_swap_wins_and_changes_every_answer():
    before = add_working_days(day("31/12/2026"), 1)
    announced("02/01/2027", working=True)  # a Saturday
    announced("04/01/2027", working=False)  # a Monday
    assert before == day("04/01/2027")
    assert add_working_days(day("31/12/2026"), 1) == day("02/01/2027")
    assert add_working_days(day("31/12/2026"), 2) == day("05/01/2027")
    CalendarDay.objects.all().delete()
    assert add_working_days(day("31/12/2026"), 1) == before


@pytest.mark.django_db
def test_a_holiday_may_be_worked():
    announced("24/11/2026", working=True)
    assert is_working(day("24/11/2026"))


@pytest.mark.django_db
def test_an_exception_rests_on_an_announcement():
    with pytest.raises(IntegrityError):
        CalendarDay.objects.create(day=day("02/01/2027"), working=True)


@pytest.mark.django_db
def test_one_calendar_answers_many_questions_with_one_query():
    announced("02/01/2027", working=True)
    with CaptureQueriesContext(connection) as captured:
        calendar = Calendar.current()
        for days in range(40):
            calendar.between(day("20/11/2026"), calendar.add(day("20/11/2026"), days))
    assert len(captured) == 1


def test_a_negative_term_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="-1"):
        Calendar({}).add(day("20/11/2026"), -1)


DAYS = st.dates(datetime.date(2022, 1, 1), datetime.date(2034, 12, 31))


@given(start=DAYS, days=st.integers(1, 60), swaps=st.dictionaries(DAYS, st.booleans(), max_size=5))
def test_counting_back_gives_what_was_added(start, days, swaps):
    calendar = Calendar(swaps)
    end = calendar.add(start, days)
    assert calendar.is_working(end)
    assert calendar.between(start, end) == days


@given(start=DAYS, days=st.integers(1, 60))
def test_a_longer_term_never_ends_earlier(start, days):
    calendar = Calendar({})
    assert calendar.add(start, days) < calendar.add(start, days + 1)


class Waiting:
    """Something that came to its step at a moment."""

    def __init__(self, moved):
        self.moved = moved


@pytest.mark.parametrize(
    ("moment", "start"),
    [("2026-11-20T16:59:00Z", "20/11/2026"), ("2026-11-20T17:01:00Z", "21/11/2026")],
)
def test_the_day_of_arrival_is_the_hanoi_date(moment, start):
    record = Waiting(datetime.datetime.fromisoformat(moment))
    assert deadlines.arrival(record) == day(start)


@pytest.mark.parametrize(
    ("on", "late"),
    [
        ("23/11/2026", 0),  # the last day itself
        ("24/11/2026", 0),  # a holiday: nobody could have done it since
        ("25/11/2026", 1),
        ("26/11/2026", 2),
        ("28/11/2026", 3),  # a Saturday adds nothing to Friday
    ],
)
def test_lateness_is_counted_in_working_days(on, late):
    with time_machine.travel("2026-11-20T09:00:00+07:00", tick=False):
        record = Waiting(datetime.datetime.now(datetime.UTC))
    found = deadlines.deadline(record, deadlines.Limit(1), Calendar({}), day(on))
    assert (found.day, found.late) == (day("23/11/2026"), late)

"""Typed totals and accepted reports of one indicator: one number, and how it came about.

The table, progress.txt, is written by hand; here it is executed.
"""

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procedures.models import Indicator, ProgressEntry, Report, ReportCall
from procedures.models.indicators import Counting
from procedures.targets import progress
from procedures.targets.reported import Given, not_added

FIRST = datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC)


def rows():
    for line in (Path(__file__).parent / "progress.txt").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            yield tuple(cell.strip() for cell in line.split("|"))


ROWS = list(rows())


def day(text):
    number, month = map(int, text.split("/"))
    return datetime.date(2026, month, number)


def span(text):
    """The days of "9", September 2026, or of "q3", its third quarter."""
    number = int(text.lstrip("q"))
    months = range(3 * number - 2, 3 * number + 1) if "q" in text else range(number, number + 1)
    after = datetime.date(2026 + months[-1] // 12, months[-1] % 12 + 1, 1)
    return datetime.date(2026, months[0], 1), after - datetime.timedelta(days=1)


def said(text, counting=Counting.FLOW):
    """What a cell of the table tells: (typed, given), each moment an hour after the one before."""
    indicator = Indicator(pk=1, unit="buổi", counting=counting)
    typed, accepted = [], []
    for order, told in enumerate(filter(None, text.split("; "))):
        what, when, number = told.split()
        at = FIRST + datetime.timedelta(hours=order)
        if what == "t":
            row = {"pk": order, "team_id": 1, "indicator": indicator, "at": at, "on": day(when)}
            typed.append(ProgressEntry(numerator=int(number), **row))
        else:
            since, until = span(when)
            call = ReportCall(title=when, since=since, until=until)
            report = Report(pk=order, call=call)
            accepted.append(Given(1, indicator, int(number), None, since, until, at, report))
    return typed, accepted


def numbers(text, counting=Counting.FLOW):
    return progress.between(*said(text, counting), None, None)


def day_of(date):
    return f"{date.day}/{date.month}"


def made_of(number):
    if isinstance(number, ProgressEntry):
        return f"t {day_of(number.on)}"
    reports = " ".join(each.title for each in number.reports)
    return f"t {day_of(number.start.on)} + {reports}" if number.start else reports


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_the_table(row):
    told, stand, newest, besides = row
    found = numbers(told)
    assert ", ".join(f"{day_of(one.on)} {one.numerator}" for one in found) == stand
    assert made_of(found[-1]) == newest
    _typed, accepted = said(told)
    assert " ".join(each.title for each in not_added(found[-1], accepted)) == besides


MONTH = st.integers(7, 12)
REPORT = st.builds("r {} {}".format, MONTH, st.integers(0, 50))
TOTAL = st.builds("t {}/{} {}".format, st.integers(1, 28), MONTH, st.integers(0, 60))


@settings(max_examples=150, deadline=None)
@given(st.lists(REPORT | TOTAL, max_size=7), MONTH, st.integers(0, 50))
def test_no_report_ever_takes_anything_back(told, month, number):
    reported = {each.split()[1] for each in told if each.startswith("r")}
    if str(month) in reported:
        return  # said again: the later word counts, and may be less
    once = [each for n, each in enumerate(told) if each.split()[:2] not in
            [other.split()[:2] for other in told[:n]]]  # fmt: skip
    before = numbers("; ".join(once))
    after = numbers("; ".join([*once, f"r {month} {number}"]))
    assert after
    assert after[-1].numerator >= (before[-1].numerator if before else 0)


def test_a_running_total_is_what_was_said_of_its_newest_day():
    told = "t 10/9 40; r 9 35; r 10 0; t 15/10 20"
    stand = [(day_of(one.on), one.numerator) for one in numbers(told, Counting.TOTAL)]
    assert stand == [("10/9", 40), ("30/9", 35), ("15/10", 20), ("31/10", 0)]

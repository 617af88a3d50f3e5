"""How far teams have come by the reports that were accepted: read from them each time, never kept.

A report that is opened again therefore counts no more, and accepted again it counts once. What
happened in a period is added to the total that stood before it, typed or reported; no report takes
anything back from a total (project/decisions/0027).
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone

from workflows.states import State

from ..models import Indicator, ProgressEntry, Report, ReportFigure, Team
from ..models.indicators import Counting
from ..models.targets import amount


@dataclass(frozen=True)
class Given:
    """What an accepted report says of one indicator over ``since`` to ``until``."""

    team_id: int
    indicator: Indicator
    numerator: int
    denominator: int | None
    since: datetime.date
    until: datetime.date
    accepted: datetime.datetime
    report: Report

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1

    @property
    def on(self) -> datetime.date:
        """The day from which it counts: a period may be reported before its last day has come."""
        return min(self.until, timezone.localdate(self.accepted))

    @property
    def at(self) -> datetime.datetime:
        return self.accepted

    @property
    def title(self) -> str:
        """ "Báo cáo tháng 3/2026"."""
        return self.report.call.title

    @property
    def told(self) -> str:
        return amount(self.numerator, self.denominator, self.indicator.unit)


@dataclass(frozen=True)
class Reported:
    """A number that accepted reports come to; it reads as a typed
    :class:`~procedures.models.ProgressEntry` does.

    ``reports`` are those it rests on, oldest period first: one for a running total, all that were
    added for what happens in a period. ``start`` is the typed total they were added to, if any.
    """

    indicator: Indicator
    on: datetime.date
    numerator: int
    denominator: int | None
    at: datetime.datetime
    reports: tuple[Given, ...]
    start: ProgressEntry | None = None

    @property
    def team_id(self) -> int:
        return self.reports[-1].team_id

    @property
    def indicator_id(self) -> int:
        return self.indicator.pk

    @property
    def last(self) -> Given:
        """The report that brought it to this number."""
        return self.reports[-1]

    @property
    def told(self) -> str:
        return amount(self.numerator, self.denominator, self.indicator.unit)


Number = ProgressEntry | Reported
Gifts = dict[tuple[int, int], list[Given]]


def given(teams: Iterable[Team], indicators: Iterable[Indicator]) -> Gifts:
    """Everything accepted of these, by (team pk, indicator pk): two queries.

    "Không phát sinh" is a zero of what happens in a period, and says nothing of a running total. A
    report that is missing, or leaves the number out, gives nothing.
    """
    chosen, asked = list(teams), {each.pk: each for each in indicators}
    found: Gifts = defaultdict(list)
    for one in [*_figures(chosen, asked), *_zeros(chosen, asked)]:
        found[one.team_id, one.indicator.pk].append(one)
    return found


def _figures(teams: Sequence[Team], asked: dict[int, Indicator]) -> Iterable[Given]:
    rows = ReportFigure.objects.filter(
        report__team__in=teams, indicator__in=asked, report__state=State.ACCEPTED
    )
    for row in rows.select_related("report__call", "report__team").order_by("pk"):
        yield _given(row.report, asked[row.indicator_id], row.numerator, row.denominator)


def _zeros(teams: Sequence[Team], asked: dict[int, Indicator]) -> Iterable[Given]:
    flows = [pk for pk, indicator in asked.items() if indicator.counting == Counting.FLOW]
    rows = Report.objects.filter(
        team__in=teams, state=State.ACCEPTED, none=True, call__indicators__in=flows
    )
    named = rows.annotate(asked=F("call__indicators")).select_related("call", "team")
    for row in named.order_by("pk"):
        yield _given(row, asked[row.asked], 0, None)


def _given(report: Report, indicator: Indicator, numerator: int, denominator: int | None) -> Given:
    assert report.accepted is not None  # its state says so
    return Given(
        report.team_id,
        indicator,
        numerator,
        denominator,
        report.call.since,
        report.call.until,
        report.accepted,
        report,
    )


def points(
    rows: Sequence[Given],
    since: datetime.date | None,
    until: datetime.date | None,
    typed: Sequence[ProgressEntry] = (),
) -> list[Number]:
    """The numbers over time that the reports of one team and indicator, and the totals ``typed``
    of it, give a target of these days: one for each day, oldest first, what was said last of it.
    Empty where nothing was said, which is not zero."""
    typed = [entry for entry in typed if _between(entry.on, entry.on, since, until)]
    if rows and rows[0].indicator.counting == Counting.TOTAL:
        fitting = [row for row in rows if _between(row.until, row.until, since, until)]
        found: list[Number] = [*_totals(fitting), *typed]
        found.sort(key=_order)
    else:
        fitting = [row for row in rows if _between(row.since, row.until, since, until)]
        found = _sums(fitting, typed)
    return list({number.on: number for number in found}.values())


def not_added(number: Number, rows: Iterable[Given]) -> list[Given]:
    """The reports into whose period the typed total falls that ``number`` is, or begins with: it
    holds a part of them already, so they are not added to it."""
    start = number if isinstance(number, ProgressEntry) else number.start
    added = () if isinstance(number, ProgressEntry) else number.reports
    if start is None or not start.indicator.adds_up:
        return []
    return [row for row in rows if row.since <= start.on < row.until and row not in added]


def _between(
    first: datetime.date,
    last: datetime.date,
    since: datetime.date | None,
    until: datetime.date | None,
) -> bool:
    return (since is None or since <= first) and (until is None or last <= until)


def _totals(rows: Iterable[Given]) -> list[Reported]:
    """What stands at the end of each period; of two reports for one day the later accepted."""
    by_day = {row.until: row for row in sorted(rows, key=_accepted)}
    return [_added(row, None) for _day, row in sorted(by_day.items(), key=lambda item: item[0])]


def _sums(rows: Iterable[Given], typed: Iterable[ProgressEntry]) -> list[Number]:
    """What came together up to each day on which somebody said something.

    A typed total stands from its day. A report adds its period to what stood before it; where a
    total was typed within the period, that total stands unless the sum comes to more, and where it
    put an earlier sum down, the period is added to the total.
    """
    stood: list[Number] = []
    said: list[ProgressEntry | Given] = [*typed, *_without_overlap(rows)]
    for told in sorted(said, key=_order):
        if isinstance(told, ProgressEntry):
            stood.append(told)
            continue
        before = next((one for one in reversed(stood) if one.on < told.since), None)
        within = stood[-1] if stood and stood[-1] is not before else None
        lower = bool(within and before and within.numerator < before.numerator)
        total = _added(told, within if lower else before)
        if within is None or total.numerator > within.numerator:
            stood.append(total)
    return stood


def _added(row: Given, base: Number | None) -> Reported:
    """What a report makes of the number that stood; of a whole the latest stands."""
    if isinstance(base, Reported):
        start, reports = base.start, (*base.reports, row)
    else:
        start, reports = base, (row,)
    numerator = row.numerator + (base.numerator if base else 0)
    whole = base.denominator if base and row.denominator is None else row.denominator
    at = max(each.accepted for each in reports)
    return Reported(row.indicator, row.on, numerator, whole, at, reports, start)


def _without_overlap(rows: Iterable[Given]) -> tuple[Given, ...]:
    """No day twice: of periods that overlap those which together tell of most days, and as many
    as can be. So a quarter stands for the month that is missing, and not beside its months."""
    same = {(row.since, row.until): row for row in sorted(rows, key=_accepted)}
    ordered = sorted(same.values(), key=lambda row: (row.until, row.since))
    ends = [row.until for row in ordered]
    best: list[tuple[int, int, tuple[Given, ...]]] = [(0, 0, ())]
    for row in ordered:
        days, count, before = best[bisect_left(ends, row.since)]
        best.append(max(best[-1], (days + row.days, count + 1, (*before, row)), key=_size))
    return best[-1][2]


def _size(chosen: tuple[int, int, tuple[Given, ...]]) -> tuple[int, int]:
    return chosen[:2]


def _order(told: Given | Number) -> tuple[datetime.date, datetime.datetime]:
    return (told.on, told.at)


def _accepted(row: Given) -> tuple[datetime.datetime, int]:
    return (row.accepted, row.report.pk)

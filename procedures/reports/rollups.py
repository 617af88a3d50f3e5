"""Adding reports up: who gave what, who is missing, and what it comes to.

Only accepted reports count. What was not given is missing and never zero; "Không phát sinh" is
given, and adds nothing. A quarter adds up what happened in its months; of a running total, and of
a denominator ("hộ trong bản"), which do not grow by counting them again, the latest one stands.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from workflows.deadlines import Calendar
from workflows.states import State

from ..models import Commune, Indicator, Report, ReportCall, Team
from ..models.reports import VILLAGE_REPORT
from .periods import Counted, Every, named


@dataclass(frozen=True)
class Part:
    """What one report gave for one indicator; ``none`` where it said "Không phát sinh"."""

    report: Report
    numerator: int | None = None
    denominator: int | None = None
    none: bool = False

    @property
    def given(self) -> bool:
        return self.none or self.numerator is not None


@dataclass(frozen=True)
class Cell:
    """An indicator of a team over all the calls: the parts it was added up from, or of which the
    last stands where ``adds_up`` is false."""

    parts: tuple[Part, ...]
    adds_up: bool = True

    @property
    def given(self) -> bool:
        return any(part.given for part in self.parts)

    @property
    def none(self) -> bool:
        """Whether all that was given is "Không phát sinh"."""
        return self.given and all(part.none for part in self.parts if part.given)

    @property
    def numerator(self) -> int | None:
        counts = [part.numerator for part in self.parts if part.numerator is not None]
        if not counts:
            return None
        return sum(counts) if self.adds_up else counts[-1]

    @property
    def denominator(self) -> int | None:
        known = [part.denominator for part in self.parts if part.denominator is not None]
        return known[-1] if known else None


@dataclass(frozen=True)
class Row:
    """One team: its reports in the order of the calls, and a cell for each indicator."""

    team: Team
    reports: tuple[Report, ...]
    cells: tuple[Cell, ...]

    @property
    def accepted(self) -> int:
        return sum(report.state == State.ACCEPTED for report in self.reports)

    @property
    def none(self) -> bool:
        """Whether "Không phát sinh" is all it said."""
        said = [report for report in self.reports if report.state == State.ACCEPTED]
        return bool(said) and all(report.none for report in said)


@dataclass(frozen=True)
class Sum:
    """What the teams come to. ``given`` of them gave a number or said there was none."""

    indicator: Indicator
    numerator: int | None
    denominator: int | None
    given: int
    asked: int

    @property
    def lacking(self) -> int:
        return self.asked - self.given

    def told(self) -> dict[str, Any]:
        """Itself as plain JSON."""
        return {
            "name": self.indicator.name,
            "unit": self.indicator.unit,
            "of": self.indicator.of,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "given": self.given,
            "asked": self.asked,
        }


@dataclass(frozen=True)
class Rollup:
    calls: tuple[ReportCall, ...]
    indicators: tuple[Indicator, ...]
    rows: tuple[Row, ...] = field(default=())

    @property
    def reports(self) -> list[Report]:
        return [report for row in self.rows for report in row.reports]

    @property
    def accepted(self) -> int:
        return sum(row.accepted for row in self.rows)

    @property
    def arrived(self) -> int:
        """How many reports are here, looked at or not: "14/18"."""
        return sum(arrived(report) for report in self.reports)

    @property
    def missing(self) -> list[Report]:
        return [report for report in self.reports if not arrived(report)]

    @property
    def lacking(self) -> list[Report]:
        """The reports that are not in the sums: missing, or not accepted yet."""
        return [report for report in self.reports if report.state != State.ACCEPTED]

    @property
    def sums(self) -> list[Sum]:
        return [self._sum(number) for number in range(len(self.indicators))]

    def _sum(self, number: int) -> Sum:
        cells = [row.cells[number] for row in self.rows]
        counts = [cell.numerator for cell in cells if cell.numerator is not None]
        wholes = [cell.denominator for cell in cells if cell.denominator is not None]
        given = sum(cell.given for cell in cells)
        # All said that nothing happened: that is zero, and known. Of a total it says nothing.
        nothing = 0 if given and self.indicators[number].adds_up else None
        total = sum(counts) if counts else nothing
        whole = sum(wholes) if wholes else None
        return Sum(self.indicators[number], total, whole, given, len(cells))


_NOT_SENT = (State.DRAFT, State.RETURNED)


def arrived(report: Report) -> bool:
    return report.state not in _NOT_SENT


def arrivals(calls: Iterable[ReportCall]) -> dict[int, tuple[int, int]]:
    """How many village reports of each call are here, and how many were asked for: one query."""
    here = Count("pk", filter=~Q(state__in=_NOT_SENT))
    found = Report.objects.filter(call__in=list(calls), procedure=VILLAGE_REPORT)
    counted = found.order_by().values("call").annotate(here=here, asked=Count("pk"))
    return {row["call"]: (row["here"], row["asked"]) for row in counted}


_STANDING = {
    State.DRAFT: _("Chưa gửi"),
    State.RETURNED: _("Đã trả lại để sửa"),
    State.TEAM_REVIEW: _("Đã gửi, chờ tổ cấp xã xem"),
    State.SUBMITTED: _("Đã gửi, chờ chuyên viên xem"),
    State.ACCEPTED: _("Đã ghi nhận"),
}


def standing(report: Report) -> str:
    """Where a report is, in the words of who waits for it."""
    if report.none and report.state == State.ACCEPTED:
        return str(_("Không phát sinh"))
    return str(_STANDING[State(report.state)])


def late(report: Report, calendar: Calendar, today: datetime.date) -> int:
    """By how many working days it was first sent late; what was not sent is late until today."""
    limit = calendar.add(report.call.due, 0)
    return max(0, calendar.between(limit, report.sent_on or today))


def rollup(calls: Sequence[ReportCall]) -> Rollup:
    """The village reports of these calls, oldest call first. Four queries."""
    calls = sorted(calls, key=lambda call: call.since)
    asked = Indicator.objects.filter(pk__in=_asked(calls)).order_by("pk")
    indicators = tuple(asked)
    by_team: dict[int, list[Report]] = defaultdict(list)
    found = Report.objects.filter(call__in=calls, procedure=VILLAGE_REPORT)
    found = found.select_related("call", "team", "post", "author").prefetch_related("figures")
    for report in found.order_by("team", "call__since", "pk"):
        by_team[report.team_id].append(report)
    rows = tuple(_row(reports, indicators) for reports in by_team.values())
    return Rollup(tuple(calls), indicators, rows)


def _asked(calls: Iterable[ReportCall]) -> Any:
    through = ReportCall.indicators.through
    return through.objects.filter(reportcall__in=calls).values("indicator")


def _row(reports: list[Report], indicators: Iterable[Indicator]) -> Row:
    cells = (
        Cell(tuple(_part(report, each) for report in reports), each.adds_up) for each in indicators
    )
    return Row(reports[0].team, tuple(reports), tuple(cells))


def _part(report: Report, indicator: Indicator) -> Part:
    if report.state != State.ACCEPTED:
        return Part(report)
    for figure in report.figures.all():
        if figure.indicator_id == indicator.pk:
            return Part(report, figure.numerator, figure.denominator)
    return Part(report, none=report.none)


def told(found: Rollup) -> dict[str, Any]:
    """A roll-up as it is kept with what rests on it: plain JSON, which no later report changes."""
    return {
        "sums": [each.told() for each in found.sums],
        "teams": [
            {
                "name": row.team.name,
                "none": row.none,
                "accepted": row.accepted,
                "asked": len(row.reports),
                "cells": [_told(cell) for cell in row.cells],
            }
            for row in found.rows
        ],
    }


def _told(cell: Cell) -> list[Any]:
    return [cell.numerator, cell.denominator, cell.none]


# Quarters, and what others ask ------------------------------------------------------------------


def months_of_quarter(commune: Commune, year: int, quarter: int) -> list[ReportCall]:
    """The recurring monthly calls of a quarter, each counted as its own rule says."""
    begins = {
        (counted, named(Every.MONTH, counted, year, month).since)
        for counted in Counted
        for month in range(quarter * 3 - 2, quarter * 3 + 1)
    }
    calls = ReportCall.objects.filter(
        commune=commune, rule__every=Every.MONTH, since__in={day for _counted, day in begins}
    )
    found = calls.select_related("rule").order_by("since")
    return [call for call in found if call.rule and (call.rule.counted, call.since) in begins]

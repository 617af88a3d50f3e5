"""What a year came to, month by month: counted from the records, printed as a table."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

from django.utils import timezone

from documents.models import Document
from workflows.deadlines import Calendar
from workflows.models import in_force

from ..models import Change, Commune, Membership, Report, Team
from ..models.reports import VILLAGE_REPORT
from ..reports import rollups

HEADINGS = (
    "Tháng", "Văn bản", "Quyết định", "Kết nạp", "Thôi, đưa ra",
    "BC yêu cầu", "BC nhận", "Không phát sinh", "Trễ hạn", "Số tổ", "Người trong tổ",
)  # fmt: skip
# What a month adds up to is summed; how many stand at its end is not.
_STANDING = 2


@dataclass(frozen=True)
class Row:
    """One month: papers issued in it, people who joined and left by its decisions, the reports
    about it, and what stood at its end."""

    month: str
    papers: int
    decisions: int
    joined: int
    left: int
    asked: int
    received: int
    none: int
    late: int
    teams: int
    members: int


def table(rows: Sequence[Row]) -> list[str]:
    """The lines of the table, columns aligned, with the sum of the year below."""
    cells = [tuple(map(str, astuple(row))) for row in rows]
    lines = [HEADINGS, *cells, _total(rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    drawn = [_line(line, widths) for line in lines]
    rule = "-" * len(drawn[0])
    return [drawn[0], rule, *drawn[1:-1], rule, drawn[-1]]


def _total(rows: Sequence[Row]) -> tuple[str, ...]:
    _months, *columns = zip(*(astuple(row) for row in rows), strict=True)
    sums = [str(sum(column)) for column in columns[:-_STANDING]]
    return ("Cả năm", *sums, *(str(column[-1]) for column in columns[-_STANDING:]))


def _line(cells: Iterable[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)])


def of_year(commune: Commune, months: Iterable[datetime.date]) -> list[Row]:
    """A row for each month, given by its first day."""
    return [_of_month(commune, first) for first in months]


def _of_month(commune: Commune, first: datetime.date) -> Row:
    last = min(_last_day(first), timezone.localdate())
    papers = Document.objects.filter(
        issuer__key__startswith=f"commune:{commune.code}", date__range=(first, last)
    ).exclude(number=None)
    reports = list(
        Report.objects.filter(
            call__rule__commune=commune, call__since=first, procedure=VILLAGE_REPORT
        ).select_related("call")
    )
    received = [report for report in reports if rollups.arrived(report)]
    calendar = Calendar.current()
    return Row(
        month=f"{first:%m/%Y}",
        papers=papers.count(),
        decisions=papers.filter(kind="decision").count(),
        joined=_lines(commune, first, last, Change.Kind.ADMIT),
        left=_lines(commune, first, last, Change.Kind.LEAVE, Change.Kind.REMOVE),
        asked=len(reports),
        received=len(received),
        none=sum(report.none for report in received),
        late=sum(rollups.late(report, calendar, last) > 0 for report in received),
        teams=Team.objects.filter(in_force(last), commune=commune).count(),
        members=Membership.objects.filter(in_force(last), team__commune=commune).count(),
    )


def _lines(commune: Commune, first: datetime.date, last: datetime.date, *kinds: str) -> int:
    """People whom the decisions of these days let in or out."""
    return Change.objects.filter(
        dossier__commune=commune, dossier__decision__date__range=(first, last), kind__in=kinds
    ).count()


def _last_day(first: datetime.date) -> datetime.date:
    following = (first + datetime.timedelta(days=31)).replace(day=1)
    return following - datetime.timedelta(days=1)

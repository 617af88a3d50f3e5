"""What the pages about targets show: a number asked, the newest told, and their picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..models import Target, TargetRequest, TargetTeam, Team
from ..models.targets import Sheet, percent
from . import assigned, charts, progress, reported
from .reported import Given, Number, Reported


@dataclass(frozen=True)
class Reached:
    """One target with what was last said of it; ``entry`` is None while nothing was.

    ``told`` are all numbers that count, typed or from reports, oldest first; ``asked`` is the
    team's newest request; ``besides`` are reports that the newest number holds in part already.
    """

    target: Target
    entry: Number | None
    told: tuple[Number, ...] = ()
    asked: TargetRequest | None = None
    besides: tuple[Given, ...] = ()

    @property
    def words(self) -> str:
        """ "Đã đạt 20/120 hộ (16,6%), phải đạt 36/120 hộ (30%)"."""
        if self.entry is None:
            reached = _("Chưa có số liệu")
        else:
            reached = _("Đã đạt %(told)s") % {"told": self.entry.told}
        return _("%(reached)s, phải đạt %(asked)s") % {
            "reached": reached,
            "asked": self.target.told,
        }

    @property
    def share(self) -> str:
        """How much of what is asked is reached: "55,5% chỉ tiêu"."""
        if self.entry is None or not self.target.numerator:
            return ""
        done = percent(self.entry.numerator, self.target.numerator)
        return _("%(done)s chỉ tiêu") % {"done": done}

    @property
    def done(self) -> bool:
        return self.entry is not None and self.entry.numerator >= (self.target.numerator or 0)

    @property
    def bar(self) -> SafeString:
        value = self.entry.numerator if self.entry else None
        whole = (self.entry.denominator if self.entry else None) or self.target.denominator
        return charts.bar(value, self.target.numerator or 0, whole, self.words)

    @property
    def line(self) -> SafeString | str:
        """The numbers over time; nothing to draw of a single one."""
        if len(self.told) < 2:
            return ""
        points = [(entry.on, entry.numerator) for entry in self.told]
        due = self.target.item.target_set.due or points[-1][0]
        return charts.line(points, self.target.numerator or 0, due, charts.in_words(points))

    @property
    def under_way(self) -> str:
        """How the request stands, for the team."""
        if self.asked is None:
            return ""
        if self.asked.refusal:
            return "refused"
        case = assigned.answering(self.asked)
        if case is None:
            return "open"
        return "changed" if case.state == "released" else "drafted"


Cell = Reached | None


def board(sheet: Sheet) -> list[tuple[TargetTeam, list[Cell]]]:
    """A set with the newest number of every cell: at most three queries for all of them."""
    asked = sheet.target_set
    found = progress.latest(
        [place.team for place in sheet.places],
        [item.indicator for item in sheet.items],
        asked.due,
        since=asked.since,
    )
    return [
        (
            place,
            [
                Reached(cell, found.get((place.team_id, cell.item.indicator_id)))
                if cell and cell.numerator is not None
                else None
                for cell in row
            ],
        )
        for place, row in sheet.rows
    ]


def requests_of(sheet: Sheet) -> list[TargetRequest]:
    """What the teams asked about these targets, the open ones first."""
    asked = list(assigned.requests_on(sheet.cells.values()).values())
    for one in asked:
        one.target = next(c for c in sheet.cells.values() if c.pk == one.target_id)
    return sorted(asked, key=lambda one: (not assigned.is_open(one), -one.pk))


def of_team(team: Team) -> tuple[list[Reached], list[Reached]]:
    """What a team works for now, and what is over or replaced, with everything said: six
    queries, however many targets."""
    given = assigned.of_team(team)
    asked = assigned.requests_on(given)
    indicators = {target.item.indicator for target in given}
    told, gifts = progress.history(team, indicators), reported.given([team], indicators)
    shown = []
    for target in given:
        pk, span = target.item.indicator_id, target.item.target_set
        rows = gifts.get((team.pk, pk), [])
        numbers = progress.between(told.get(pk, []), rows, span.since, span.due)
        last = numbers[-1] if numbers else None
        besides = reported.not_added(last, rows) if last else ()
        shown.append(Reached(target, last, tuple(numbers), asked.get(target.pk), tuple(besides)))
    return (
        [row for row in shown if assigned.due_now(row.target)],
        [row for row in shown if not assigned.due_now(row.target)],
    )


def reports_behind(rows: Iterable[Reached]) -> set[int]:
    """The reports that these numbers rest on."""
    said = (number for row in rows for number in (*row.told, row.entry))
    numbers = [number for number in said if isinstance(number, Reported)]
    return {each.report.pk for number in numbers for each in number.reports}

"""What the pages about targets show: a number asked, the newest told, and their picture."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from . import charts, progress, targets
from .models import ProgressEntry, Target, TargetRequest, TargetTeam, Team
from .models.targets import Sheet, percent


@dataclass(frozen=True)
class Reached:
    """One target with what was last told of it; ``entry`` is None while nothing was told.

    ``told`` are all entries that count, oldest first; ``asked`` is the team's newest request.
    """

    target: Target
    entry: ProgressEntry | None
    told: tuple[ProgressEntry, ...] = ()
    asked: TargetRequest | None = None

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
        case = targets.answering(self.asked)
        if case is None:
            return "open"
        return "changed" if case.state == "released" else "drafted"


Cell = Reached | None


def board(sheet: Sheet) -> list[tuple[TargetTeam, list[Cell]]]:
    """A set with the newest number of every cell: one query for all of them."""
    asked = sheet.target_set
    found = progress.latest(
        [place.team for place in sheet.places],
        [item.indicator for item in sheet.items],
        last_day(asked.due),
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


def last_day(due: datetime.date | None) -> datetime.date:
    """Numbers of later days belong to the next targets."""
    today = timezone.localdate()
    return min(due, today) if due else today


def requests_of(sheet: Sheet) -> list[TargetRequest]:
    """What the teams asked about these targets, the open ones first."""
    asked = list(targets.requests_on(sheet.cells.values()).values())
    for one in asked:
        one.target = next(c for c in sheet.cells.values() if c.pk == one.target_id)
    return sorted(asked, key=lambda one: (not targets.is_open(one), -one.pk))


def of_team(team: Team) -> tuple[list[Reached], list[Reached]]:
    """What a team works for now, and what is over or replaced, with everything told: four
    queries, however many targets."""
    given = targets.of_team(team)
    told = progress.history(team, {target.item.indicator for target in given})
    asked = targets.requests_on(given)
    shown = [_reached(target, told, asked) for target in given]
    return (
        [row for row in shown if targets.due_now(row.target)],
        [row for row in shown if not targets.due_now(row.target)],
    )


def _reached(
    target: Target, told: dict[int, list[ProgressEntry]], asked: dict[int, TargetRequest]
) -> Reached:
    entries = _within(target, told.get(target.item.indicator_id, []))
    return Reached(target, entries[-1] if entries else None, entries, asked.get(target.pk))


def _within(target: Target, entries: Sequence[ProgressEntry]) -> tuple[ProgressEntry, ...]:
    since, until = target.item.target_set.since, last_day(target.item.target_set.due)
    fitting = [e for e in entries if e.on <= until and (since is None or e.on >= since)]
    return tuple(progress.counting(fitting))

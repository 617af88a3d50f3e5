"""How far teams have come: what was last told, and telling more. Missing is never zero.

:func:`latest` is what reports and pages read; an (team, indicator) of which nothing was told is not
in its answer.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows.errors import Refusal

from .models import Indicator, ProgressEntry, Team
from .models.progress import ProgressEntry as _Entry

Latest = dict[tuple[int, int], ProgressEntry]
Source = _Entry.Source


@dataclass(frozen=True)
class Count:
    """One number told: ``numerator`` counted, out of ``denominator`` in a share."""

    indicator: Indicator
    numerator: int
    denominator: int | None = None
    note: str = ""


def latest(
    teams: Team | Iterable[Team],
    indicators: Indicator | Iterable[Indicator],
    on: datetime.date | None = None,
    *,
    since: datetime.date | None = None,
) -> Latest:
    """The newest number of each team and indicator told for a day up to ``on`` (today) and not
    before ``since``: {(team pk, indicator pk): entry}. One query; of two entries for one day the
    later counts."""
    found = ProgressEntry.objects.filter(
        team__in=[teams] if isinstance(teams, Team) else list(teams),
        indicator__in=[indicators] if isinstance(indicators, Indicator) else list(indicators),
        on__lte=on or timezone.localdate(),
    )
    if since is not None:
        found = found.filter(on__gte=since)
    newest_first = Window(
        RowNumber(),
        partition_by=[F("team"), F("indicator")],
        order_by=[F("on").desc(), F("pk").desc()],
    )
    rows = found.annotate(place=newest_first).filter(place=1).select_related("indicator")
    return {(row.team_id, row.indicator_id): row for row in rows}


def history(team: Team, indicators: Iterable[Indicator]) -> dict[int, list[ProgressEntry]]:
    """Everything told of a team, oldest first, by indicator: one query."""
    told: dict[int, list[ProgressEntry]] = {}
    found = ProgressEntry.objects.filter(team=team, indicator__in=list(indicators))
    for entry in found.select_related("indicator").order_by("on", "pk"):
        told.setdefault(entry.indicator_id, []).append(entry)
    return told


def counting(entries: Sequence[ProgressEntry]) -> list[ProgressEntry]:
    """Of what was told, oldest first, one entry for each day: the one that counts."""
    by_day = {entry.on: entry for entry in entries}
    return [by_day[day] for day in sorted(by_day)]


def tell(
    team: Team,
    counts: Sequence[Count],
    *,
    on: datetime.date,
    by: Any,
    capacity: str,
    source: str = Source.TYPED,
    reference: str = "",
) -> list[ProgressEntry]:
    """Keep what ``by`` counted in a team on a day. Who may is for the caller to ask.

    Raises :class:`Refusal` with the key of the indicator as its field: a share without its whole,
    a part larger than the whole; "on" for a day that has not come.
    """
    _refuse(team, counts, on)
    return ProgressEntry.objects.bulk_create(
        ProgressEntry(
            team=team,
            indicator=count.indicator,
            on=on,
            numerator=count.numerator,
            denominator=count.denominator if count.indicator.is_share else None,
            note=count.note,
            source=source,
            reference=reference,
            by=by,
            by_name=str(by),
            capacity=capacity,
        )
        for count in counts
    )


def _refuse(team: Team, counts: Sequence[Count], on: datetime.date) -> None:
    if team.until is not None:
        raise Refusal(_("Tổ không còn hoạt động nên không nhận số liệu mới."))
    if on > timezone.localdate():
        raise Refusal(_("Ngày của số liệu chưa đến."), field="on")
    if not counts:
        raise Refusal(_("Ghi ít nhất một số. Chưa có số liệu thì để trống, không ghi 0."))
    for count in counts:
        whole, field = count.denominator, str(count.indicator.pk)
        if count.indicator.is_share and not whole:
            raise Refusal(
                _("Ghi tổng số (%(of)s).") % {"of": count.indicator.of}, field=f"d-{field}"
            )
        if count.indicator.is_share and whole and count.numerator > whole:
            raise Refusal(_("Số đã đạt lớn hơn tổng số."), field=f"n-{field}")

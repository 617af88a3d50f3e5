"""How far teams have come: what was typed, what accepted reports say, and typing more.

Missing is never zero. :func:`latest` and :func:`between` are what pages read: how a typed total and
reports come to one number is told in :mod:`procedures.targets.reported`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from workflows.errors import Refusal

from ..models import Indicator, ProgressEntry, Team
from . import reported
from .reported import Given, Number

Latest = dict[tuple[int, int], Number]


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
    """The newest number of each team and indicator for a day up to ``on`` (today) and not before
    ``since``: {(team pk, indicator pk): number}. At most three queries; what nobody said anything
    of is not in it."""
    chosen = [teams] if isinstance(teams, Team) else list(teams)
    asked = [indicators] if isinstance(indicators, Indicator) else list(indicators)
    until = on or timezone.localdate()
    typed, gifts = _typed(chosen, asked, since, until), reported.given(chosen, asked)
    found = {
        key: between(typed.get(key, []), gifts.get(key, []), since, until)
        for key in typed.keys() | gifts.keys()
    }
    return {key: numbers[-1] for key, numbers in found.items() if numbers}


def _typed(
    teams: Sequence[Team],
    indicators: Sequence[Indicator],
    since: datetime.date | None,
    until: datetime.date,
) -> dict[tuple[int, int], list[ProgressEntry]]:
    """What was typed of these days, oldest first, by team and indicator: one query."""
    rows = ProgressEntry.objects.filter(team__in=teams, indicator__in=indicators, on__lte=until)
    if since is not None:
        rows = rows.filter(on__gte=since)
    told: dict[tuple[int, int], list[ProgressEntry]] = {}
    for entry in rows.select_related("indicator").order_by("on", "pk"):
        told.setdefault((entry.team_id, entry.indicator_id), []).append(entry)
    return told


def history(team: Team, indicators: Iterable[Indicator]) -> dict[int, list[ProgressEntry]]:
    """Everything typed of a team, oldest first, by indicator: one query."""
    told: dict[int, list[ProgressEntry]] = {}
    found = ProgressEntry.objects.filter(team=team, indicator__in=list(indicators))
    for entry in found.select_related("indicator").order_by("on", "pk"):
        told.setdefault(entry.indicator_id, []).append(entry)
    return told


def between(
    typed: Sequence[ProgressEntry],
    given: Sequence[Given],
    since: datetime.date | None,
    until: datetime.date | None,
) -> list[Number]:
    """What was typed and accepted of one team and indicator as the numbers of a target of these
    days, one for each day, oldest first."""
    return reported.points(given, since, until, typed)


def tell(
    team: Team,
    counts: Sequence[Count],
    *,
    on: datetime.date,
    by: Any,
    capacity: str,
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

"""The calendar of a commune's year: what happens when. How it happens stands in the modules beside.

Months are counted from 0; in the twelfth the last whole month is reported.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial

from ..roles import Role
from . import copies_year as copies
from . import matters_year as matters
from . import members_year as members
from . import papers_year as papers
from . import reports_year as reports
from . import stories
from . import teams_year as teams
from .clock import Clock, Year
from .walk import Walk

Event = tuple[int, int, Callable[[], object]]
# The Chairman is on leave.
AWAY = 6
_DAY = datetime.timedelta(days=1)


def live(commune: Walk, ward: Walk, clock: Clock, year: Year) -> None:
    """Everything, in its order, each on its day or as soon after as the office comes to it."""
    events = [*_beginning(commune, ward), *_each_month(commune), *_once(commune, year)]
    for month, day, happens in sorted(events, key=lambda event: event[:2]):
        clock.on(year.day(month, day))
        happens()


def _beginning(commune: Walk, ward: Walk) -> list[Event]:
    return [
        (0, 2, partial(teams.record_existing, commune)),
        (0, 2, partial(reports.asked_monthly, commune)),
        (0, 3, partial(stories.round_of_the_commune, commune)),
        (0, 16, partial(stories.commune_team, commune)),
        (0, 18, partial(stories.ward_on_paper, ward)),
        (0, 19, partial(stories.withdrawn, ward)),
    ]


def _each_month(commune: Walk) -> list[Event]:
    """Reports of the month before, requests about members, and the decision on them."""
    deputy = commune.cast(Role.DEPUTY_CHAIRMAN)
    events: list[Event] = []
    for month in range(1, 13):
        signer = deputy if month == AWAY else None
        events += [
            (month, 1, partial(reports.month_reported, commune, month - 1)),
            (month, 8, partial(reports.reported_upward, commune, signer, last=month == 12)),
        ]
    for month in range(1, 12):
        signer = deputy if month == AWAY else None
        events += [
            (month, 12, partial(members.asked_in, commune, month, signer)),
            (month, 23, partial(members.decided, commune, signer)),
        ]
    return events


def _once(commune: Walk, year: Year) -> list[Event]:
    return [
        (1, 16, partial(matters.announced, commune)),
        (1, 26, partial(copies.notice_copied, commune)),
        (2, 9, partial(matters.targets_assigned, commune, year.day(2, 15), year.day(12, 1) - _DAY)),
        (2, 20, partial(matters.targets_seen, commune)),
        (3, 4, partial(papers.planned, commune)),
        (3, 15, partial(papers.met, commune)),
        (3, 26, partial(papers.sent_out, commune)),
        (3, 11, partial(members.decided_at_once, commune)),
        (4, 10, partial(teams.leader_dies, commune, "Liên Hương")),
        (4, 25, partial(teams.leader_follows, commune, "Liên Hương", "tq.truongban8b")),
        (4, 28, partial(matters.progress_told, commune, 4)),
        (5, 14, partial(matters.training_registered, commune)),
        (5, 18, partial(matters.target_changed, commune, "Sơn Hà")),
        (7, 6, partial(teams.hamlets_merge, commune, "Còn Phen", "Na Lạ")),
        (7, 18, partial(teams.teams_merge, commune, "Na Lạ")),
        (7, 24, partial(reports.office_above_asks, commune)),
        (8, 14, partial(matters.listed_upward, commune)),
        (8, 20, partial(matters.progress_told, commune, 8)),
        (9, 13, partial(teams.team_reviewed, commune, "Khe Mèn")),
        (11, 16, partial(matters.commended, commune, "Bãi Sở")),
    ]

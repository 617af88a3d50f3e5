"""Asking for reports: recurring ones on their day, requests at once; and reminding who is missing.

What accepted reports say of targets is read in :mod:`procedures.targets.reported`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _t

from documents import service as documents
from workflows import authority
from workflows.authority import Capacity
from workflows.deadlines import Calendar
from workflows.errors import Refusal
from workflows.models import Holding, Post, in_force
from workflows.service import by_the_clock
from workflows.states import State

from ..finding import indexing
from ..models import Commune, Indicator, Level, Notice, Report, ReportCall, ReportRule, Team
from ..models.reports import COMMUNE_REPORT, VILLAGE_REPORT
from ..roles import DIGITAL, Role
from . import periods, rollups

ASKERS = (Role.SPECIALIST,)


@dataclass(frozen=True)
class Asked:
    """What a call asks, from its period to who asks; ``teams`` None is all that stand today."""

    title: str
    since: datetime.date
    until: datetime.date
    due: datetime.date
    indicators: Sequence[Indicator]
    questions: str = ""
    source: str = ""
    issuer: str = ""
    number: str = ""
    dated: datetime.date | None = None
    scan: bytes = field(default=b"", repr=False)
    teams: Sequence[Team] | None = None


def posts_that_may_ask(held: Iterable[Capacity]) -> list[Post]:
    """The posts from which somebody with these capacities may ask for reports: a specialist's."""
    fitting = (c for c in held if c.post.role in ASKERS)
    return [c.post for c in fitting if not c.delegation or c.delegation.field in ("", DIGITAL)]


def teams_to_ask(commune: Commune, level: str = "") -> QuerySet[Team]:
    """The teams that stand, those of hamlets in their order, then the commune's own."""
    standing = Team.objects.filter(
        in_force(), commune=commune, **({"level": level} if level else {})
    )
    return standing.select_related("hamlet__head_post").order_by("-level", "hamlet", "pk")


@transaction.atomic
def ask(user: Any, post: Post, asked: Asked) -> ReportCall:
    """Open a call in the commune of ``post``; every team asked has a report to write.

    Raises :class:`Refusal`: not from this post, nothing asked, no team, a due day that is over.
    """
    if post not in posts_that_may_ask(authority.capacities(user)):
        raise Refusal(_t("Chỉ chuyên viên yêu cầu báo cáo được."))
    if asked.due < timezone.localdate():
        raise Refusal(_t("Hạn gửi phải từ hôm nay trở đi."), field="due")
    return _opened(post.agency.commune, user, asked)


def _opened(commune: Commune, by: Any, asked: Asked, rule: ReportRule | None = None) -> ReportCall:
    if asked.until < asked.since:
        raise Refusal(_t("Ngày cuối của kỳ không thể trước ngày đầu."), field="until")
    if not asked.indicators and not asked.questions.strip():
        raise Refusal(_t("Chọn ít nhất một chỉ số hoặc ghi một câu hỏi."), field="indicators")
    told = {
        name: getattr(asked, name)
        for name in ("title", "since", "until", "due", "questions", "source", "issuer", "number",
                     "dated")
    }  # fmt: skip
    call = ReportCall.objects.create(
        commune=commune,
        unit=commune.divisions.get().unit,
        rule=rule,
        opened_by=by,
        scan=documents.keep_scan(asked.scan) if asked.scan else "",
        **told,
    )
    call.indicators.set(asked.indicators)
    reports = _reports(call, asked.teams, by)
    if not any(report.procedure == VILLAGE_REPORT for report in reports):
        raise Refusal(_t("Chưa có tổ thôn, bản, khu phố nào để yêu cầu báo cáo."), field="teams")
    Report.objects.bulk_create(reports)
    made = list(call.reports.select_related("team", "call", "post", "author"))
    indexing.index_reports(made)
    _notify(made, Notice.Kind.CALLED, by, _t("UBND %s") % commune.full_name)
    return call


def _reports(call: ReportCall, teams: Sequence[Team] | None, by: Any) -> list[Report]:
    """One for each team asked whose leader's post exists, and the commune team's over them."""
    chosen = {team.pk for team in teams} if teams is not None else None
    secretary = Post.objects.filter(agency=call.commune.agency_id, role=Role.YOUTH_SECRETARY)
    standing = [
        (team, team.hamlet.head_post if team.hamlet else secretary.first())
        for team in teams_to_ask(call.commune)
        if chosen is None or team.pk in chosen or team.level == Level.COMMUNE
    ]
    sitting = _sitting([post.pk for _team, post in standing if post])
    return [
        Report(
            agency_id=call.commune.agency_id,
            post=post,
            author=sitting.get(post.pk, by),
            field=DIGITAL,
            procedure=VILLAGE_REPORT if team.hamlet_id else COMMUNE_REPORT,
            call=call,
            team=team,
            unit=call.unit,
        )
        for team, post in standing
        if post
    ]


def _sitting(posts: list[int]) -> dict[int, Any]:
    holdings = Holding.objects.filter(in_force(), post__in=posts).select_related("user")
    return {holding.post_id: holding.user for holding in holdings.order_by("-pk")}


# On their day ------------------------------------------------------------------------------------


def open_due(by: Any, today: datetime.date | None = None) -> list[ReportCall]:
    """Open the recurring calls whose period is over, each once; ``by`` is the system's account."""
    today = today or timezone.localdate()
    rules = ReportRule.objects.filter(since__lte=today).exclude(until__lte=today)
    found = (_open_due(rule, by, today) for rule in rules.select_related("commune"))
    return [call for call in found if call]


@transaction.atomic
def _open_due(rule: ReportRule, by: Any, today: datetime.date) -> ReportCall | None:
    # Two runs queue here; the second finds what the first has opened.
    rule = ReportRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    span = periods.last_ended(rule.every, rule.counted, today)
    if span.until < rule.since or rule.calls.filter(since=span.since).exists():
        return None
    if not teams_to_ask(rule.commune, Level.HAMLET).exists():
        return None
    due = max(periods.due_after(span.until, rule.due_day), Calendar.current().add(today, 1))
    asked = Asked(
        title=_t("Báo cáo %(period)s") % {"period": span.name},
        since=span.since,
        until=span.until,
        due=due,
        indicators=list(rule.indicators.all()),
        questions=rule.questions,
        source=rule.source,
    )
    return _opened(rule.commune, by, asked, rule)


def hand_on_silent(by: Any) -> list[Report]:
    """Hand the specialist what the commune team's leader left lying past its term."""
    waiting = Report.objects.filter(state=State.TEAM_REVIEW).order_by("pk")
    handed = (by_the_clock(report, "hand_on", by=by) for report in waiting)
    return [report for report in handed if report]


# Telling and reminding ---------------------------------------------------------------------------


def _notify(reports: Iterable[Report], kind: str, by: Any, capacity: str) -> int:
    reports = list(reports)
    sitting = _sitting([report.post_id for report in reports])
    notices = [
        Notice(
            recipient=sitting[report.post_id],
            kind=kind,
            record_type=Report._meta.label_lower,
            record_id=report.pk,
            title=report.title,
            sender_name=str(by),
            sender_capacity=capacity,
        )
        for report in reports
        if report.post_id in sitting and sitting[report.post_id] != by
    ]
    return len(Notice.objects.bulk_create(notices))


@transaction.atomic
def remind(call: ReportCall, *, by: Any) -> int:
    """Remind the leader of every team whose report is missing; how many people were told.

    Once a day and team. Raises :class:`Refusal`: neither a specialist nor the commune team's
    leader, nobody to remind.
    """
    ReportCall.objects.select_for_update().get(pk=call.pk)
    capacity = _reminding(call, authority.capacities(by))
    missing = {report.pk: report for report in rollups.rollup([call]).missing}
    for pk in _reminded_today(missing):
        del missing[pk]
    told = _notify(missing.values(), Notice.Kind.NUDGE, by, capacity.label)
    if not told:
        raise Refusal(_t("Hôm nay đã nhắc hết rồi, hoặc tổ còn thiếu chưa có người giữ chức vụ."))
    return told


def _reminding(call: ReportCall, held: Iterable[Capacity]) -> Capacity:
    roles = (*ASKERS, Role.YOUTH_SECRETARY)
    for capacity in held:
        if capacity.post.agency_id == call.commune.agency_id and capacity.post.role in roles:
            return capacity
    raise Refusal(_t("Chỉ chuyên viên hoặc Tổ trưởng tổ cấp xã nhắc được."))


def _reminded_today(reports: Iterable[int]) -> set[int]:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    told = Notice.objects.filter(
        record_type=Report._meta.label_lower,
        record_id__in=list(reports),
        kind=Notice.Kind.NUDGE,
        at__gte=midnight,
    )
    return set(told.values_list("record_id", flat=True))


def waiting_for_posts(posts: Sequence[Post]) -> list[Report]:
    """What the holders of these posts are asked and have not begun to send: one query."""
    if not posts:
        return []
    drafts = Report.objects.filter(post__in=posts, state=State.DRAFT)
    return list(drafts.select_related("call", "team").order_by("call__due", "pk")[:5])


__all__ = [
    "Asked",
    "ask",
    "hand_on_silent",
    "open_due",
    "posts_that_may_ask",
    "remind",
    "teams_to_ask",
    "waiting_for_posts",
]

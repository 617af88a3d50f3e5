"""Twelve months of reports: from the villages to the commune team, the Committee and the Sở."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from workflows.deadlines import add_working_days
from workflows.service import perform
from workflows.states import State

from .. import demo
from ..flows import report_upward
from ..models import Indicator, Report, ReportCall, ReportRule
from ..models.reports import VILLAGE_REPORT
from ..reports import reporting, rollups
from ..reports.periods import Counted, Every
from ..roles import Role
from .cast import households
from .walk import Walk

OFFICE_ABOVE = "Sở Khoa học và Công nghệ tỉnh Nghệ An"
_PLAN = "Kế hoạch số 45/KH-UBND ngày 20 tháng 8 năm 2025 của UBND xã Tam Quang, mục II.2.3"
_DUE_DAY = 5


@dataclass(frozen=True)
class Troubles:
    """What does not go smoothly in a month: places whose report is late, returned once or missing,
    and whether the commune team's leader is silent."""

    late: str = ""
    returned: str = ""
    missing: str = ""
    silent: bool = False


# By the month reported, counted from 0.
TROUBLES = {
    2: Troubles(returned="Tam Bông"),
    4: Troubles(late="Nậm Cắm"),
    6: Troubles(silent=True),
    8: Troubles(missing="Piêng Lâng"),
    9: Troubles(late="Quang Yên", returned="Khe Mèn"),
}


def asked_monthly(walk: Walk) -> None:
    """The commune chose: every month, until the fifth of the next."""
    walk.tell(f"báo cáo hằng tháng của các tổ, hạn ngày {_DUE_DAY:02d} tháng sau")
    first = timezone.localdate().replace(day=1)
    rule = ReportRule.objects.create(
        commune=walk.commune,
        every=Every.MONTH,
        counted=Counted.CALENDAR,
        due_day=_DUE_DAY,
        source=_PLAN,
        since=first,
    )
    rule.indicators.set(_counted(walk))


def _counted(walk: Walk) -> list[Indicator]:
    """Households visited, and meetings held."""
    return list(walk.commune.indicators.order_by("-pk")[:2])


def month_reported(walk: Walk, month: int) -> None:
    """The reports about one month: opened by the clock, sent, accepted, rolled up."""
    [call] = reporting.open_due(_clockwork())
    _collected(walk, call, month, TROUBLES.get(month, Troubles()))


def office_above_asks(walk: Walk) -> None:
    """The Sở asks once, by a paper: every team answers, and the Committee answers the Sở."""
    today = timezone.localdate()
    asked = reporting.Asked(
        title="Báo cáo việc hướng dẫn người dân dùng dịch vụ công trực tuyến",
        since=today - datetime.timedelta(days=30),
        until=today,
        due=add_working_days(today, 5),
        indicators=_counted(walk),
        issuer=OFFICE_ABOVE,
        number="1107/SKHCN-CĐS",
        dated=today - datetime.timedelta(days=4),
    )
    walk.tell(f"Sở yêu cầu báo cáo bằng Công văn số {asked.number}, hạn {asked.due:%d/%m/%Y}")
    user, post = walk.cast(Role.SPECIALIST), walk.cast.post(Role.SPECIALIST)
    call = reporting.ask(user, post, asked)
    _collected(walk, call, 7, Troubles())
    _drawn_up(walk, [call], "")


def _collected(walk: Walk, call: ReportCall, month: int, troubles: Troubles) -> None:
    """From the leaders' reports to the roll-up of the commune team."""
    walk.later(1)
    for number, report in enumerate(_of_villages(call)):
        if _place(report) not in (troubles.late, troubles.missing):
            _sent(report, number, month)
    _one_returned(walk, call, troubles.returned)
    if troubles.silent:
        _handed_on(walk, call)
    else:
        walk.later(1, hour=15)
        _accepted(call, walk.cast(Role.YOUTH_SECRETARY))
    _one_late(walk, call, troubles.late)
    _rolled_up(walk, call)
    _told(walk, call, troubles)


def _clockwork() -> Any:
    return get_user_model().objects.get(username=demo.SYSTEM)


def _of_villages(call: ReportCall) -> list[Report]:
    found = call.reports.filter(procedure=VILLAGE_REPORT)
    return list(found.select_related("team__hamlet", "post", "call").order_by("pk"))


def _place(report: Report) -> str:
    return report.team.hamlet.name if report.team.hamlet else ""


def _do(report: Report, act: str, by: Any, note: str = "", **data: Any) -> Report:
    return perform(report, act, by=by, seen=report.revision, note=note, **data)


def _sent(report: Report, number: int, month: int) -> None:
    """By the leader, one in seven of whom has nothing to report; a vacant post sends none."""
    holding = report.post.holder()
    if holding is None:
        return
    if (number + month) % 7 == 0:
        _do(report, "send_report", holding.user, none=True)
    else:
        _do(report, "send_report", holding.user, **_figures(report, number, month))


def _figures(report: Report, number: int, month: int) -> dict[str, Any]:
    """Different for each team and month, the same in every run."""
    counted = households(report.team.hamlet) if report.team.hamlet else 0
    told = {
        each.pk: (3 + (5 * number + 7 * month) % 12, counted)
        if each.is_share
        else (1 + (number + month) % 3, None)
        for each in report.call.indicators.all()
    }
    troubles = {1: "Sóng di động ở các cụm dân cư xa còn yếu.", 5: "Thiếu thiết bị trình chiếu."}
    return {"figures": told, "trouble": troubles.get((number * month) % 11, "")}


def _accepted(call: ReportCall, by: Any, state: State = State.TEAM_REVIEW) -> None:
    for report in call.reports.filter(procedure=VILLAGE_REPORT, state=state).order_by("pk"):
        _do(report, "accept_report", by)


def _of(call: ReportCall, place: str) -> Report:
    return call.reports.get(team__hamlet__name=place)


def _one_returned(walk: Walk, call: ReportCall, place: str) -> None:
    if place:
        report = _of(call, place)
        report = _do(
            report, "return_report", walk.cast(Role.YOUTH_SECRETARY),
            note="Xem lại số hộ đã đến hướng dẫn.",
        )  # fmt: skip
        walk.later(1)
        _do(report, "send_report", report.author)


def _one_late(walk: Walk, call: ReportCall, place: str) -> None:
    """Reminded, and sent three working days after its day."""
    if place:
        reporting.remind(call, by=walk.cast(Role.SPECIALIST))
        walk.on(add_working_days(call.due, 3))
        _sent(_of(call, place), number=5, month=1)
        _accepted(call, walk.cast(Role.YOUTH_SECRETARY))


def _handed_on(walk: Walk, call: ReportCall) -> None:
    """The commune team's leader says nothing: past the term the specialist takes over."""
    walk.on(add_working_days(call.due, 2))
    reporting.hand_on_silent(_clockwork())
    _accepted(call, walk.cast(Role.SPECIALIST), State.SUBMITTED)


def _rolled_up(walk: Walk, call: ReportCall) -> None:
    """Signed off by the leader of the commune team, accepted by the specialist."""
    walk.later(1)
    own = call.reports.exclude(procedure=VILLAGE_REPORT).get()
    answer = "Các tổ duy trì hướng dẫn tận nhà và theo nhóm nhỏ."
    own = _do(own, "send_rollup", walk.cast(Role.YOUTH_SECRETARY), answer=answer)
    _do(own, "accept_report", walk.cast(Role.SPECIALIST))


def _told(walk: Walk, call: ReportCall, troubles: Troubles) -> None:
    found = rollups.rollup([call])
    none = sum(report.none for report in found.reports)
    told = f"{found.accepted}/{len(found.rows)} báo cáo được ghi nhận, {none} không phát sinh"
    if troubles.silent:
        told += "; tổ cấp xã quá hạn xem, chuyên viên xem thay"
    for place, what in ((troubles.late, "trễ hạn"), (troubles.missing, "chưa gửi"),
                        (troubles.returned, "trả lại để sửa")):  # fmt: skip
        told += f"; bản {place} {what}" if place else ""
    walk.tell(f"{call.title}: {told}")


def reported_upward(walk: Walk, signer: Any = None, *, last: bool = False) -> None:
    """Once a quarter is complete the Committee reports it; ``last``, what is left over."""
    recurring = ReportCall.objects.filter(commune=walk.commune, rule__isnull=False)
    call = recurring.order_by("-since")[0]
    quarter, over = divmod(call.since.month - 1, 3)
    if over < 2 and not last:
        return
    calls = rollups.months_of_quarter(walk.commune, call.since.year, quarter + 1)
    period = f"quý {('I', 'II', 'III', 'IV')[quarter]}/{call.since.year}"
    if over < 2:
        period = "" if len(calls) == 1 else f"{len(calls)} tháng đầu {period}"
    _drawn_up(walk, calls, period, signer)


def _drawn_up(walk: Walk, calls: Sequence[ReportCall], period: str, signer: Any = None) -> None:
    walk.tell(f"Báo cáo của Ủy ban nhân dân: {period or calls[0].title}")
    specialist, post = walk.drafter()
    draft = report_upward.draft(specialist, post, calls, period=period)
    draft = walk.do(
        draft, "edit", specialist, addressee=OFFICE_ABOVE,
        next_tasks="Tiếp tục hướng dẫn tận nhà cho hộ chưa dùng dịch vụ công trực tuyến.",
    )  # fmt: skip
    walk.decided(draft, signer)

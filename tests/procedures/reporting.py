"""Teams that stand, what is asked of them, and their reports, by the right people."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import time_machine

from documents import service as documents
from procedures.models import Hamlet, Indicator, Level, Report, ReportRule, Team
from procedures.models.entering import Received
from procedures.reports import reporting
from procedures.roles import Role
from workflows.service import perform

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
PLAN = "Kế hoạch số 45/KH-UBND ngày 20 tháng 8 năm 2025, mục II.2.3"
LETTER = {
    "issuer": "Sở Khoa học và Công nghệ tỉnh Nghệ An",
    "number": "1234/SKHCN-CĐS",
    "dated": datetime.date(2026, 11, 5),
}


def at(year, month, day, hour=9):
    """The clock stands still at that hour in Hanoi."""
    moment = datetime.datetime(year, month, day, hour, tzinfo=HANOI)
    return time_machine.travel(moment, tick=False)


def teams(cast, count=3, *, since=datetime.date(2025, 9, 1)) -> list[Team]:
    """The commune's own team and those of its first hamlets, on a decision issued elsewhere."""
    commune = cast.agency.commune
    decision = documents.record_elsewhere(
        issuer=commune.issuer, kind="decision", number=15, symbol="QĐ-UBND", date=since,
        signer_name="Nguyễn Đình Hợp", subject="Về việc thành lập các tổ",
    )  # fmt: skip
    told = {"commune": commune, "decision": decision, "since": since}
    name = "Tổ công nghệ số cộng đồng"
    hamlets = Hamlet.objects.filter(commune=commune).order_by("pk")[:count]
    made = [
        Team.objects.create(level=Level.HAMLET, hamlet=h, name=f"{name} {h.full_name}", **told)
        for h in hamlets
    ]
    own = Team.objects.create(level=Level.COMMUNE, name=f"{name} {commune.full_name}", **told)
    return [*made, own]


def indicators(cast) -> tuple[Indicator, Indicator]:
    """A count and a share."""
    commune = cast.agency.commune
    helped = Indicator.objects.create(
        commune=commune, name="Lượt người được hướng dẫn", unit="lượt"
    )
    shops = Indicator.objects.create(
        commune=commune, name="Hộ có gian hàng số", unit="hộ", of="hộ trong bản",
        source="Công văn số 01/STTTT, mục 2.2",
    )  # fmt: skip
    return helped, shops


def asked(cast, wanted, **more):
    """A call for these indicators, opened by the first specialist."""
    today = datetime.date.today()
    told = {
        "title": "Báo cáo tháng 11/2026",
        "since": datetime.date(2026, 11, 1),
        "until": datetime.date(2026, 11, 30),
        "due": today + datetime.timedelta(days=5),
        "indicators": list(wanted),
        **more,
    }
    return reporting.ask(cast(Role.SPECIALIST), cast.post(Role.SPECIALIST), reporting.Asked(**told))


def rule(cast, wanted, **more) -> ReportRule:
    told = {"every": "month", "counted": "calendar", "due_day": 5, "source": PLAN,
            "since": datetime.date(2026, 1, 1), **more}  # fmt: skip
    made = ReportRule.objects.create(commune=cast.agency.commune, **told)
    made.indicators.set(wanted)
    return made


def of(call, team) -> Report:
    return Report.objects.get(call=call, team=team)


def do(report, act, by, note="", **data):
    fresh = Report.objects.get(pk=report.pk)
    return perform(fresh, act, by=by, seen=fresh.revision, note=note, **data)


def received():
    return Received("phone", datetime.date.today())


def leader(cast, report):
    return report.post.holder().user


def sent(cast, report, figures=None, **more):
    """Sent by its leader: these figures, or "Không phát sinh"."""
    data = {"figures": figures, **more} if figures else {"none": True, **more}
    return do(report, "send_report", leader(cast, report), **data)


def accepted(cast, report, figures=None, **more):
    sent(cast, report, figures, **more)
    return do(report, "accept_report", cast(Role.YOUTH_SECRETARY))

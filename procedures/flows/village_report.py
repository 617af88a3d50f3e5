"""Báo cáo của tổ thôn, bản, khu phố (P13).

The leader of a village team gives the figures of the period with photos, or says "Không phát
sinh" by one tap; the leader of the commune team accepts the report or returns it with a reason.
What he leaves lying past the due date goes to the specialist by itself.

Source: Kế hoạch of UBND xã Tam Quang (2025), mục II.2.3, III.5.
"""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import nodes

from workflows.deadlines import Limit, arrival
from workflows.engine import AUTHOR, CaseFlow, HumanTask, by_state
from workflows.states import State

from ..models import Report
from ..models.reports import VILLAGE_REPORT
from ..roles import DIGITAL, Role


def due_or_arrival(report: Report) -> datetime.date:
    """Nobody has to look at a report before it is due."""
    return max(report.call.due, arrival(report))


class VillageReportFlow(CaseFlow):
    code = VILLAGE_REPORT
    field = DIGITAL
    title = _("Báo cáo của tổ thôn, bản, khu phố")
    record_class = Report
    limits: ClassVar[dict[str, Limit]] = {
        "correct": Limit(1),
        "review": Limit(1, since=due_or_arrival),
        "check": Limit(2),
    }

    start = nodes.StartHandle().Next(this.route)
    route = by_state(
        (this.correct, State.RETURNED),
        (this.review, State.TEAM_REVIEW),
        (this.check, State.SUBMITTED),
    )
    correct = HumanTask(_("Sửa báo cáo, gửi lại"), desk=AUTHOR, states=[State.RETURNED])
    review = HumanTask(
        _("Xem báo cáo của tổ"), desk=Role.YOUTH_SECRETARY, states=[State.TEAM_REVIEW]
    )
    check = HumanTask(_("Xem báo cáo quá hạn xem"), desk=Role.SPECIALIST, states=[State.SUBMITTED])
    for _step in (correct, review, check):
        _step.Next(this.route)
    del _step
    end = nodes.End()

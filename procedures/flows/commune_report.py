"""Báo cáo tổng hợp của tổ cấp xã (P14).

The commune team adds up what its village teams reported in a call: sums with their sources, who is
missing, and a few words. Its leader signs it off; the specialist checks it, accepts or returns it.

Source: Kế hoạch of UBND xã Tam Quang (2025), mục II.2.3.
"""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import nodes

from workflows.deadlines import Limit
from workflows.engine import AUTHOR, CaseFlow, HumanTask, by_state
from workflows.states import State

from ..models import Report
from ..models.reports import COMMUNE_REPORT
from ..roles import DIGITAL, Role


class CommuneReportFlow(CaseFlow):
    code = COMMUNE_REPORT
    field = DIGITAL
    title = _("Báo cáo tổng hợp của tổ cấp xã")
    record_class = Report
    limits: ClassVar[dict[str, Limit]] = {"correct": Limit(1), "check": Limit(2)}

    start = nodes.StartHandle().Next(this.route)
    route = by_state((this.correct, State.RETURNED), (this.check, State.SUBMITTED))
    correct = HumanTask(_("Sửa báo cáo tổng hợp, gửi lại"), desk=AUTHOR, states=[State.RETURNED])
    check = HumanTask(
        _("Kiểm tra báo cáo tổng hợp"), desk=Role.SPECIALIST, states=[State.SUBMITTED]
    )
    for _step in (correct, check):
        _step.Next(this.route)
    del _step
    end = nodes.End()

"""Khen thưởng tập thể, cá nhân (P20).

Whoever leads a team puts an achievement forward on the phone, or a specialist writes it. The
specialist collects what was put forward and names the meeting that considered it: day, number of
the minutes, result of the vote. From there it is the road of every decision, and the Chairman (or
a Deputy for him) signs it. Nobody who is rewarded, himself or in a team, decides anything on it.
No sum of money is printed that was not typed.

Sources: Kế hoạch of UBND xã Tam Quang (2025), mục II.2.3 and III.3; Luật Thi đua, khen thưởng
(06/2022/QH15); Nghị định 152/2025/NĐ-CP.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflows.engine import CaseFlow

from ..models import Dossier
from ..models.commending import COMMEND
from ..road import DecisionRoad
from ..roles import DIGITAL


class CommendFlow(DecisionRoad, CaseFlow):
    code = COMMEND
    field = DIGITAL
    title = _("Khen thưởng tập thể, cá nhân")
    record_class = Dossier

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

from ..drafting import DraftedPage
from ..models.commending import COMMEND, Commendation
from ..papers import commending
from ..road import DecisionRoad


class CommendFlow(DraftedPage, DecisionRoad, CaseFlow):
    code = COMMEND
    title = _("Khen thưởng tập thể, cá nhân")
    papers = commending.PAPERS
    matter = Commendation
    instead = _(
        "Khen thưởng sai người hoặc sai thành tích thì cần quyết định hủy bỏ khen thưởng của người "
        "đã ký; hệ thống chưa lập loại quyết định này nên cơ quan lập ở ngoài. Ở đây chỉ đính "
        "chính chỗ sai về thể thức, trình bày."
    )

"""Đăng ký nhu cầu tập huấn, bồi dưỡng (P18).

An office above holds a course. A specialist names it, cites the request for names if there was
one, and chooses people from the roster, leaders and deputies first. From there it is the road of
every decision, and the Chairman (or a Deputy for him) signs the công văn with the list as its
annex. Phones are masked unless the author confirms, with a reason that is written down, that they
are needed. After the course the specialist records who took part and the result.

Sources: Công văn of Sở KH&CN tỉnh Thanh Hóa (July 2025), mục 3; Kế hoạch of UBND tỉnh Ninh Thuận
(2022), mục II.3.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflows.engine import CaseFlow

from ..drafting import DraftedPage
from ..models.training import REGISTER_TRAINING, Training
from ..papers import training
from ..road import PaperRoad


class RegisterTrainingFlow(DraftedPage, PaperRoad, CaseFlow):
    code = REGISTER_TRAINING
    title = _("Đăng ký tập huấn, bồi dưỡng")
    papers = training.PAPERS
    ends_in = "official_letter"
    matter = Training

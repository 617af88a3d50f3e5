"""Soạn văn bản: a plan, notice, letter, invitation, introduction or minutes (P11, P19, P21, P23).

A specialist picks the kind and types what the decree's form of it asks for: trích yếu, body,
Nơi nhận, urgency, who should sign. From there it is the road of every decision: content check,
Tờ trình, form check (the clerk may reword what is free), signature by the Chairman, a Deputy for
him (KT.) or, for what the kind admits, the head of office by order (TL.), seal and release.
Minutes are signed by the chair of the meeting, then by its secretary (``countersign``); where one
of the two was only typed, or the office wishes it so, with ink, and the clerk records them.

Sources: Nghị định 30/2020/NĐ-CP, Điều 7, 11-13 and Phụ lục III (Mẫu 1.4, 1.5, 1.7, 1.8, 1.9).
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflows.engine import CaseFlow, HumanTask, by_state, this
from workflows.states import State

from ..drafting import DraftedPage
from ..models.draft_paper import DRAFT_PAPER, PaperDraft
from ..papers import draft_paper
from ..road import STEPS, PaperRoad
from ..roles import SECRETARY


class DraftPaperFlow(DraftedPage, PaperRoad, CaseFlow):
    code = DRAFT_PAPER
    title = _("Soạn văn bản")
    papers = draft_paper.PAPERS
    matter = PaperDraft

    route = by_state(*STEPS, (this.countersign, State.AWAITING_SECRETARY))
    countersign = HumanTask(
        _("Thư ký ký Biên bản"), desk=SECRETARY, states=[State.AWAITING_SECRETARY]
    )
    countersign.Next(this.route)

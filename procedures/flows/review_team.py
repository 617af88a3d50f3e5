"""Kiện toàn tổ (P02).

The specialist reviews the whole list of one or several teams: each is prefilled with who sits in it
today and shown as a difference. Content check, Tờ trình, form check, the Chairman signs; from its
date the new list stands in the place of the old one. Where another decision changed a list
meanwhile, nothing is sent or signed before it was drawn up anew.

Source: Công văn of Sở KH&CN tỉnh Thanh Hóa (2025), mục 1 ("rà soát, kiện toàn"); Kế hoạch of UBND
xã Tam Quang (2025), mục II.2.3 (keeping the lists current).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows.engine import CaseFlow
from workflows.models import Post

from ..models import Change, Dossier, Team
from ..models.restructuring import REVIEW_TEAM
from ..papers import restructuring as decisions
from ..papers.restructuring_request import papers_of
from ..road import DecisionRoad
from ..teams import restructuring
from ..teams.restructuring import RestructuringPage


class ReviewTeamFlow(RestructuringPage, DecisionRoad, CaseFlow):
    code = REVIEW_TEAM
    title = _("Kiện toàn Tổ công nghệ số cộng đồng")
    papers = papers_of(decisions.review)
    instead = _(
        "Quyết định kiện toàn không thay thế hay thu hồi được: tổ vẫn đứng theo quyết định thành "
        "lập, và danh sách trước đó không tự trở lại. Cần danh sách khác hẳn thì ông/bà lập hồ sơ "
        "kiện toàn mới ở trang “Việc về tổ”."
    )


@transaction.atomic
def draft(user: Any, post: Post, teams: Sequence[Team]) -> Dossier:
    """A draft with the list of each team as it stands. Raises :class:`Refusal`."""
    sentence = _t("Chỉ chuyên viên lập được hồ sơ kiện toàn tổ.")
    restructuring.refuse_but_office(user, post, post.agency.commune, sentence)
    dossier, lists = restructuring.begin(ReviewTeamFlow, user, post, teams)
    for team, seats in lists:
        restructuring.line(dossier, Change.Kind.REVISE, team).start_from(seats)
    return restructuring.named(dossier)

"""Giải thể tổ (P08).

The specialist asks for the end of one or several teams and says who takes over their tasks and
groups; the decision says so too. The road is that of every decision; the teams end on its date.

Source: what the Chairman sets up he ends (Công văn 3293/UBND-CN of UBND tỉnh Thừa Thiên Huế, 2022,
mục III.1; Kế hoạch of UBND xã Tam Quang, 2025, mục II.2.1); the hand-over is the product's own
demand: no source leaves the groups of households to nobody.
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
from ..models.restructuring import DISSOLVE_TEAM
from ..papers import restructuring as decisions
from ..papers.restructuring_request import papers_of
from ..road import DecisionRoad
from ..teams import restructuring
from ..teams.restructuring import RestructuringPage


class DissolveTeamFlow(RestructuringPage, DecisionRoad, CaseFlow):
    code = DISSOLVE_TEAM
    title = _("Giải thể Tổ công nghệ số cộng đồng")
    papers = papers_of(decisions.dissolution)
    instead = _(
        "Tổ đã giải thể thì không còn danh sách để sửa, và không tự hoạt động lại khi thu hồi "
        "quyết định. Giải thể nhầm thì lập lại tổ bằng hồ sơ đề nghị thành lập; chỉ sai cách trình "
        "bày thì đính chính."
    )


@transaction.atomic
def draft(user: Any, post: Post, teams: Sequence[Team]) -> Dossier:
    """A draft that ends these teams. Raises :class:`Refusal`."""
    sentence = _t("Chỉ chuyên viên lập được hồ sơ giải thể tổ.")
    restructuring.refuse_but_office(user, post, post.agency.commune, sentence)
    dossier, lists = restructuring.begin(DissolveTeamFlow, user, post, teams)
    for team, seats in lists:
        restructuring.line(dossier, Change.Kind.DISSOLVE, team).start_from(seats, [])
    return restructuring.named(dossier)

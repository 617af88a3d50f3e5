"""Sáp nhập thôn, bản: hợp nhất tổ (P09).

A resolution makes one hamlet of several; the clerk or the specialist enters it
(:func:`procedures.teams.mergers.enter`). From then on nobody sets up a team in an old hamlet, and
the teams that stand there are tolerated with a warning. One dossier, prefilled, ends them and sets
up the team of the new hamlet with everybody who sat in them, led by its head. The decisions of
before stay as they are, under the old names.

Source: merged hamlets are real and their teams overdue; the number of members is judged by the
source that governs the commune, and whoever is too many may join the collaborators (Kế hoạch of
UBND xã Tam Quang, 2025, mục II.2.1.d).
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows.engine import CaseFlow
from workflows.errors import Refusal
from workflows.models import Post

from ..models import Change, Dossier, HamletMerger, Level
from ..models.restructuring import MERGE_HAMLETS
from ..papers import restructuring as decisions
from ..papers.restructuring_request import papers_of
from ..road import DecisionRoad
from ..teams import mergers, restructuring
from ..teams.restructuring import RestructuringPage


class MergeHamletsFlow(RestructuringPage, DecisionRoad, CaseFlow):
    code = MERGE_HAMLETS
    title = _("Hợp nhất tổ sau sáp nhập thôn, bản")
    papers = papers_of(decisions.merger)
    instead = _(
        "Quyết định hợp nhất không thay thế hay thu hồi được: các tổ cũ đã giải thể không tự hoạt "
        "động lại. Danh sách tổ mới sai thì sửa đổi; cần danh sách khác hẳn thì lập hồ sơ kiện "
        "toàn ở trang “Việc về tổ”."
    )


@transaction.atomic
def draft(user: Any, post: Post, merger: HamletMerger) -> Dossier:
    """A draft that makes one team of those of a merger. Raises :class:`Refusal`."""
    sentence = _t("Chỉ chuyên viên lập được hồ sơ hợp nhất tổ.")
    restructuring.refuse_but_office(user, post, merger.commune, sentence)
    if merger.taken_back:
        raise Refusal(_t("Ghi nhận sáp nhập này đã được rút lại."))
    teams = mergers.teams_of(merger)
    if not any(team.hamlet_id != merger.into_id for team in teams):
        raise Refusal(
            _t("Các tổ của nơi sáp nhập đã được hợp nhất, hoặc không nơi nào có tổ để hợp nhất.")
        )
    into = merger.into
    text = _t("%(team)s tiếp nhận toàn bộ của các tổ giải thể") % {
        "team": f"Tổ công nghệ số cộng đồng {into.full_name}"
    }
    dossier, lists = restructuring.begin(
        MergeHamletsFlow, user, post, teams, merger=merger, hand_over=text
    )
    surviving = next((team for team, _seats in lists if team.hamlet_id == into.pk), None)
    for team, seats in lists:
        if team != surviving:
            restructuring.line(dossier, Change.Kind.DISSOLVE, team).start_from(seats, [])
    if surviving:
        line = restructuring.line(dossier, Change.Kind.REVISE, surviving)
    else:
        line = Change.objects.create(dossier=dossier, level=Level.HAMLET, hamlet=into)
    mergers.draw_up(line, dossier)
    return restructuring.named(dossier)

"""Báo cáo của Ủy ban nhân dân lên cấp trên (P15, P16).

The specialist makes it from the roll-up of one call, or of the months of a quarter, and edits its
words; from there it is the road of every document: the head of division, the form check, the
Chairman (or a Deputy for him) signs for the Committee, seal, release. What he gathers was checked
where it was accepted, so whoever made it may check its content too, as with a round.

Source: Nghị định 30/2020/NĐ-CP, Mẫu 1.4; the request or rule that its calls cite (Công văn of Sở
KH&CN tỉnh Thanh Hóa 2025, section 1; KH-UBND xã Tam Quang 2025, mục II.2.3).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows import authority
from workflows.engine import CaseFlow, HumanTask, this
from workflows.errors import Refusal
from workflows.models import Post
from workflows.states import State

from ..models import Commune, Dossier, ReportCall, UpwardReport
from ..models.reporting_upward import REPORT_UPWARD
from ..papers import report_upward as words
from ..reports import reporting, rollups
from ..road import PaperRoad
from ..roles import Role


class ReportUpwardFlow(PaperRoad, CaseFlow):
    code = REPORT_UPWARD
    title = _("Báo cáo của Ủy ban nhân dân")
    papers = words.PAPERS
    ends_in = "report"
    written_at = "dossier-report"
    keep = Dossier.write_upward

    sign_decision = HumanTask(_("Ký Báo cáo"), desk=Role.CHAIRMAN, states=[State.CLEARED])
    sign_decision.Next(this.route)


@transaction.atomic
def draft(user: Any, post: Post, calls: Sequence[ReportCall], *, period: str = "") -> Dossier:
    """A new draft over these calls of one commune, its words from their roll-up.

    ``period`` names them where they are several ("quý IV/2026"). Raises :class:`Refusal`: not a
    specialist, no call, a call of another commune. A draft begun over the same calls is taken up.
    """
    if post not in reporting.posts_that_may_ask(authority.capacities(user)):
        raise Refusal(_t("Chỉ chuyên viên lập được báo cáo này."))
    commune = Commune.objects.select_for_update().get(agency=post.agency)
    if not calls or any(call.commune_id != commune.pk for call in calls):
        raise Refusal(_t("Chưa có kỳ báo cáo nào của đơn vị mình để tổng hợp."))
    if before := _begun_before(calls):
        return before
    dossier = ReportUpwardFlow.begin(user, post, name=words.name(calls, period))
    found = rollups.rollup(calls)
    upward = UpwardReport.objects.create(
        dossier=dossier,
        addressee=next((call.issuer for call in calls if call.issuer), ""),
        added=rollups.told(found),
        **words.prefilled(found),
    )
    upward.calls.set(calls)
    return dossier


def _begun_before(calls: Sequence[ReportCall]) -> Dossier | None:
    chosen = {call.pk for call in calls}
    drafts = Dossier.objects.filter(
        procedure=REPORT_UPWARD, state=State.DRAFT, upward__calls=calls[0]
    )
    for draft in drafts.order_by("pk"):
        if set(draft.upward.calls.values_list("pk", flat=True)) == chosen:
            return draft
    return None

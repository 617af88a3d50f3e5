"""Sai gì? Putting a released decision right.

A specialist or a clerk finds that a decision is wrong and says in which way. Wrong content of one
about teams (somebody's name, year, role; somebody who does not belong there) is amended or replaced
by another decision; wrong form of any is corrected by a công văn; a decision that should not exist
is recalled by a notice. What only changed teams (their leaders, members, lists) is amended or
corrected, every other paper corrected alone (:mod:`procedures.remedies`). From there it is the road
of every decision: content check, Tờ trình, form check, the Chairman (or a Deputy for him) signs,
seal, release. The old document never changes; the public page tells what became of it, and the
roster follows.

Source: Nghị định 30/2020/NĐ-CP, Điều 18 khoản 3 and 4; Mẫu 1.2, 1.4, 1.5.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from workflows import authority
from workflows.engine import CaseFlow
from workflows.errors import Refusal
from workflows.models import Post

from .. import remedies
from ..models import Change, Commune, Dossier, Remedy, Team
from ..models.correcting import already_under_way, refuse_overtaken
from ..papers import correction_request
from ..road import PaperRoad
from ..roles import Role
from ..teams import in_order


class CorrectDocumentFlow(PaperRoad, CaseFlow):
    code = "correct_document"
    title = _("Xử lý văn bản có sai sót")
    starters = (Role.SPECIALIST, Role.CLERK)
    papers = correction_request.PAPERS
    written_at = "dossier-correct"
    keep = Dossier.write_remedy


def refuse(document: Document, remedy: Remedy | None = None) -> None:
    """Raise :class:`Refusal` where nothing may be begun about ``document``: not the paper in force
    of a case, this remedy not for it, or another case deals with it already."""
    refuse_overtaken(document)
    found = remedies.of(document)
    if not found.remedies:
        raise Refusal(
            _t("Đây không phải văn bản ban hành của một hồ sơ. Ông/bà mở văn bản ban hành.")
        )
    if remedy is not None and remedy not in found.remedies:
        raise Refusal(found.why)
    if other := Dossier.putting_right(document).first():
        raise Refusal(already_under_way(other))


@transaction.atomic
def draft(
    user: Any,
    post: Post,
    document: Document,
    remedy: Remedy | str,
    teams: Sequence[Team] = (),
    *,
    fault: str = "",
) -> Dossier:
    """A new draft that puts ``document`` right, its lists as they stand today.

    ``teams`` are those an amendment touches; by default, and for every other remedy, all that
    rest on the document. Raises :class:`Refusal`: not from this post, another commune's
    document, nothing left to put right, not this remedy, or a case under way.
    """
    remedy = Remedy(remedy)
    if post not in CorrectDocumentFlow.posts_that_may_start(authority.capacities(user)):
        raise Refusal(_t("Chỉ chuyên viên hoặc văn thư lập được hồ sơ xử lý văn bản sai."))
    # Two presses of one button queue here; the second finds what the first has begun.
    commune = Commune.objects.select_for_update().get(agency=post.agency)
    _refuse_foreign(commune, document)
    refuse(document, remedy)
    dossier = CorrectDocumentFlow.begin(user, post, remedy=remedy, corrects=document, fault=fault)
    _add_lines(dossier, _touched(document, remedy, teams))
    return dossier


def _refuse_foreign(commune: Commune, document: Document) -> None:
    dossier = remedies.case_of(document)
    if dossier is not None and dossier.commune_id != commune.pk:
        raise Refusal(_t("Đây không phải văn bản của đơn vị mình."))


def _touched(document: Document, remedy: Remedy, teams: Sequence[Team]) -> list[Team]:
    standing = list(remedies.of(document).teams)
    if remedy == Remedy.CORRECT:
        return []
    if remedy != Remedy.AMEND or not teams:
        return standing
    chosen = {team.pk for team in teams}
    return [team for team in standing if team.pk in chosen]


def _add_lines(dossier: Dossier, teams: list[Team]) -> None:
    """A line for each team with its list as it stands, each seat knowing what it was."""
    for team in teams:
        change = Change.objects.create(
            dossier=dossier,
            kind=dossier.remedy,
            level=team.level,
            hamlet=team.hamlet,
            team=team,
        )
        change.start_from(in_order.standing_list(team))

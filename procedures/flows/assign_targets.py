"""Giao chỉ tiêu (P12).

A superior hands numbers down, or the commune's own plan sets them. The specialist writes what each
team is to reach until when; another specialist checks it, the division signs a Tờ trình, the clerk
checks the form, the Chairman (or a Deputy for him) signs, the clerk seals and releases. From then
on each team's leader is told; his opening the page acknowledges it, and he may ask for a change,
which a new decision or a reasoned refusal answers.

Sources: Công văn 3293/UBND-CN of UBND tỉnh Thừa Thiên Huế (2022), mục III.4.a and IV.1; Kế hoạch of
UBND tỉnh Ninh Thuận (2022), mục III.1.b and III.5.a.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows import authority
from workflows.engine import CaseFlow
from workflows.errors import Refusal
from workflows.models import Post

from ..models import Commune, Dossier, TargetRequest, TargetSet
from ..models.targeting import ASSIGN_TARGETS
from ..papers import targets as words
from ..road import DecisionRoad
from ..targets import copies
from ..teams.standing_teams import all_standing

_PLAN = ("origin", "paper", "number", "date", "issuer", "excerpt", "scan", "since", "due")


class AssignTargetsFlow(DecisionRoad, CaseFlow):
    code = ASSIGN_TARGETS
    title = _("Giao chỉ tiêu cho tổ")
    papers = words.PAPERS
    subject = words.subject
    written_at = "targets-plan"
    keep = Dossier.rewrite_targets
    instead = _(
        "Chỉ tiêu sai thì ông/bà lập hồ sơ giao chỉ tiêu mới cho cùng thời gian: quyết định mới "
        "thay các chỉ tiêu tương ứng. Ở đây chỉ đính chính chỗ sai về thể thức, trình bày."
    )


@transaction.atomic
def draft(user: Any, post: Post, *, like: TargetSet | None = None) -> Dossier:
    """A new draft for every team that stands today; with the words, numbers and teams of ``like``
    where one is given.

    Raises :class:`Refusal`: not a specialist's post of his, or no team to assign anything to.
    """
    commune = _commune(user, post)
    if not all_standing(commune).exists():
        raise Refusal(_t("Chưa có tổ nào đang hoạt động để giao chỉ tiêu."))
    return _begun(user, post, like, None)


@transaction.atomic
def draft_for(user: Any, post: Post, asked: TargetRequest) -> Dossier:
    """The draft that answers a team's request: that one target of that one team, as it is.

    Raises :class:`Refusal`: not a specialist, answered already, or such a case is under way.
    """
    _commune(user, post)
    asked = TargetRequest.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    refuse_answered(asked)
    return _begun(user, post, asked.target.item.target_set, asked)


def refuse_answered(asked: TargetRequest) -> None:
    """Raise :class:`Refusal` when a request has its answer or a case that will be one."""
    if asked.refusal:
        raise Refusal(_t("Đề nghị này đã được trả lời."))
    if answering(asked) is not None:
        raise Refusal(_t("Đề nghị này đang có hồ sơ điều chỉnh."))


def answering(asked: TargetRequest) -> Dossier | None:
    """The case that answers a request, unless it was given up."""
    sets = asked.answering.exclude(dossier__state__in=("withdrawn", "rejected"))
    found = sets.select_related("dossier__decision").order_by("-pk").first()
    return found.dossier if found else None


def _commune(user: Any, post: Post) -> Commune:
    if post not in AssignTargetsFlow.posts_that_may_start(authority.capacities(user)):
        raise Refusal(_t("Chỉ chuyên viên lập được hồ sơ giao chỉ tiêu."))
    return Commune.objects.get(agency=post.agency)


def _begun(user: Any, post: Post, like: TargetSet | None, asked: TargetRequest | None) -> Dossier:
    dossier = AssignTargetsFlow.begin(user, post, name=_t("Giao chỉ tiêu cho tổ"))
    said = {name: getattr(like, name) for name in _PLAN} if like else {}
    made = TargetSet.objects.create(dossier=dossier, like=like, asked=asked, **said)
    if like is None:
        made.since = timezone.localdate()
        made.save(update_fields=["since"])
    copies.fill(made, like, asked)
    return dossier

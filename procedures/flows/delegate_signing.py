"""Phân công, ủy quyền ký văn bản (P26).

A specialist drafts what the Chairman gives away: the fields of work of his Deputies (KT.), one
Deputy in charge of everything ("phụ trách, điều hành"), an authorisation of a head of the office
(TUQ.: a field, its content, a last day, not passed on), or the end of what was given. The road is
that of every decision, but the Chairman signs in person: nobody who acts for him gives his powers
away, and who receives or loses something decides nothing on it. Released, the decision is entered
as the clerk enters a paper from outside: what it gives stands from its date, what it ends is over.

Source: Nghị định 30/2020/NĐ-CP, Điều 13 khoản 1 and 3.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from workflows.engine import CaseFlow
from workflows.models import Post

from .. import drafting
from ..drafting import DraftedPage
from ..models import Dossier
from ..models.delegating import DELEGATE_SIGNING, Grant, Mandate
from ..papers import delegating
from ..road import DecisionRoad


class DelegateSigningFlow(DraftedPage, DecisionRoad, CaseFlow):
    code = DELEGATE_SIGNING
    title = _("Phân công, ủy quyền ký văn bản")
    papers = delegating.PAPERS
    matter = Mandate
    instead = _(
        "Quyền ký đã giao thì có hiệu lực từ ngày ghi trong quyết định, văn bản đã ký theo đó vẫn "
        "đúng; vì vậy quyết định này không sửa đổi, thay thế hay thu hồi ở đây. Sai người, lĩnh "
        "vực hay thời hạn thì ông/bà lập quyết định chấm dứt, rồi quyết định phân công, ủy quyền "
        "mới ở mục “Thông báo, tập huấn, khen thưởng, phân công”."
    )


@transaction.atomic
def draft(user: Any, post: Post, grant: Grant | str) -> Dossier:
    """A draft of what is given, or ended. Raises :class:`Refusal` from another post than a
    specialist's."""
    return drafting.draft(DelegateSigningFlow, user, post, grant=Grant(grant))

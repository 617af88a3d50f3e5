"""Quyết định về việc kết nạp, cho thôi tham gia Tổ công nghệ số cộng đồng.

What the Chairman has agreed to waits in a pool. Once a month, or at once for one person, the
specialist gathers it into one decision on the road of every decision. Whatever is set aside, or
whose decision is withdrawn or refused, goes back to the pool: no consent is lost or used twice.

Source: Kế hoạch of UBND xã Tam Quang (2025), mục II.2.1.d, asks for the consent alone; one decision
for several matters of one kind is the habit of offices (Nghị định 30/2020/NĐ-CP, Mẫu 1.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows.engine import CaseFlow
from workflows.models import Post
from workflows.service import perform
from workflows.states import State

from ..codes import CHANGE_MEMBERS, MEMBER_REQUESTS
from ..models import Commune, Dossier
from ..papers import members
from ..road import DecisionRoad


class ChangeMembersFlow(DecisionRoad, CaseFlow):
    code = CHANGE_MEMBERS
    title = _("Quyết định kết nạp, cho thôi tham gia tổ")
    papers = members.PAPERS
    instead = _(
        "Quyết định kết nạp, cho thôi thành viên không thay thế hay thu hồi được: cần đưa người ra "
        "hoặc nhận người vào thì ông/bà sửa danh sách ở đây, hoặc lập đề nghị mới."
    )


def pool(commune: Commune) -> QuerySet[Dossier]:
    """What was agreed to and no decision has gathered, team by team, oldest first."""
    agreed = Dossier.objects.filter(
        commune=commune, procedure__in=MEMBER_REQUESTS, state=State.AGREED
    )
    return agreed.order_by("changes__team__level", "changes__team", "moved", "pk")


@transaction.atomic
def draft(user: Any, post: Post, requests: Iterable[Dossier]) -> Dossier:
    """A new draft with these requests gathered, from a specialist's ``post``.

    Raises :class:`Refusal`: nothing chosen, or a request that is no longer in the pool.
    """
    chosen = list(requests)
    dossier = ChangeMembersFlow.begin(user, post, name=_name(chosen))
    keys = [request.pk for request in chosen]
    return perform(dossier, "gather", by=user, seen=dossier.revision, requests=keys)


def _name(requests: list[Dossier]) -> str:
    """One request by its own name, several by the month."""
    if len(requests) == 1:
        return requests[0].title
    month = f"{timezone.localdate():%m/%Y}"
    return _t("Kết nạp, cho thôi tham gia tổ tháng %(month)s") % {"month": month}

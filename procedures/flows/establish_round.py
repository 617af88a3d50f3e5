"""Đợt lập tổ (P01, gathered).

The specialist asks the heads of many places for their lists. Each sends his own request
(``establish_team``); the specialist reads it, gathers it into the round, reminds the rest, and
sends the round up: one Tờ trình, and one decision for all or, split by the clerk, one per team.
At any step a team can be set aside without holding up the others.

Sources: as ``establish_team``; the division gathers what its Chairman decides (Nghị định
150/2025/NĐ-CP), and a decision may cover several matters of one kind.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows.authority import Capacity
from workflows.engine import CaseFlow
from workflows.errors import Refusal
from workflows.models import Post

from ..models import Hamlet, Round, RoundPlace
from ..models.gathering import ESTABLISH_ROUND
from ..road import DecisionRoad
from ..roles import Role


class EstablishRoundFlow(DecisionRoad, CaseFlow):
    code = ESTABLISH_ROUND
    title = _("Đợt lập Tổ công nghệ số cộng đồng")


def posts_that_may_open(held: Iterable[Capacity]) -> list[Post]:
    """The posts from which somebody with these capacities may open a round: a specialist's."""
    return [c.post for c in held if c.post.role == Role.SPECIALIST]


@transaction.atomic
def open_round(
    user: Any,
    post: Post,
    *,
    name: str,
    due: datetime.date,
    hamlets: Iterable[Hamlet],
    with_commune: bool = False,
    message: str = "",
) -> Round:
    """A round asking these places of the commune of ``post`` for their lists until ``due``.

    Raises :class:`Refusal` for no place, a place of another commune, or a day that is over.
    """
    commune = post.agency.commune
    asked: list[Hamlet | None] = [*hamlets, *([None] if with_commune else [])]
    if any(hamlet and hamlet.commune_id != commune.pk for hamlet in asked):
        raise Refusal(_t("Chọn nơi thuộc xã, phường của mình."), field="places")
    if not asked:
        raise Refusal(_t("Chọn ít nhất một nơi để mời lập danh sách."), field="places")
    if due < timezone.localdate():
        raise Refusal(_t("Hạn gửi phải từ hôm nay trở đi."), field="due")
    dossier = EstablishRoundFlow.begin(user, post, name=name)
    opened = Round.objects.create(dossier=dossier, due=due, message=message)
    RoundPlace.objects.bulk_create(RoundPlace(round=opened, hamlet=hamlet) for hamlet in asked)
    return opened

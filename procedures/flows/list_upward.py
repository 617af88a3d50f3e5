"""Gửi danh sách tổ cho cấp trên (P17).

An office above asks for the list of teams (number, date, due). A specialist or the clerk names
the request and the form; the list is that of the decisions in force on the day it is signed. From
there it is the road of every decision: content check, Tờ trình, form check, and the Chairman (or a
Deputy for him) signs the công văn, with the list as its annex. Phones are masked unless the author
confirms, with a reason that is written down, that they are needed.

Sources: Công văn of Sở KH&CN tỉnh Thanh Hóa (July 2025), mục 1 and its form; Công văn of Sở TT&TT
tỉnh Lào Cai (May 2022), mục 3 and its annex. No source sets a recurring list, so a request starts
each.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows import authority
from workflows.authority import Capacity
from workflows.engine import CaseFlow, HumanTask, this
from workflows.errors import Refusal
from workflows.models import Post
from workflows.states import State

from ..issuing import series
from ..models import Commune, Dossier, ListRequest
from ..models.listing_upward import LIST_UPWARD, title_of
from ..road import DecisionRoad
from ..roles import DIGITAL, Role

STARTERS = (Role.SPECIALIST, Role.CLERK)


class ListUpwardFlow(DecisionRoad, CaseFlow):
    code = LIST_UPWARD
    field = DIGITAL
    title = _("Gửi danh sách tổ cho cấp trên")
    record_class = Dossier

    # What is signed here is a letter.
    sign_decision = HumanTask(_("Ký văn bản"), desk=Role.CHAIRMAN, states=[State.CLEARED])
    sign_decision.Next(this.route)


def posts_that_may_start(held: Iterable[Capacity]) -> list[Post]:
    """The posts from which somebody with these capacities may begin such a letter."""
    return [c.post for c in held if c.delegation is None and c.post.role in STARTERS]


@transaction.atomic
def draft(user: Any, post: Post) -> Dossier:
    """A new draft, its request still to be named. Raises :class:`Refusal` from another post."""
    if post not in posts_that_may_start(authority.capacities(user)):
        raise Refusal(_t("Chỉ chuyên viên hoặc văn thư lập được công văn gửi danh sách."))
    commune = Commune.objects.get(agency=post.agency)
    unit = commune.divisions.get().unit
    mode = commune.issuer.series.get(symbol=series.symbol("decision", unit)).mode
    series.ensure_series(commune.issuer, unit, mode)
    request = ListRequest()
    dossier = Dossier.objects.create(
        agency=post.agency,
        post=post,
        author=user,
        field=ListUpwardFlow.field,
        procedure=ListUpwardFlow.code,
        commune=commune,
        unit=unit,
        name=title_of(request),
    )
    request.dossier = dossier
    request.save()
    return dossier

"""What the matters a specialist begins share: who may begin one, and its draft.

An announcement, a registration for training and a commendation carry no line of change: each is a
dossier that says its matter (:mod:`procedures.models.drafted`) and goes the road of every decision.
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

from .issuing import series
from .models import Commune, Dossier
from .road import DecisionRoad
from .roles import Role


class PaperRoad(DecisionRoad):
    """The road of every decision where what is signed is another kind of paper."""

    sign_decision = HumanTask(_("Ký văn bản"), desk=Role.CHAIRMAN, states=[State.CLEARED])
    sign_decision.Next(this.route)


def posts_that_may_start(held: Iterable[Capacity]) -> list[Post]:
    """The posts from which somebody with these capacities may begin such a matter."""
    return [c.post for c in held if c.delegation is None and c.post.role == Role.SPECIALIST]


@transaction.atomic
def draft(flow: type[CaseFlow], user: Any, post: Post, **chosen: Any) -> Dossier:
    """A new draft of a procedure, its matter still to be said but for the columns ``chosen``.

    Raises :class:`Refusal` from another post than a specialist's.
    """
    if post not in posts_that_may_start(authority.capacities(user)):
        raise Refusal(_t("Chỉ chuyên viên lập được hồ sơ này."))
    commune = Commune.objects.get(agency=post.agency)
    unit = commune.divisions.get().unit
    mode = commune.issuer.series.get(symbol=series.symbol("decision", unit)).mode
    series.ensure_series(commune.issuer, unit, mode)
    dossier = Dossier(
        agency=post.agency,
        post=post,
        author=user,
        field=flow.field,
        procedure=flow.code,
        commune=commune,
        unit=unit,
    )
    matter = dossier.matter
    for name, value in chosen.items():
        setattr(matter, name, value)
    dossier.name = matter.title
    dossier.save()
    matter.dossier = dossier
    matter.save()
    return dossier

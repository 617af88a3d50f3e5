"""The one Deputy who is in charge of everything ("phụ trách, điều hành").

Source: Nghị định 30/2020/NĐ-CP, Điều 13 khoản 1.
"""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _t

from workflows.errors import Refusal
from workflows.models import Delegation
from workflows.terms import Term, period

from ..roles import Role


def standing(agency: int, term: Term) -> QuerySet[Delegation]:
    """What puts a Deputy in charge of everything ("phụ trách, điều hành") on a day of the term."""
    rows = Delegation.objects.filter(
        term.overlapping,
        kind=Delegation.Kind.DEPUTY,
        field="",
        principal__agency=agency,
        principal__role=Role.CHAIRMAN,
    )
    return rows.select_related("delegate").order_by("pk")


def refuse_second(others: QuerySet[Delegation]) -> None:
    """Raise :class:`Refusal` where another Deputy is in charge already."""
    if other := others.first():
        raise Refusal(
            _t(
                "Chỉ giao một Phó Chủ tịch phụ trách, điều hành; đang có: %(other)s. Muốn đổi thì "
                "kết thúc bản đó trước."
            )
            % {"other": f"{other.delegate}, {period(other)} ({other.cited})"},
            _t("Điều 13 khoản 1 Nghị định 30/2020/NĐ-CP"),
            field="delegate",
        )

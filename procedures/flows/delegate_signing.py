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
from ..models import Dossier
from ..models.delegating import DELEGATE_SIGNING, Grant
from ..road import DecisionRoad
from ..roles import DIGITAL


class DelegateSigningFlow(DecisionRoad, CaseFlow):
    code = DELEGATE_SIGNING
    field = DIGITAL
    title = _("Phân công, ủy quyền ký văn bản")
    record_class = Dossier


@transaction.atomic
def draft(user: Any, post: Post, grant: Grant | str) -> Dossier:
    """A draft of what is given, or ended. Raises :class:`Refusal` from another post than a
    specialist's."""
    return drafting.draft(DelegateSigningFlow, user, post, grant=Grant(grant))

"""What the matters a specialist begins share: who may begin one, and its draft.

An announcement, a registration for training and a commendation carry no line of change: each is a
dossier that says its matter (:mod:`procedures.models.drafted`) and goes the road of every decision.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _t

from workflows import authority
from workflows.errors import Refusal
from workflows.models import Post

from .models import Dossier
from .road import DossierPage


class DraftedPage(DossierPage):
    """The page of such a procedure; it names the ``matter``."""

    written_at = "dossier-write"
    keep = Dossier.write_matter


@transaction.atomic
def draft(flow: type[DossierPage], user: Any, post: Post, **chosen: Any) -> Dossier:
    """A new draft of a procedure, its matter still to be said but for the columns ``chosen``.

    Raises :class:`Refusal` from another post than a specialist's.
    """
    if post not in flow.posts_that_may_start(authority.capacities(user)):
        raise Refusal(_t("Chỉ chuyên viên lập được hồ sơ này."))
    dossier = flow.begin(user, post)
    matter = dossier.matter
    for name, value in chosen.items():
        setattr(matter, name, value)
    matter.save()
    dossier.name = matter.title
    dossier.save()
    return dossier

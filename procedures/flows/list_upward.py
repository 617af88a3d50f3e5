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

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows import authority
from workflows.engine import CaseFlow
from workflows.errors import Refusal
from workflows.models import Post

from ..models import Dossier, ListRequest
from ..models.listing_upward import LIST_UPWARD, title_of
from ..papers import list_upward as words
from ..road import PaperRoad
from ..roles import Role


class ListUpwardFlow(PaperRoad, CaseFlow):
    code = LIST_UPWARD
    title = _("Gửi danh sách tổ cho cấp trên")
    starters = (Role.SPECIALIST, Role.CLERK)
    papers = words.PAPERS
    ends_in = "official_letter"
    written_at = "dossier-list-up"
    keep = Dossier.write_request


@transaction.atomic
def draft(user: Any, post: Post) -> Dossier:
    """A new draft, its request still to be named. Raises :class:`Refusal` from another post."""
    if post not in ListUpwardFlow.posts_that_may_start(authority.capacities(user)):
        raise Refusal(_t("Chỉ chuyên viên hoặc văn thư lập được công văn gửi danh sách."))
    request = ListRequest()
    request.dossier = ListUpwardFlow.begin(user, post, name=title_of(request))
    request.save()
    return request.dossier

"""Thành lập Tổ công nghệ số cộng đồng (P01).

A head of hamlet proposes the team of his bản, thôn or khu phố; the Youth secretary proposes the
team of the commune. The division checks the content and signs a Tờ trình, the clerk checks the
form, the Chairman (or a Deputy for him) signs the decision, the clerk seals and releases it.

Sources: Kế hoạch of UBND xã Tam Quang (2025), mục II.1, II.2.1, III.1; Công văn 3293/UBND-CN of
UBND tỉnh Thừa Thiên Huế (2022), mục III.1. Who may lead and how many there may be is data
(``procedures/regulations``), judged by ``procedures.rules``.
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
from workflows.service import perform
from workflows.states import State

from ..models import Change, Dossier, Level, Seat, SeatRole
from ..models.entering import Received, holder_of
from ..road import DecisionRoad
from ..roles import Role


class EstablishTeamFlow(DecisionRoad, CaseFlow):
    code = "establish_team"
    title = _("Thành lập Tổ công nghệ số cộng đồng")
    starters = (Role.HAMLET_HEAD, Role.YOUTH_SECRETARY)


def posts_that_may_start(user: Any) -> list[Post]:
    """The posts from which ``user`` may propose a team today."""
    return EstablishTeamFlow.posts_that_may_start(authority.capacities(user))


@transaction.atomic
def draft(user: Any, post: Post) -> Dossier:
    """A new draft for the place of ``post``, with its holder as the first seat.

    Raises :class:`Refusal` when ``user`` does not hold such a post.
    """
    if post not in posts_that_may_start(user):
        raise Refusal(_t("Chỉ Trưởng thôn, bản, khu phố hoặc Bí thư Đoàn lập được đề nghị này."))
    return _begun(user, post)


@transaction.atomic
def draft_for(specialist: Any, post: Post, received: Received) -> Dossier:
    """The draft that ``specialist`` enters for the holder of ``post``, as he received it.

    A draft the holder began himself is taken up. Raises :class:`Refusal`: not a specialist of
    that commune, a post that proposes no team, or one that nobody holds.
    """
    # Two presses of one button queue here; the second finds the draft the first has begun.
    post = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    if post.role not in EstablishTeamFlow.starters:
        raise Refusal(_t("Chức vụ này không lập đề nghị thành lập tổ."))
    author = holder_of(post).user
    dossier = begun_at(post) or _begun(author, post)
    return perform(dossier, "enter", by=specialist, seen=dossier.revision, received=received)


def begun_at(post: Post) -> Dossier | None:
    """The draft begun at a post and not sent yet."""
    drafts = Dossier.objects.filter(post=post, state=State.DRAFT, procedure=EstablishTeamFlow.code)
    return drafts.order_by("pk").first()


def _begun(user: Any, post: Post) -> Dossier:
    dossier = EstablishTeamFlow.begin(user, post)
    hamlet = getattr(post, "hamlet", None)
    change = Change.objects.create(
        dossier=dossier, level=Level.HAMLET if hamlet else Level.COMMUNE, hamlet=hamlet
    )
    phone = getattr(getattr(user, "person", None), "phone", "")
    Seat.objects.create(
        change=change,
        position=1,
        full_name=user.full_name,
        phone=phone,
        role=SeatRole.LEADER,
        represents=post.title,
    )
    return dossier

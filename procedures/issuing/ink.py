"""Who signed a paper that is recorded here later: the capacity he had on the day of signing.

A paper is signed in ink by Decree 30/2020, Điều 13 as everything else; what differs is the day.
"""

from __future__ import annotations

import datetime
import functools
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows import authority
from workflows.authority import Capacity
from workflows.errors import Refusal
from workflows.models import Delegation, Holding, Post

from .signers import SIGNING_ROLE, able_to_sign, capacity_to_sign, may_sign, refuse_signer

if TYPE_CHECKING:
    from ..models import CopyRequest, Dossier

# How long after the signature a paper is still recorded here in the ordinary way.
RECORDED_WITHIN_DAYS = 60


def able_on_paper(dossier: Dossier, kind: str) -> list[tuple[Capacity, datetime.date]]:
    """Who may have signed a paper recorded today: whoever could on a day of the last weeks."""
    first = timezone.localdate() - datetime.timedelta(days=RECORDED_WITHIN_DAYS)
    if dossier.submitted:
        first = max(first, timezone.localdate(dossier.submitted))
    return able_since(dossier, kind, first)


def able_since(
    record: Dossier | CopyRequest, kind: str, first: datetime.date
) -> list[tuple[Capacity, datetime.date]]:
    """Whoever may sign now, then whoever could on a day since ``first``, with the last day on
    which he could.

    A paper is often recorded after its signer left the post; what counts is the day of signing.
    """
    today = timezone.localdate()
    found = {capacity.user.pk: (capacity, today) for capacity in able_to_sign(record, kind)}
    for day in _last_days(record, kind, first):
        for capacity in able_to_sign(record, kind, day):
            found.setdefault(capacity.user.pk, (capacity, day))
    return list(found.values())


def _last_days(
    record: Dossier | CopyRequest, kind: str, first: datetime.date
) -> list[datetime.date]:
    """The days from ``first`` on which somebody's right to sign ended, newest first."""
    today = timezone.localdate()
    posts = Post.objects.filter(agency=record.agency, role=SIGNING_ROLE[kind])
    given = Delegation.objects.filter(principal__in=posts).values("delegate")
    # An order is passed on to the deputy of who has it: his papers count too.
    papers = Delegation.objects.filter(Q(principal__in=posts) | Q(principal__in=given))
    sat = Holding.objects.filter(Q(post__in=posts) | Q(post__in=papers.values("delegate")))
    ended = [rows.filter(until__gte=first, until__lt=today) for rows in (sat, papers)]
    days = {day for rows in ended for day in rows.values_list("until", flat=True) if day}
    return sorted(days, reverse=True)


def capacity_on_paper(dossier: Dossier, kind: str, data: dict[str, Any]) -> Capacity:
    """The capacity in which ``data["signer"]`` signed on paper on ``data["date"]``.

    Raises :class:`Refusal` when he had none on that day, when the date is in the future or before
    the dossier was sent, or when it was his own request.
    """
    user, date = data["signer"], data["date"]
    _refuse_date(dossier, kind, date)
    held = authority.capacities_then(user, date)
    desk, fits = dossier.desk(SIGNING_ROLE[kind]), functools.partial(may_sign, dossier, kind)
    capacity = capacity_to_sign(dossier.kind_of(kind), desk, held, fits)
    refuse_signer(dossier, kind, capacity)
    if dossier.is_interested(user):
        raise Refusal(_("Người ký không được quyết định đề nghị của chính mình."), field="signer")
    return capacity


def _refuse_date(dossier: Dossier, kind: str, date: datetime.date) -> None:
    sent = timezone.localdate(dossier.submitted) if dossier.submitted else None
    if date > timezone.localdate():
        raise Refusal(_("Ngày ký không thể ở tương lai."), field="date")
    if sent and date < sent:
        raise Refusal(_("Ngày ký không thể trước ngày gửi hồ sơ."), field="date")
    asked = dossier.submission
    if kind == "decision" and asked and asked.date and date < asked.date:
        raise Refusal(_("Văn bản không thể ký trước ngày của Tờ trình."), field="date")

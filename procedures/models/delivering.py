"""The acts after the release: recording where the decision went, and saying "I have it"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows import authority
from workflows.authority import HOLDER, Desk
from workflows.errors import Refusal
from workflows.models import Post
from workflows.states import Act, State, Step, act

from ..issuing import deliveries
from ..issuing.deliveries import Recipient
from ..roles import Role
from .deliveries import Delivery, Way

if TYPE_CHECKING:
    from workflows.states import Record as Base

    from .dossiers import Dossier
else:
    Base = object

ADDRESSEE = "addressee"
# Posts of the places, as opposed to the office that issues.
_ASKING = (Role.HAMLET_HEAD, Role.YOUTH_SECRETARY)


class Delivering(Base):
    """What is done with a decision once it is released."""

    if TYPE_CHECKING:
        deliveries: models.Manager[Delivery]

    def desks(self, act: Act) -> list[Desk]:
        if act.desk != ADDRESSEE:
            return super().desks(act)
        return [Desk(HOLDER, post, post.title) for post in self.addressees()]

    def why_not(self, act: Act, step: Step) -> None:
        super().why_not(act, step)
        if act.name == "acknowledge" and not self._not_received_by(step.by):
            raise Refusal(_t("Ông/bà đã báo nhận văn bản này rồi."))

    def addressees(self) -> list[Post]:
        """The posts the decision goes to by its content: the head of every place it names, and
        the post that asked for it."""
        dossier = cast("Dossier", self)
        places = [line.hamlet_id for line in dossier.lines() if line.hamlet_id]
        goes_to = Q(hamlet__in=places)
        if dossier.post.role in _ASKING:
            goes_to |= Q(pk=dossier.post_id)
        return list(Post.objects.filter(goes_to).order_by("pk"))

    def delivered(self) -> list[list[Any]]:
        """The delivery book as the ledger's digest covers it."""
        if not self.is_final:  # nothing is sent before
            return []
        return [entry.snapshot() for entry in self.deliveries.order_by("pk")]

    @act(label=_("Ghi việc gửi văn bản"), desk=Role.CLERK, source=State.RELEASED)
    def record_delivery(self, step: Step) -> None:
        """Write ``step.data["entries"]`` (of :class:`Entry`) into the delivery book.

        Whoever corrects what was recorded says why (``step.note``).
        """
        told = deliveries.judged(cast("Dossier", self), step.data.get("entries", ()), step.note)
        self._write(step, told)
        step.data.setdefault("facts", {})["places"] = [deliveries.fact(row) for row in told]

    @act(label=_("Tôi đã nhận"), desk=ADDRESSEE, source=State.RELEASED)
    def acknowledge(self, step: Step) -> None:
        """The recipient says so himself, for every post in which he is one."""
        dossier = cast("Dossier", self)
        told = [_acknowledged(dossier, place, step) for place in self._not_received_by(step.by)]
        self._write(step, told, own=True)

    def _not_received_by(self, user: Any) -> list[Recipient]:
        posts = {capacity.post.pk for capacity in authority.capacities(user)}
        places = deliveries.places_of(cast("Dossier", self))
        return [place for place in places if place.post_id in posts and not place.received]

    def _write(self, step: Step, told: Iterable[Delivery], *, own: bool = False) -> None:
        for row in told:
            row.dossier = cast("Dossier", self)
            row.by, row.by_name, row.at, row.own = step.by, str(step.by), step.at, row.own or own
        Delivery.objects.bulk_create(told)


def _acknowledged(dossier: Dossier, place: Recipient, step: Step) -> Delivery:
    today = timezone.localdate(step.at)
    # He reads it here: it came to him on the day of its release, unless it was sent otherwise.
    released = dossier.written("decision").released
    return Delivery(
        recipient=place.name,
        post_id=place.post_id,
        way=place.way or Way.HERE,
        sent=place.sent or (timezone.localdate(released) if released else today),
        received=today,
        received_by=str(step.by),
    )

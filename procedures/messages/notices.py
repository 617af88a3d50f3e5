"""Who is told what, once it has happened.

Notices are made by :data:`workflows.service.performed`, which is sent after the commit: an act
that failed tells nobody. Whoever has work to do needs none: his inbox is the list of it, and the
daily letter (:mod:`procedures.messages.digest`) reads that inbox.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.dispatch import receiver
from django.utils import timezone

from workflows.authority import Desk
from workflows.models import Event
from workflows.service import performed
from workflows.states import AUTHOR, Record, State, acts_of

from ..issuing import deliveries
from ..models import Dossier, Notice
from ..people import mourning
from . import desks

# What asks for something to be done.
_ASKING = (Notice.Kind.NUDGE, Notice.Kind.CALLED)
_TOLD_TO_WHO_ENTERED = (Notice.Kind.BACK, Notice.Kind.REJECTED, Notice.Kind.WITHDRAWN)
_TOLD_TO_THE_AUTHOR = {
    State.RELEASED: Notice.Kind.RELEASED,
    State.REJECTED: Notice.Kind.REJECTED,
    State.AGREED: Notice.Kind.AGREED,
    State.ACCEPTED: Notice.Kind.ACCEPTED,
}
_ENTERED = {
    "submit_entered": Notice.Kind.ENTERED,
    "enter_report": Notice.Kind.REPORTED,
    "enter_rollup": Notice.Kind.REPORTED,
}


@receiver(performed, dispatch_uid="notices")
def tell(sender: Any, record: Record, event: Event, **kwargs: Any) -> None:
    """Tell those an act concerns, but never the one who did it. Told again, it adds nothing."""
    if event.from_state != event.to_state:
        _settle(record, event)
    kind, told_at = _audience(record, event)
    if not told_at:
        return
    sitting = desks.sitting([record.agency_id])
    told = [*((record, desk) for desk in told_at), *_gathered(record, kind)]
    people = {
        seated.user.pk: (seated.user, about) for about, desk in told for seated in sitting[desk.key]
    }
    people |= {user.pk: (user, record) for user in _who_entered(record, kind, sitting)}
    for pk in (event.actor_id, *mourning.silenced(people)):
        people.pop(pk, None)
    said = {
        "kind": kind,
        "sender_name": event.actor_name,
        "sender_capacity": event.capacity,
        "words": event.note,
        "event": event,
        "at": event.at,
    }
    Notice.objects.bulk_create(
        [notice_of(about, user, **said) for user, about in people.values()], ignore_conflicts=True
    )


def _settle(record: Record, event: Event) -> None:
    """What an act answers needs no opening any more: what the actor was told of this record, and
    what asked anybody to act on it."""
    about = Notice.objects.filter(
        record_type=record._meta.label_lower, record_id=record.pk, at__lte=event.at
    )
    mark_read(about.filter(Q(recipient=event.actor_id) | Q(kind__in=_ASKING)))


def _gathered(record: Record, kind: str) -> list[tuple[Record, Desk]]:
    """Whose requests a round decides: each is told of his own."""
    if not isinstance(record, Dossier) or kind not in _TOLD_TO_THE_AUTHOR.values():
        return []
    requests = Dossier.objects.filter(given_lines__dossier=record.pk).select_related("post")
    return [(request, request.desk(AUTHOR)) for request in requests]


def _who_entered(record: Record, kind: str, sitting: desks.Seating) -> list[Any]:
    """What was entered for somebody came back: whoever entered it calls him, while still here."""
    pk = getattr(record, "entered_by_id", None)
    if pk is None or kind not in _TOLD_TO_WHO_ENTERED:
        return []
    seated = (capacity.user for capacities in sitting.values() for capacity in capacities)
    return [user for user in seated if user.pk == pk]


def _audience(record: Record, event: Event) -> tuple[str, list[Desk]]:
    """What kind of news an act is, and the desks it is news to."""
    author = record.desk(AUTHOR)
    if event.from_state == event.to_state:
        return "", []
    if kind := _TOLD_TO_THE_AUTHOR.get(State(event.to_state)):
        return _released_as(record, kind), [author, *_sent_to(record, event)]
    if event.act in _ENTERED:
        return _ENTERED[event.act], [author]
    if event.to_state == State.WITHDRAWN:
        return Notice.Kind.WITHDRAWN, [author, *_waited_at(record, event)]
    act = acts_of(type(record)).get(event.act)
    waits_at = record.waits_at
    if act and act.reason and waits_at:
        # Set aside from a round, or looked at again after the consent: who asked hears why,
        # besides whoever has it now.
        asked = [author] if event.from_state in (State.CONTINUED, State.AGREED) else []
        return Notice.Kind.BACK, [waits_at, *asked, *_signed_in_vain(record, event)]
    return "", []


def _signed_in_vain(record: Record, event: Event) -> list[Desk]:
    """The chair of a meeting, whose signature was voided because the secretary did not sign."""
    half_signed = event.from_state == State.AWAITING_SECRETARY and isinstance(record, Dossier)
    return [record.chair_desk] if half_signed else []


def _released_as(record: Record, kind: str) -> str:
    """What ends in another paper than a decision is told in other words."""
    issued = not isinstance(record, Dossier) or record.kind_of("decision") != "decision"
    return Notice.Kind.ISSUED if issued and kind == Notice.Kind.RELEASED else kind


def _sent_to(record: Record, event: Event) -> list[Desk]:
    """The heads of the places a decision released here concerns."""
    if event.to_state != State.RELEASED or not isinstance(record, Dossier):
        return []
    return record.desks(acts_of(Dossier)["acknowledge"]) if deliveries.is_ours(record) else []


def _waited_at(record: Record, event: Event) -> list[Desk]:
    role = record.WAITS_FOR.get(event.from_state)
    return [record.desk(role)] if role else []


def notice_of(record: Record, recipient: Any, **said: Any) -> Notice:
    return Notice(
        recipient=recipient,
        record_type=record._meta.label_lower,
        record_id=record.pk,
        title=_called(record),
        **said,
    )


def _called(record: Record) -> str:
    """ "16933-0007: Thành lập …": what people are told a record by."""
    code = getattr(record, "receipt", "")
    return f"{code}: {record}" if code else str(record)


def of(user: Any) -> QuerySet[Notice]:
    """The notices of a person, newest first."""
    return Notice.objects.filter(recipient=user)


def unread(user: Any) -> int:
    """How many notices he has not opened: one query."""
    return of(user).filter(read=None).count()


def mark_read(notices: QuerySet[Notice]) -> None:
    notices.filter(read=None).update(read=timezone.now())

"""Targets after their release: in force for whom, seen by whom, asked to be changed, answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows.authority import Capacity
from workflows.errors import Refusal
from workflows.models import Event, in_force
from workflows.service import performed
from workflows.states import State

from ..flows import assign_targets
from ..messages import desks
from ..models import Dossier, Membership, Notice, Target, TargetRequest, TargetTeam, Team
from ..roles import Role

LEADING = ("leader", "deputy")


def leading(user: Any, team: Team) -> Membership | None:
    """The seat from which ``user`` leads a team today: as its leader or deputy."""
    seats = Membership.objects.filter(in_force(), team=team, person__user=user.pk)
    found: Membership | None = seats.filter(role__in=LEADING).first()
    return found


def specialist_of(held: Iterable[Capacity], agency: int | None) -> bool:
    """Whether somebody with these capacities is a specialist of that office."""
    return any(c.post.role == Role.SPECIALIST and c.post.agency_id == agency for c in held)


def speaks_for(user: Any, team: Team, held: Iterable[Capacity]) -> str:
    """As what ``user`` tells the numbers of a team: "Tổ trưởng", or for it; empty if he may not."""
    seat = leading(user, team)
    if seat is not None:
        return str(seat.get_role_display())
    if specialist_of(held, team.commune.agency_id):
        return _("chuyên viên, nhập thay tổ")
    return ""


def of_team(team: Team) -> list[Target]:
    """Every target that a released decision gave a team, the newest decision first."""
    found = Target.objects.filter(
        place__team=team,
        item__target_set__dossier__state=State.RELEASED,
        numerator__isnull=False,
    )
    deep = (
        "item__indicator",
        "item__target_set__dossier__decision",
        "place__seen_by",
        "place__team__commune",
        "replaced_by__item__target_set__dossier__decision",
    )
    return list(found.select_related(*deep).order_by("-item__target_set", "pk"))


def due_now(target: Target) -> bool:
    """Whether a target is still to be worked for: in force, and its day has not passed."""
    due = target.item.target_set.due
    return target.replaced_by_id is None and bool(due and due >= timezone.localdate())


def acknowledge(team: Team, by: Any) -> None:
    """Its leader or deputy has opened the page: the first time is kept, for every decision."""
    unseen = TargetTeam.objects.filter(
        team=team, seen=None, target_set__dossier__state=State.RELEASED
    )
    unseen.update(seen=timezone.now(), seen_by=by)


def led_by(user: Any) -> list[Team]:
    """The teams that ``user`` leads and that have targets to work for: one query."""
    seats = Membership.objects.filter(in_force(), person__user=user.pk, role__in=LEADING)
    given = Target.objects.filter(
        place__team__in=seats.values("team"),
        item__target_set__dossier__state=State.RELEASED,
        item__target_set__due__gte=timezone.localdate(),
        numerator__isnull=False,
        replaced_by=None,
    )
    return list(Team.objects.filter(pk__in=given.values("place__team")).order_by("pk"))


# Telling the leaders ----------------------------------------------------------------------------


@receiver(performed, sender=Dossier, dispatch_uid="targets")
def tell_leaders(sender: Any, record: Dossier, event: Event, **kwargs: Any) -> None:
    """Whoever leads a team is told of its numbers once they are decided."""
    if not record.assigns or event.act != "release_decision":
        return
    places = {place.team_id: place for place in record.target_sheet().places}
    seats = Membership.objects.filter(
        in_force(), team__in=places, role__in=LEADING, person__user__isnull=False
    ).exclude(person__user=event.actor_id)
    Notice.objects.bulk_create(
        [
            Notice(
                recipient=seat.person.user,
                kind=Notice.Kind.RELEASED,
                record_type="procedures.targetteam",
                record_id=places[seat.team_id].pk,
                title=str(record),
                sender_name=event.actor_name,
                sender_capacity=event.capacity,
                event=event,
                at=event.at,
            )
            for seat in seats.select_related("person__user")
        ],
        ignore_conflicts=True,
    )


# Asking for a change ----------------------------------------------------------------------------


def requests_on(targets: Iterable[Target]) -> dict[int, TargetRequest]:
    """The newest request on each target, with what became of it: two queries."""
    found = TargetRequest.objects.filter(target__in=[target.pk for target in targets])
    rows = found.select_related("by", "refused_by").prefetch_related("answering__dossier__decision")
    return {asked.target_id: asked for asked in rows.order_by("pk")}


def answering(asked: TargetRequest) -> Dossier | None:
    """The case that answers a request, of those read with it; None when all were given up."""
    cases = [answer.dossier for answer in asked.answering.all()]
    standing = [c for c in cases if c.state not in (State.WITHDRAWN, State.REJECTED)]
    return standing[-1] if standing else None


def is_open(asked: TargetRequest) -> bool:
    """Whether it still waits for the specialist."""
    return not asked.refusal and answering(asked) is None


def open_requests(agencies: Iterable[int]) -> QuerySet[TargetRequest]:
    """The requests that wait for an answer in these offices, oldest first."""
    answered = TargetRequest.objects.exclude(answering=None).exclude(
        answering__dossier__state__in=(State.WITHDRAWN, State.REJECTED)
    )
    found = TargetRequest.objects.filter(
        refusal="", target__place__team__commune__agency__in=list(agencies)
    ).exclude(pk__in=answered.values("pk"))
    return found.select_related("by", "target__item__indicator", "target__place__team").order_by(
        "pk"
    )


@transaction.atomic
def ask(target: Target, *, by: Any, reason: str) -> TargetRequest:
    """The leader's wish that a target be changed, told to every specialist of the office.

    Raises :class:`Refusal`: not his team, replaced already, or asked and not answered yet.
    """
    locked = Target.objects.select_for_update(of=("self",)).get(pk=target.pk)
    if leading(by, target.place.team) is None:
        raise Refusal(_("Chỉ Tổ trưởng, Tổ phó đề nghị điều chỉnh chỉ tiêu của tổ mình."))
    if locked.replaced_by_id is not None:
        raise Refusal(_("Chỉ tiêu này đã được thay bằng chỉ tiêu khác."))
    before = requests_on([target]).get(target.pk)
    if before and is_open(before):
        raise Refusal(_("Tổ đã gửi đề nghị về chỉ tiêu này. Ông/bà chờ văn phòng trả lời."))
    if before and (case := answering(before)) and case.state != State.RELEASED:
        raise Refusal(_("Văn phòng đang lập quyết định điều chỉnh chỉ tiêu này."))
    asked = TargetRequest.objects.create(target=target, reason=reason, by=by)
    dossier = target.item.target_set.dossier
    seated = desks.sitting_at(dossier.desk(Role.SPECIALIST), dossier.agency_id)
    _note(Notice.Kind.ASKED, asked, [capacity.user for capacity in seated], by, reason)
    return asked


@transaction.atomic
def refuse(asked: TargetRequest, *, by: Any, held: Sequence[Capacity], reason: str) -> None:
    """Answer a request: the target stays, and why.

    Raises :class:`Refusal`: not a specialist of that office, or answered already.
    """
    locked = TargetRequest.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if not specialist_of(held, asked.target.place.team.commune.agency_id):
        raise Refusal(_("Chỉ chuyên viên trả lời đề nghị điều chỉnh chỉ tiêu."))
    assign_targets.refuse_answered(locked)
    locked.refusal, locked.refused_by, locked.refused_at = reason, by, timezone.now()
    locked.save(update_fields=["refusal", "refused_by", "refused_at"])
    _note(Notice.Kind.ANSWERED, asked, [asked.by], by, reason)


_TOLD = {
    Notice.Kind.ASKED: ("procedures.targetrequest", "Tổ trưởng, Tổ phó"),
    Notice.Kind.ANSWERED: ("procedures.targetteam", "chuyên viên"),
}


def _note(kind: Notice.Kind, asked: TargetRequest, people: list[Any], by: Any, words: str) -> None:
    record_type, capacity = _TOLD[kind]
    record = asked if kind == Notice.Kind.ASKED else asked.target.place
    told = {user.pk: user for user in people if user.pk != by.pk}
    Notice.objects.bulk_create(
        Notice(
            recipient=user,
            kind=kind,
            record_type=record_type,
            record_id=record.pk,
            title=str(asked),
            sender_name=str(by),
            sender_capacity=capacity,
            words=words,
        )
        for user in told.values()
    )

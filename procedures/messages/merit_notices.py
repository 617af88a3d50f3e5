"""Who hears of an achievement put forward: the specialists at once, then, when a dossier takes it
in and when the decision is released, who put it forward, the leader of the team and the person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from workflows.models import Event, in_force
from workflows.service import performed

from ..models import Commended, Dossier, Membership, Merit, Notice
from ..models.commending import COMMEND
from ..people import mourning
from ..roles import Role
from . import desks

_TOLD = {"submit": Notice.Kind.TAKEN, "release_decision": Notice.Kind.RELEASED}
# What each row is opened by: who sits in the team sees its page, and the merit leads there too.
_MERIT, _TEAM = "procedures.merit", "procedures.team"


def put_forward(merit: Merit, event: Event) -> None:
    """The specialists of the commune learn of it; its page says what became of it."""
    agency = merit.commune.agency_id
    seated = [c for rows in desks.sitting([agency]).values() for c in rows]
    people = {c.user.pk: c.user for c in seated if c.post.role == Role.SPECIALIST}
    about = (_MERIT, merit.pk, merit.name)
    said = {"words": merit.achievement, "kind": Notice.Kind.MERIT}
    _tell({pk: (user, [about]) for pk, user in people.items()}, event, **said)


@receiver(performed, sender=Dossier, dispatch_uid="merits")
def tell(sender: Any, record: Dossier, event: Event, **kwargs: Any) -> None:
    """Once when it is first sent, once when it is released; told again, it adds nothing."""
    kind = _TOLD.get(event.act)
    if record.procedure != COMMEND or kind is None:
        return
    found = Commended.objects.filter(commendation__dossier=record.pk)
    rows = list(found.select_related("person__user", "merit__by", "team"))
    if kind == Notice.Kind.TAKEN:
        rows = _not_told(rows)
    people: dict[int, tuple[Any, list[tuple[str, int, str]]]] = {}
    leaders = _leaders(rows)
    for row in rows:
        for user in _concerned(row, leaders):
            people.setdefault(user.pk, (user, []))[1].append(_about(row))
    _tell(people, event, kind=kind)


def _not_told(rows: Iterable[Commended]) -> list[Commended]:
    """What was put forward and is taken in for the first time: sent again after a return is no
    news, and what the specialist wrote himself is nobody's until it is decided."""
    merits = {row.merit_id: row for row in rows if row.merit_id}
    told = Notice.objects.filter(
        kind=Notice.Kind.TAKEN, record_type=_MERIT, record_id__in=merits.keys()
    )
    known = set(told.values_list("record_id", flat=True))
    return [row for pk, row in merits.items() if pk not in known]


def _leaders(rows: Iterable[Commended]) -> dict[int, list[Any]]:
    """Who leads the teams of these rows today, by team: one query."""
    teams = {row.team_id for row in rows if row.team_id}
    seats = Membership.objects.filter(
        in_force(), team__in=teams, role="leader", person__user__isnull=False
    )
    found: dict[int, list[Any]] = {}
    for seat in seats.select_related("person__user"):
        found.setdefault(seat.team_id, []).append(seat.person.user)
    return found


def _concerned(row: Commended, leaders: dict[int, list[Any]]) -> Iterator[Any]:
    if row.merit:
        yield row.merit.by
    if row.person and row.person.user:
        yield row.person.user
    yield from leaders.get(row.team_id or 0, [])


def _about(row: Commended) -> tuple[str, int, str]:
    if row.merit_id:
        return _MERIT, row.merit_id, row.name
    return _TEAM, row.team_id or 0, row.name


def _tell(
    people: dict[int, tuple[Any, list[tuple[str, int, str]]]], event: Event, **said: Any
) -> None:
    """One notice for each, whatever number of people it is about, but never who acted."""
    for pk in (event.actor_id, *mourning.silenced(people)):
        people.pop(pk or 0, None)
    Notice.objects.bulk_create(
        [
            Notice(
                recipient=user,
                record_type=about[0][0],
                record_id=about[0][1],
                title=_("Khen thưởng: %(names)s")
                % {"names": "; ".join(dict.fromkeys(name for _type, _pk, name in about))},
                sender_name=event.actor_name,
                sender_capacity=event.capacity,
                event=event,
                at=event.at,
                **said,
            )
            for user, about in people.values()
        ],
        ignore_conflicts=True,
    )

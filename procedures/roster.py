"""Who is in which team: the fold of the changes of released decisions.

Teams and memberships are a projection of it. :func:`apply` adds one dossier at its release;
:func:`differences` compares the whole with the fold, :func:`rebuild` writes it anew.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction
from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from workflows.errors import Refusal
from workflows.states import State

from .identity import identify_people
from .models.teams import Membership, Team

if TYPE_CHECKING:
    from documents.models import Document

    from .models import Change, Commune, Dossier


@dataclass(frozen=True)
class Sitting:
    """One person's seat as a decision gives it."""

    person_id: int
    role: str
    represents: str
    since: datetime.date
    until: datetime.date | None = None


@dataclass(frozen=True)
class Standing:
    """One team as the decisions leave it."""

    decision_id: int
    level: str
    hamlet_id: int | None
    name: str
    since: datetime.date
    seats: frozenset[Sitting]
    until: datetime.date | None = None

    @property
    def founded(self) -> tuple[int, str, int | None]:
        """What makes it this team and no other: the decision and the place."""
        return (self.decision_id, self.level, self.hamlet_id)


def apply(dossier: Dossier) -> None:
    """Let the decisions of a dossier just released count: its teams stand from their dates.

    Call inside the transaction of the release. A few queries, however many lines. Raises
    :class:`Refusal` when a place has a team already, which the rules refuse long before.
    """
    changes = dossier.lines()
    _refuse_second_team(dossier.commune, changes)
    _found(changes)


def _refuse_second_team(commune: Commune, changes: Iterable[Change]) -> None:
    standing = Team.objects.filter(commune=commune, until__isnull=True)
    taken: set[tuple[str, int | None]] = set(standing.values_list("level", "hamlet"))
    for change in changes:
        if (change.level, change.hamlet_id) in taken:
            raise Refusal(_("%(place)s đã có tổ đang hoạt động.") % {"place": change.place})
        taken.add((change.level, change.hamlet_id))


def _found(changes: list[Change]) -> None:
    """Create the teams of these lines, with their seats, and tell the lines."""
    teams = Team.objects.bulk_create(_team(change) for change in changes)
    seated = list(zip(teams, changes, strict=True))
    for team, change in seated:
        change.team = team
    apps.get_model("procedures", "Change").objects.bulk_update(changes, ["team"])
    Membership.objects.bulk_create(
        Membership(team=team, decision_id=team.decision_id, **vars(seat))
        for team, change in seated
        for seat in _sittings(change, team.decision)
    )


def _team(change: Change) -> Team:
    decision = _decision(change)
    return Team(
        commune=change.dossier.commune,
        level=change.level,
        hamlet=change.hamlet,
        name=change.team_name,
        decision=decision,
        since=_first_day(decision),
    )


def _decision(change: Change) -> Document:
    """The decision a released line rests on."""
    if change.decision is None:
        raise ValueError(f"change {change.pk} of a released dossier rests on no decision")
    return change.decision


def _seat(team: Team, seats: Iterable[Sitting], decision_id: int) -> None:
    Membership.objects.bulk_create(
        Membership(team=team, decision_id=decision_id, **vars(seat)) for seat in seats
    )


def _sittings(change: Change, decision: Document) -> list[Sitting]:
    seats, since = [], _first_day(decision)
    for seat in change.seats.all():
        if seat.person_id is None:
            raise ValueError(f"seat {seat.pk} of a released dossier names nobody")
        seats.append(Sitting(seat.person_id, seat.role, seat.represents, since))
    return seats


def _first_day(decision: Document) -> datetime.date:
    """A decision counts from its date ("có hiệu lực kể từ ngày ký")."""
    if decision.date is None:
        raise ValueError(f"decision {decision.pk} has no date")
    return decision.date


def fold(commune: Commune) -> list[Standing]:
    """The teams of a commune as its released decisions say, oldest decision first."""
    return [_standing(change) for change in _released(commune)]


def _released(commune: Commune) -> QuerySet[Any]:
    changes = apps.get_model("procedures", "Change").objects
    standing = Q(own_decision__state=State.RELEASED) | Q(
        own_decision__isnull=True, dossier__decision__state=State.RELEASED
    )
    return (
        changes.filter(standing, dossier__commune=commune, dossier__state=State.RELEASED)
        .select_related("hamlet", "own_decision", "dossier__decision", "dossier__commune")
        .prefetch_related("seats")
        .order_by(
            Coalesce("own_decision__date", "dossier__decision__date"),
            Coalesce("own_decision__released", "dossier__decision__released"),
            "pk",
        )
    )


def _standing(change: Change) -> Standing:
    decision = _decision(change)
    return Standing(
        decision_id=decision.pk,
        level=change.level,
        hamlet_id=change.hamlet_id,
        name=change.team_name,
        since=_first_day(decision),
        seats=frozenset(_sittings(change, decision)),
    )


def projected(commune: Commune) -> list[tuple[Team, Standing]]:
    """The rows that are kept, each team with what it says."""
    memberships = Prefetch("memberships", Membership.objects.order_by("pk"))
    teams = Team.objects.filter(commune=commune).prefetch_related(memberships).order_by("pk")
    return [(team, _as_kept(team)) for team in teams]


def _as_kept(team: Team) -> Standing:
    seats = frozenset(
        Sitting(m.person_id, m.role, m.represents, m.since, m.until)
        for m in team.memberships.all()
        if m.decision_id == team.decision_id
    )
    return Standing(
        team.decision_id, team.level, team.hamlet_id, team.name, team.since, seats, team.until
    )


def differences(commune: Commune) -> list[str]:
    """A sentence for every team whose rows say otherwise than the decisions; empty when none."""
    expected = {standing.founded: standing for standing in fold(commune)}
    kept = {standing.founded: standing for _team, standing in projected(commune)}
    return [*_compared(expected, kept), *_strays(commune)]


def _compared(expected: dict[Any, Standing], kept: dict[Any, Standing]) -> Iterator[str]:
    for founded in sorted(expected.keys() | kept.keys(), key=str):
        said, row = expected.get(founded), kept.get(founded)
        if said is None and row is not None:
            yield _("%(team)s: không có quyết định nào đã phát hành lập tổ này.") % {
                "team": row.name
            }
        elif said is not None and row is None:
            yield _("%(team)s: đã có quyết định nhưng chưa có trong danh sách tổ.") % {
                "team": said.name
            }
        elif said is not None and row is not None and said != row:
            yield _("%(team)s: danh sách khác với quyết định (%(what)s).") % {
                "team": said.name,
                "what": _changed(said, row),
            }


def _changed(said: Standing, row: Standing) -> str:
    if said.seats != row.seats:
        return _("%(missing)d người thiếu, %(extra)d người thừa hoặc khác") % {
            "missing": len(said.seats - row.seats),
            "extra": len(row.seats - said.seats),
        }
    return _("tên tổ hoặc thời gian")


def _strays(commune: Commune) -> Iterator[str]:
    """Memberships that rest on another decision than their team's."""
    for membership in _stray_rows(commune).select_related("person", "team"):
        yield _("%(team)s: %(person)s không có trong quyết định lập tổ.") % {
            "team": membership.team,
            "person": membership.person,
        }


def _stray_rows(commune: Commune) -> QuerySet[Membership]:
    rows = Membership.objects.filter(team__commune=commune)
    own = rows.filter(decision=F("team__decision"))
    return rows.exclude(pk__in=own.values("pk"))


@transaction.atomic
def rebuild(commune: Commune) -> None:
    """Write the projection anew from the released decisions. Teams that stand keep their rows."""
    _stray_rows(commune).delete()
    expected = {standing.founded: standing for standing in fold(commune)}
    kept = {standing.founded: (team, standing) for team, standing in projected(commune)}
    changes = apps.get_model("procedures", "Change").objects
    # Surplus rows go first: they may occupy a place where a team has to stand.
    for founded in kept.keys() - expected.keys():
        team, _row = kept.pop(founded)
        changes.filter(team=team).update(team=None)
        team.memberships.all().delete()
        team.delete()
    for change in _released(commune):
        standing = _standing(change)
        _write(change, standing, kept.get(standing.founded))


def _write(change: Change, said: Standing, kept: tuple[Team, Standing] | None) -> None:
    if kept is None:
        _found([change])
        return
    team, row = kept
    team.name, team.since, team.until = said.name, said.since, said.until
    team.save()
    if row.seats != said.seats:
        team.memberships.all().delete()
        _seat(team, said.seats, said.decision_id)
    if change.team_id != team.pk:
        change.team = team
        change.save(update_fields=["team"])


__all__ = [
    "Sitting",
    "Standing",
    "apply",
    "differences",
    "fold",
    "identify_people",
    "projected",
    "rebuild",
]

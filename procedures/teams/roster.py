"""Who is in which team: a projection of the released decisions.

:func:`apply` adds one dossier at its release; :func:`differences` compares what is kept with the
fold (:mod:`procedures.teams.fold`), :func:`rebuild` writes it anew.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from workflows.errors import Refusal

from ..models.teams import Membership, Team
from ..people.identity import identify_people
from . import overtaken, spelling
from .decided import decision_of, first_day, histories
from .fold import CHANGES, Sitting, Standing, fold, folded, one, sittings

if TYPE_CHECKING:
    from ..models import Change, Commune, Dossier


_IN_ORDER = Prefetch("memberships", Membership.objects.order_by("pk"))


def apply(dossier: Dossier) -> None:
    """Let the decisions of a dossier just released count: its teams stand from their dates.

    Call inside the transaction of the release. A few queries, however many lines. Raises
    :class:`Refusal` when a place has a team already, which the rules refuse long before, or when
    another decision about a team came first (:mod:`procedures.teams.overtaken`).
    """
    changes = dossier.lines()
    changing = [change for change in changes if change.kind in CHANGES]
    teams = _locked(changing)
    before = histories(teams.values())
    overtaken.refuse(changes, before)
    founding = [change for change in changes if change.kind not in CHANGES]
    if founding:
        _refuse_second_team(dossier.commune, founding)
        _found(founding)
    if changing:
        _carry_out(teams, before, changing)


def refuse(dossier: Dossier) -> None:
    """Raise :class:`Refusal` before the seal where :func:`apply` would after it, because another
    decision came first."""
    changes = [change for change in dossier.lines() if change.kind in CHANGES or change.basis]
    overtaken.refuse(changes, histories(change.team for change in changes if change.team))


def _locked(changes: list[Change]) -> dict[int, Team]:
    """The teams these lines change; the lock puts two decisions in order."""
    if not changes:
        return {}
    standing = Team.objects.select_for_update().filter(until__isnull=True)
    found = standing.filter(pk__in=[c.team_id for c in changes]).order_by("pk")
    teams = {team.pk: team for team in found.prefetch_related("memberships")}
    for change in changes:
        if change.team_id not in teams:
            raise Refusal(_("%(team)s không còn hoạt động.") % {"team": change.team_name})
    return teams


def _carry_out(
    teams: dict[int, Team], before: dict[int, list[Change]], changes: list[Change]
) -> None:
    """Fold the teams anew with these lines, each at its place in the order of dates."""
    _read_who_was(changes, before.values())
    said = {}
    for pk, history in before.items():
        lines = {line.pk: line for line in history}
        lines |= {change.pk: change for change in changes if change.team_id == pk}
        said[pk] = one(lines.values())
    _rewrite(teams, said)
    for change in changes:
        spelling.put_right(change)


def _read_who_was(changes: list[Change], histories: Iterable[list[Change]]) -> None:
    """The seats these lines follow stand in the lines before them, which are read already."""
    prefetch_related_objects(changes, "seats")
    known = {seat.pk: seat for lines in histories for line in lines for seat in line.seats.all()}
    for seat in (seat for change in changes for seat in change.seats.all()):
        if seat.was_id in known:
            seat.was = known[seat.was_id]


def _rewrite(teams: dict[int, Team], said: dict[int, Standing]) -> None:
    """Bring the rows of several teams to what is said, in a few queries however many."""
    gone, come = [], []
    for pk, team in teams.items():
        rows = {_sitting(row): row.pk for row in team.memberships.all()}
        gone += [row for seat, row in rows.items() if seat not in said[pk].seats]
        new = sorted(said[pk].seats - rows.keys(), key=_order)
        come += [Membership(team=team, **vars(seat)) for seat in new]
        if (team.decision_id, team.name, team.until) != _columns(said[pk]):
            team.decision_id, team.name, team.until = _columns(said[pk])
            team.save(update_fields=["decision", "name", "until"])
    Membership.objects.filter(pk__in=gone).delete()
    Membership.objects.bulk_create(come)


def _columns(said: Standing) -> tuple[int, str, datetime.date | None]:
    return (said.decision_id, said.name, said.until)


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
        Membership(team=team, **vars(seat))
        for team, change in seated
        for seat in sittings(change, team.decision)
    )


def _team(change: Change) -> Team:
    decision = decision_of(change)
    return Team(
        commune=change.dossier.commune,
        level=change.level,
        hamlet=change.hamlet,
        name=change.team_name,
        decision=decision,
        since=first_day(decision),
    )


def projected(commune: Commune) -> list[tuple[Team, Standing]]:
    """The rows that are kept, each team with what it says."""
    teams = Team.objects.filter(commune=commune).prefetch_related(_IN_ORDER).order_by("pk")
    founded = _founding_lines(commune)
    # A team no line founded is told apart from every line.
    return [(team, _as_kept(team, founded.get(team.pk, -team.pk))) for team in teams]


def _founding_lines(commune: Commune) -> dict[int, int]:
    """The line that set up each team, by primary keys."""
    lines = apps.get_model("procedures", "Change").objects.filter(dossier__commune=commune)
    founding = lines.exclude(kind__in=CHANGES).filter(team__isnull=False)
    return dict(founding.values_list("team", "pk"))


def _as_kept(team: Team, founded: int) -> Standing:
    seats = frozenset(_sitting(row) for row in team.memberships.all())
    return Standing(
        founded,
        team.decision_id,
        team.level,
        team.hamlet_id,
        team.name,
        team.since,
        seats,
        team.until,
    )


def _sitting(row: Membership) -> Sitting:
    return Sitting(row.person_id, row.role, row.represents, row.since, row.decision_id, row.until)


def differences(commune: Commune) -> list[str]:
    """A sentence for every team whose rows say otherwise than the decisions; empty when none."""
    expected = {standing.founded: standing for standing in fold(commune)}
    kept = {standing.founded: standing for _team, standing in projected(commune)}
    return [*_compared(expected, kept), *spelling.differences(commune)]


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


@transaction.atomic
def rebuild(commune: Commune) -> None:
    """Write the projection anew from the released decisions. Teams that stand keep their rows."""
    expected = {said.founded: (said, lines) for said, lines in folded(commune)}
    kept = {row.founded: (team, row) for team, row in projected(commune)}
    changes = apps.get_model("procedures", "Change").objects
    # Surplus rows go first: they may occupy a place where a team has to stand.
    for founded in kept.keys() - expected.keys():
        team, _row = kept.pop(founded)
        changes.filter(team=team).update(team=None)
        team.memberships.all().delete()
        team.delete()
    for founded, (said, lines) in expected.items():
        team, row = kept.get(founded) or (Team(commune=commune, level=said.level), None)
        _write(team, row, said)
        changes.filter(pk__in=[line.pk for line in lines]).update(team=team)
    for person, seat in spelling.names_said(commune):
        spelling.write(person.pk, seat)


def _write(team: Team, row: Standing | None, said: Standing) -> None:
    """Bring the rows of a team to what is said; ``row`` is what they say now."""
    team.name, team.since, team.until = said.name, said.since, said.until
    team.level, team.hamlet_id, team.decision_id = said.level, said.hamlet_id, said.decision_id
    team.save()
    before = row.seats if row else frozenset()
    for seat in before - said.seats:
        team.memberships.filter(**vars(seat)).delete()
    Membership.objects.bulk_create(
        Membership(team=team, **vars(seat)) for seat in sorted(said.seats - before, key=_order)
    )


def _order(seat: Sitting) -> tuple[datetime.date, int]:
    return (seat.since, seat.person_id)


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

"""What is to be done about standing teams today, and by which procedure: computed, never a block.

The rules that judge a dossier judge the team as it sits today, so that what a decision could not
set up anew always has a warning here; an empty post of leader and a merged place besides, which no
rule of a request speaks of. What the values of *another day* would say of a team, to see what a new
regulation changes, is :mod:`procedures.rules.standing`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows.models import Holding, in_force

from ..models import Change, Commune, Dossier, Level, Membership, Seat, Team
from ..models.restructuring import APPOINT_LEADER, MERGE_HAMLETS, REVIEW_TEAM
from ..roles import Role
from ..rules import leaders, size
from ..rules.base import told
from ..rules.facts import Facts, Line

NO_LEADER, POST_LOST, SIZE, MERGED = "no_leader", "post_lost", "size", "merged"


@dataclass(frozen=True)
class Warning:
    """Something open about a team. ``mend`` is the procedure that mends it."""

    kind: str
    sentence: str
    citation: str
    mend: str
    suggestion: bool = False


# The rules that speak of a standing team, and what their findings are called here.
_RULES = {
    leaders.leader_holds_the_post: POST_LOST,
    size.enough_members: SIZE,
    size.not_too_many_members: SIZE,
    size.others_may_collaborate: SIZE,
    size.size_is_near_the_target: SIZE,
    leaders.enough_deputies: SIZE,
    leaders.not_too_many_deputies: SIZE,
}


def of_team(team: Team) -> list[Warning]:
    return of_teams([team])[team.pk]


def of_teams(teams: Sequence[Team]) -> dict[int, list[Warning]]:
    """The open warnings of teams of one commune, by primary key, in at most four queries.

    ``team.sitting`` is used where it was read (:func:`procedures.lists.team_lists.with_members`). A
    team that ended has none.
    """
    standing = [team for team in teams if team.until is None]
    found: dict[int, list[Warning]] = {team.pk: [] for team in teams}
    if not standing:
        return found
    commune, seats = standing[0].commune, _sitting(standing)
    facts = _facts(commune, standing)
    for team in standing:
        found[team.pk] = [
            *_merged(team), *_leaderless(seats[team.pk]), *_judged(team, seats[team.pk], facts)
        ]  # fmt: skip
    return found


def holders_of(commune: Commune, teams: Iterable[Team]) -> dict[int, list[Holding]]:
    """Who holds the post the leader of each team should hold, by the team's primary key."""
    known = list(teams)
    facts = _facts(commune, known)
    lines = {team.pk: _line(team, [], facts) for team in known}
    return {pk: leaders.leaders(facts, line) for pk, line in lines.items()}


def _sitting(teams: Sequence[Team]) -> dict[int, list[Membership]]:
    found: dict[int, list[Membership]] = {team.pk: [] for team in teams}
    read = all(hasattr(team, "sitting") for team in teams)
    rows: Iterable[Membership] = (
        [seat for team in teams for seat in getattr(team, "sitting")]  # noqa: B009
        if read
        else Membership.objects.filter(in_force(), team__in=teams).select_related("person")
    )
    today = timezone.localdate()
    for row in rows:
        # A seat that ends today is as good as free.
        if row.until is None or row.until > today:
            found[row.team_id].append(row)
    return found


def _facts(commune: Commune, teams: Iterable[Team]) -> Facts:
    posts = [team.hamlet.head_post_id for team in teams if team.hamlet]
    secretary = Q(post__agency=commune.agency_id, post__role=Role.YOUTH_SECRETARY)
    sitting = Holding.objects.filter(in_force(), Q(post__in=posts) | secretary)
    found: dict[int, list[Holding]] = defaultdict(list)
    for holding in sitting.select_related("post", "user__person").order_by("pk"):
        found[holding.post_id].append(holding)
    return Facts(
        dossier=Dossier(commune=commune),
        commune=commune,
        on=timezone.localdate(),
        signed=timezone.localdate(),
        lines=(),
        heads=dict(found),
        secretaries=[h for rows in found.values() for h in rows if _is_secretary(h)],
        teams={},
        rivals={},
        requests={},
    )


def _is_secretary(holding: Holding) -> bool:
    return holding.post.role == Role.YOUTH_SECRETARY


def _line(team: Team, sitting: Sequence[Membership], facts: Facts) -> Line:
    """The team as if a line of a dossier left it so."""
    change = Change(level=team.level, hamlet=team.hamlet, team=team, kind="revise")
    seats = tuple(
        Seat(
            position=number,
            full_name=row.person.full_name,
            role=row.role,
            represents=row.represents,
            person=row.person,
        )
        for number, row in enumerate(sitting, 1)
    )
    return Line(change, seats, seats, facts.commune, facts.on)


def _judged(team: Team, sitting: Sequence[Membership], facts: Facts) -> Iterable[Warning]:
    line = _line(team, sitting, facts)
    for rule, kind in _RULES.items():
        for found in (told(rule, breach) for breach in rule(facts, line)):
            sentence = _lost(found.sentence) if kind == POST_LOST else found.sentence
            mend = APPOINT_LEADER if kind == POST_LOST else REVIEW_TEAM
            yield Warning(kind, sentence, found.citation, mend, found.level == "suggest")


def _lost(sentence: str) -> str:
    return _("%(what)s. Cần thay Tổ trưởng.") % {"what": sentence}


def _leaderless(sitting: Sequence[Membership]) -> Iterable[Warning]:
    if not any(row.role == "leader" for row in sitting):
        deputy = next((row.person.full_name for row in sitting if row.role == "deputy"), "")
        acting = _(" Tổ phó %(name)s tạm điều hành.") % {"name": deputy} if deputy else ""
        yield Warning(NO_LEADER, _("Khuyết Tổ trưởng.") + acting, "", APPOINT_LEADER)


def _merged(team: Team) -> Iterable[Warning]:
    hamlet = team.hamlet
    if team.level == Level.HAMLET and hamlet and hamlet.is_over and hamlet.merger:
        values = {"place": hamlet.full_name, "into": hamlet.merger.into.full_name}
        sentence = _("%(place)s đã sáp nhập thành %(into)s; tổ chờ hợp nhất.") % values
        sentence = sentence[:1].upper() + sentence[1:]
        yield Warning(MERGED, sentence, hamlet.merger.cited, MERGE_HAMLETS)

"""The only door through which a view obtains a record or a file. Denies by default.

Another commune's object and one that does not exist look the same: 404. Within the commune the
office sees every dossier; whoever holds another post sees the dossiers of that post, those he
drew up himself, and what was decided about the place he heads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from documents import service as documents
from documents.models import Document
from documents.service import Download
from workflows import authority
from workflows.authority import Capacity
from workflows.models import Agency, Delegation, Holding, Post, in_force
from workflows.service import history
from workflows.states import State

from .models import (
    Change,
    Dossier,
    Level,
    Membership,
    Report,
    ReportCall,
    Round,
    RoundPlace,
    Target,
    TargetRequest,
    TargetSet,
    TargetTeam,
    Team,
)
from .models.existing import RECORD_TEAMS
from .roles import Role

OFFICE = frozenset(
    {
        Role.SPECIALIST,
        Role.DIVISION_HEAD,
        Role.DEPUTY_DIVISION_HEAD,
        Role.CLERK,
        Role.CHIEF_OF_OFFICE,
        Role.CHAIRMAN,
        Role.DEPUTY_CHAIRMAN,
    }
)
PAPERS = ("proposal", "submission", "decision")


def dossiers_of(user: Any, held: Sequence[Capacity] | None = None) -> QuerySet[Dossier]:
    """Every dossier ``user`` may see; ``held`` are his capacities where they are known already."""
    held = authority.capacities(user) if held is None else held
    if not held:
        return Dossier.objects.none()
    posts = {capacity.post.pk for capacity in held}
    seen = (
        Q(agency__in=offices(held))
        | Q(post__in=posts)
        | _released_to(posts)
        | Q(author=user, agency__in={capacity.post.agency_id for capacity in held})
    )
    return Dossier.objects.filter(seen)


def _released_to(posts: set[int]) -> Q:
    """What was decided about the places these posts head, whoever asked for it. Lists of teams
    that existed before are the office's: they name people of every place."""
    about = Change.objects.filter(hamlet__head_post__in=posts).values("dossier")
    recorded = Q(procedure=RECORD_TEAMS)
    return Q(state=State.RELEASED, pk__in=about) & ~recorded


def dossier_for(user: Any, pk: int) -> Dossier:
    """The dossier with what its page needs; :class:`Http404` for a stranger's or none."""
    dossiers = dossiers_of(user).select_related("agency", "post", "author", "commune", "unit")
    dossiers = dossiers.select_related("entered_by")
    try:
        return dossiers.select_related("corrects", *PAPERS).get(pk=pk)
    except Dossier.DoesNotExist:
        raise Http404 from None


def rounds_of(user: Any, held: Sequence[Capacity] | None = None) -> QuerySet[Round]:
    """The rounds of the offices ``user`` works in."""
    held = authority.capacities(user) if held is None else held
    return Round.objects.filter(dossier__agency__in=offices(held)).select_related(
        "dossier__commune", "dossier__agency", "dossier__unit", "dossier__post"
    )


def round_for(user: Any, pk: int) -> Round:
    """A round of his office; :class:`Http404` otherwise."""
    found = rounds_of(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def round_place_for(user: Any, pk: int) -> RoundPlace:
    """A place a round asks, for who sends its list or works in the office."""
    held = authority.capacities(user)
    posts = [capacity.post for capacity in held]
    own = Q(hamlet__head_post__in=posts) | Q(
        hamlet=None,
        round__dossier__agency__in=[p.agency_id for p in posts if p.role == Role.YOUTH_SECRETARY],
    )
    places = RoundPlace.objects.filter(own | Q(round__dossier__agency__in=offices(held)))
    found = places.select_related("hamlet__head_post", "round__dossier__commune").filter(pk=pk)
    place: RoundPlace | None = found.first()
    if place is None:
        raise Http404
    return place


def document_for(user: Any, pk: int) -> Document:
    """A paper of a dossier ``user`` may see; :class:`Http404` otherwise."""
    document: Document | None = Document.objects.filter(pk=pk).first()
    holding = Q(proposal=document) | Q(submission=document) | Q(decision=document)
    # A request that goes on in a round sees the decision on it, not the round.
    holding |= Q(changes__own_decision=document) | Q(given_lines__dossier__decision=document)
    holding |= Q(corrects=document)
    if document is None:
        raise Http404
    if not dossiers_of(user).filter(holding).exists() and not _assigned_by(user, document):
        raise Http404
    return document


def _assigned_by(user: Any, document: Document) -> bool:
    """Whether it is a decision that gave a team of his its targets."""
    given = TargetTeam.objects.filter(
        team__in=teams_of(user),
        target_set__dossier__decision=document,
        target_set__dossier__state=State.RELEASED,
    )
    return given.exists()


def target_sets_of(user: Any, held: Sequence[Capacity] | None = None) -> QuerySet[TargetSet]:
    """The sets of targets of the offices ``user`` works in."""
    held = authority.capacities(user) if held is None else held
    return TargetSet.objects.filter(dossier__agency__in=offices(held))


def target_set_for(user: Any, pk: int) -> TargetSet:
    """A set of targets of his office; :class:`Http404` otherwise."""
    deep = ("dossier__commune", "dossier__decision", "dossier__agency")
    found: TargetSet = _found(target_sets_of(user).select_related(*deep), pk)
    return found


def target_team_for(user: Any, pk: int) -> TargetTeam:
    """What one released decision gave a team he may see; :class:`Http404` otherwise."""
    rows = TargetTeam.objects.filter(
        team__in=teams_of(user), target_set__dossier__state=State.RELEASED
    )
    found: TargetTeam = _found(rows.select_related("team"), pk)
    return found


def target_for(team: Team, pk: int) -> Target:
    """A target that a released decision gave ``team``; :class:`Http404` for any other."""
    rows = Target.objects.filter(
        place__team=team, item__target_set__dossier__state=State.RELEASED, numerator__isnull=False
    )
    deep = ("item__indicator", "item__target_set__dossier__agency", "place__team__commune")
    found: Target = _found(rows.select_related(*deep), pk)
    return found


def target_request_for(user: Any, pk: int) -> TargetRequest:
    """A team's request to the office he works in; :class:`Http404` otherwise."""
    rows = TargetRequest.objects.filter(
        target__place__team__commune__agency__in=offices(authority.capacities(user))
    )
    deep = (
        "by", "refused_by", "target__item__indicator", "target__place__team__commune",
        "target__item__target_set__dossier__decision",
    )  # fmt: skip
    found: TargetRequest = _found(rows.select_related(*deep), pk)
    return found


def reports_of(user: Any, held: Sequence[Capacity] | None = None) -> QuerySet[Report]:
    """The reports ``user`` may see: the office and the commune team's leader all of the commune,
    the leader of a village team its own, whoever signed one off that one."""
    held = authority.capacities(user) if held is None else held
    if not held:
        return Report.objects.none()
    agencies = {capacity.post.agency_id for capacity in held}
    return Report.objects.filter(
        Q(agency__in=_overseen(held))
        | Q(post__in={capacity.post.pk for capacity in held})
        | Q(author=user, agency__in=agencies)
    )


def _overseen(held: Iterable[Capacity]) -> set[int]:
    """The agencies whose reports somebody with these capacities reads all of."""
    held = list(held)
    secretary = {c.post.agency_id for c in held if c.post.role == Role.YOUTH_SECRETARY}
    return offices(held) | secretary


def report_for(user: Any, pk: int) -> Report:
    """The report with what its page needs; :class:`Http404` for a stranger's or none."""
    seen = reports_of(user).values("pk")
    found: Report = _found(Report.for_act().filter(pk__in=seen), pk)
    return found


def calls_of(user: Any, held: Sequence[Capacity] | None = None) -> QuerySet[ReportCall]:
    """The calls of the communes whose reports he reads all of."""
    held = authority.capacities(user) if held is None else held
    return ReportCall.objects.filter(commune__agency__in=_overseen(held)).select_related("commune")


def call_for(user: Any, pk: int) -> ReportCall:
    found: ReportCall = _found(calls_of(user), pk)
    return found


def report_file_for(user: Any, pk: int, digest: str) -> Download:
    """A photo or file of a report, or the paper it was entered from, for who may see it."""
    report = report_for(user, pk)
    names = [file.name for file in report.files.all()]
    return _scan_named([*names, report.received_file], digest)


def request_scan_for(user: Any, pk: int) -> Download:
    """The scan of the request a call answers, for the office and for every team asked."""
    asked = reports_of(user).filter(call=pk).values("call")
    calls = ReportCall.objects.filter(Q(pk__in=calls_of(user).values("pk")) | Q(pk__in=asked))
    call: ReportCall = _found(calls, pk)
    return _scan_named([call.scan], scan_digest(call.scan))


def _scan_named(names: Iterable[str], digest: str) -> Download:
    for name in names:
        if digest and name and scan_digest(name) == digest:
            return documents.read_scan(name)
    raise Http404


def scan_for(user: Any, pk: int, digest: str) -> Download:
    """What a dossier was entered from: for the office and the author; :class:`Http404` otherwise.

    The ledger names every photo handed in, those before a return too.
    """
    dossier = dossier_for(user, pk)
    entered = history(dossier).filter(act="enter").values_list("facts", flat=True)
    for facts in entered:
        name = str(facts.get("file", ""))
        if digest and scan_digest(name) == digest and may_see_phones(user, dossier):
            return documents.read_scan(name)
    raise Http404


def scan_digest(name: str) -> str:
    """The digest in the address of a photo, from the name it is kept under."""
    return name.rpartition("/")[2].partition(".")[0]


def may_see_phones(user: Any, dossier: Dossier) -> bool:
    """Phones are for the commune's office and for the person who typed them; both open them on a
    page of their own, and each look is written down."""
    if user.pk == dossier.author_id:
        return True
    return dossier.agency_id in offices(authority.capacities(user))


def offices(held: Iterable[Capacity]) -> set[int]:
    """The agencies in whose office somebody with these capacities works."""
    return {capacity.post.agency_id for capacity in held if capacity.post.role in OFFICE}


def teams_of(user: Any, held: Sequence[Capacity] | None = None) -> QuerySet[Team]:
    """Every team ``user`` may see: the office those of its commune; whoever heads a place, asks
    for the commune's team by his post, or sits in a team today, that one."""
    held = authority.capacities(user) if held is None else held
    asking = {c.post.agency_id for c in held if c.post.role == Role.YOUTH_SECRETARY}
    seats = Membership.objects.filter(in_force(), person__user=user.pk)
    return Team.objects.filter(
        Q(commune__agency__in=offices(held))
        | Q(hamlet__head_post__in={capacity.post.pk for capacity in held})
        | Q(commune__agency__in=asking, level=Level.COMMUNE)
        | Q(pk__in=seats.values("team"))
    )


def team_for(user: Any, pk: int) -> Team:
    """The team with its place and decision; :class:`Http404` for a stranger's or none."""
    teams = teams_of(user).select_related("commune__agency", "hamlet__merger__into", "decision")
    try:
        return teams.get(pk=pk)
    except Team.DoesNotExist:
        raise Http404 from None


def may_open_phones(user: Any, team: Team) -> bool:
    """Full phones of a team are for the commune's office and for the team's own leader."""
    if team.commune.agency_id in offices(authority.capacities(user)):
        return True
    leading = Membership.objects.filter(in_force(), team=team, person__user=user.pk)
    return leading.filter(role="leader").exists()


def may_put_forward(user: Any, team: Team) -> bool:
    """Whoever leads a team, heads its place or asks for it by his post, and the office, may put
    its people forward for a commendation."""
    if may_open_phones(user, team):
        return True
    posts = [capacity.post for capacity in authority.capacities(user)]
    if team.hamlet:
        return team.hamlet.head_post_id in {post.pk for post in posts}
    own = {post.agency_id for post in posts if post.role == Role.YOUTH_SECRETARY}
    return team.commune.agency_id in own


def watched(held: Iterable[Capacity]) -> set[int]:
    """The agencies whose log of who looked at phones somebody with these capacities may read."""
    keepers = (Role.CLERK, Role.CHAIRMAN)
    return {capacity.post.agency_id for capacity in held if capacity.post.role in keepers}


# By the name in the address: (model, the way from a row to its agency).
_ASSIGNED: dict[str, tuple[Any, str]] = {
    "phan-cong": (Delegation, "principal__agency"),
    "chuc-vu": (Holding, "post__agency"),
}


def post_for(agency: Agency, pk: int) -> Post:
    """A post of the agency; :class:`Http404` for any other."""
    found: Post = _found(Post.objects.filter(agency=agency), pk)
    return found


def assignment_for(agency: Agency, kind: str, pk: int) -> Any:
    """A delegation ("phan-cong") or a holding ("chuc-vu") of the agency."""
    return _assigned({agency.pk}, kind, pk)


def assignment_of_office(user: Any, kind: str, pk: int) -> Any:
    """The same for whoever works in the office of its agency."""
    return _assigned(offices(authority.capacities(user)), kind, pk)


def _assigned(agencies: set[int], kind: str, pk: int) -> Any:
    if kind not in _ASSIGNED:
        raise Http404
    model, way = _ASSIGNED[kind]
    return _found(model.objects.filter(**{f"{way}__in": agencies}), pk)


def _found(rows: QuerySet[Any], pk: int) -> Any:
    try:
        return rows.get(pk=pk)
    except (rows.model.DoesNotExist, OverflowError):
        raise Http404 from None

"""Finding cases, teams, people and papers of one's commune, however the marks are typed.

Everything found went through :mod:`procedures.access`: a head of hamlet finds his own cases and
whom they name. Phones are compared for the office alone, and its page masks them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Replace
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Document
from workflows.authority import Capacity

from .. import access
from ..models import (
    Change,
    CopyRequest,
    Dossier,
    Membership,
    Person,
    Report,
    SearchEntry,
    Seat,
    Team,
)
from ..people import names
from ..reports.rollups import standing
from .indexing import folded, words

MOST = 50
_LONGEST, _MOST_WORDS = 100, 8
# What stands before a word inside a name: "Y Bion", "H'Linh", "H’Linh", "Anh-Thư".
_BEFORE = (" ", "'", "’", "-")
# "H'Linh" is as often typed "Hlinh".
_JOINED = Replace(Replace("folded", Value("'"), Value("")), Value("’"), Value(""))


@dataclass(frozen=True)
class Hit:
    """One thing found. ``state`` is a word about where it stands, ``phone`` still to be masked."""

    title: str
    href: str = ""
    state: str = ""
    detail: str = ""
    phone: str = ""


@dataclass
class Group:
    """What was found of one sort; ``more`` where not all of it is shown."""

    label: Any
    hits: list[Hit] = field(default_factory=list)
    more: bool = False


@dataclass(frozen=True)
class _Seeker:
    """Who asks, what he may see, and the words he typed."""

    office: set[int]
    posts: set[int]
    seen: QuerySet[Dossier]
    words: list[str]
    reports: QuerySet[Report]
    copies: QuerySet[CopyRequest]


def asked(text: str) -> list[str]:
    """The words looked for. A phone is one word, however it was spaced."""
    text = text[:_LONGEST]
    return [names.normal_phone(text)] if names.is_phone(text) else words(text)[:_MOST_WORDS]


def find(user: Any, held: Sequence[Capacity], text: str) -> list[Group]:
    """What matches every word of ``text``, grouped, at most :data:`MOST` in all.

    A word matches the beginning of a word, in any order. Groups without a hit are left out.
    """
    wanted = asked(text)
    if not wanted or not held:
        return []
    posts = {capacity.post.pk for capacity in held}
    reports = access.reports_of(user, held)
    copies = access.copies_of(user, held)
    seen = access.dossiers_of(user, held)
    seeker = _Seeker(access.offices(held), posts, seen, wanted, reports, copies)
    groups = [
        Group(gettext_lazy("Hồ sơ"), _cases(seeker)),
        Group(gettext_lazy("Tổ"), _teams(seeker)),
        Group(gettext_lazy("Người"), _people(seeker)),
        Group(gettext_lazy("Văn bản"), _papers(seeker)),
        Group(gettext_lazy("Bản sao"), _copies(seeker)),
        Group(gettext_lazy("Báo cáo"), _reports(seeker)),
    ]
    return _trimmed([group for group in groups if group.hits])


def _trimmed(groups: list[Group]) -> list[Group]:
    """Shorten the longest group until all fit: a rare hit is not pushed out by many common ones."""
    while sum(len(group.hits) for group in groups) > MOST:
        longest = max(groups, key=lambda group: len(group.hits))
        longest.hits.pop()
        longest.more = True
    return groups


def _matching(seeker: _Seeker) -> QuerySet[SearchEntry]:
    matching = Q()
    for word in seeker.words:
        matching &= Q(folded__contains=f" {word}")
    return SearchEntry.objects.filter(matching).order_by("-when", "-pk")


def _entries_of(seeker: _Seeker, kind: str) -> QuerySet[SearchEntry]:
    return _matching(seeker).filter(kind=kind, dossier__in=seeker.seen)


def _reports(seeker: _Seeker) -> list[Hit]:
    entries = _matching(seeker).filter(report__in=seeker.reports).select_related("report")
    return [
        Hit(entry.title, reverse("report", args=[report.pk]), standing(report))
        for entry in entries[: MOST + 1]
        if (report := entry.report)
    ]


def _cases(seeker: _Seeker) -> list[Hit]:
    entries = _entries_of(seeker, SearchEntry.Kind.CASE).select_related("dossier")
    return [
        Hit(entry.title, _dossier(case.pk), case.word(case.state), case.receipt)
        for entry in entries[: MOST + 1]
        if (case := entry.dossier)
    ]


def _copies(seeker: _Seeker) -> list[Hit]:
    entries = _matching(seeker).filter(copy__in=seeker.copies).select_related("copy__copy")
    return [
        Hit(entry.title, reverse("copy", args=[asked.pk]), asked.word(asked.state), _number(asked))
        for entry in entries[: MOST + 1]
        if (asked := entry.copy)
    ]


def _number(asked: CopyRequest) -> str:
    made = asked.copy
    return f"{made.reference}, {made.date:%d/%m/%Y}" if made and made.date else ""


def _papers(seeker: _Seeker) -> list[Hit]:
    entries = list(_entries_of(seeker, SearchEntry.Kind.PAPER)[: MOST + 1])
    papers = Document.objects.in_bulk([entry.object_id for entry in entries]) if entries else {}
    hits: dict[int, Hit] = {}
    # One Tờ trình may carry several dossiers: it is shown once.
    for entry in entries:
        paper = papers[entry.object_id]
        hits.setdefault(
            paper.pk,
            Hit(
                entry.title,
                _dossier(entry.dossier_id),
                paper.state_word,
                f"{paper.date:%d/%m/%Y}" if paper.date else "",
            ),
        )
    return list(hits.values())


def _teams(seeker: _Seeker) -> list[Hit]:
    """A commune has some dozens of teams: their names are folded as they are read."""
    found = [
        team
        for team in _visible_teams(seeker).select_related("decision").order_by("name", "pk")
        if _matches(seeker.words, folded(team.name, str(team.decision)))
    ]
    founding = Change.objects.filter(kind=Change.Kind.CREATE, dossier__in=seeker.seen)
    changes = founding.filter(team__in=found) if found else []
    made_by = {change.team_id: change.dossier_id for change in changes}
    return [
        Hit(team.name, _dossier(made_by.get(team.pk)), detail=_team_detail(team))
        for team in found[: MOST + 1]
    ]


def _visible_teams(seeker: _Seeker) -> QuerySet[Team]:
    """The teams of the office's commune, of one's own hamlet, and of the cases one may see."""
    own = Change.objects.filter(dossier__in=seeker.seen, team__isnull=False)
    return Team.objects.filter(
        Q(commune__agency__in=seeker.office)
        | Q(hamlet__head_post__in=seeker.posts)
        | Q(pk__in=own.values("team"))
    )


def _team_detail(team: Team) -> str:
    values = {"number": team.decision.reference, "since": f"{team.since:%d/%m/%Y}"}
    if team.until:
        values["until"] = f"{team.until:%d/%m/%Y}"
        sentence = _("theo Quyết định số %(number)s, từ ngày %(since)s đến hết ngày %(until)s")
    else:
        sentence = _("theo Quyết định số %(number)s, từ ngày %(since)s")
    return sentence % values


def _matches(wanted: Iterable[str], text: str) -> bool:
    return all(f" {word}" in text for word in wanted)


def _people(seeker: _Seeker) -> list[Hit]:
    matching = Q()
    for word in seeker.words:
        matching &= _person_has(word, seeker)
    found = (
        _visible_people(seeker)
        .alias(joined=_JOINED)
        .filter(matching)
        .order_by("folded", "pk")[: MOST + 1]
    )
    people = list(found)
    if not people:
        return []
    sitting = _memberships(people, seeker)
    named_in = _cases_naming(people, seeker)
    return [
        Hit(
            person.full_name,
            _dossier(named_in.get(person.pk)),
            detail=_person_detail(person, sitting.get(person.pk, [])),
            phone=person.phone if person.commune.agency_id in seeker.office else "",
        )
        for person in people
    ]


def _person_has(word: str, seeker: _Seeker) -> Q:
    has = Q(folded__startswith=word) | Q(joined__startswith=word) | Q(joined__contains=f" {word}")
    for before in _BEFORE:
        has |= Q(folded__contains=before + word)
    if word.isdecimal() and len(word) == 4:
        has |= Q(birth_year=int(word))
    if word.isdecimal() and len(word) >= 3:
        # Guessing digit by digit would give a number away to whoever may not read it.
        has |= Q(phone__contains=word, commune__agency__in=seeker.office)
    return has


def _visible_people(seeker: _Seeker) -> QuerySet[Person]:
    """Everybody of the office's commune; else whom one's cases and one's team name."""
    named = Seat.objects.filter(change__dossier__in=seeker.seen, person__isnull=False)
    seated = Membership.objects.filter(team__hamlet__head_post__in=seeker.posts)
    return Person.objects.select_related("commune").filter(
        Q(commune__agency__in=seeker.office)
        | Q(pk__in=named.values("person"))
        | Q(pk__in=seated.values("person"))
    )


def _memberships(people: Sequence[Person], seeker: _Seeker) -> dict[int, list[Membership]]:
    seats: dict[int, list[Membership]] = {}
    rows = Membership.objects.filter(
        person__in=people, until__isnull=True, team__in=_visible_teams(seeker)
    )
    for row in rows.select_related("team"):
        seats.setdefault(row.person_id, []).append(row)
    return seats


def _cases_naming(people: Sequence[Person], seeker: _Seeker) -> dict[int, int]:
    """The newest visible case that names each of these people."""
    seats = Seat.objects.filter(person__in=people, change__dossier__in=seeker.seen)
    return dict(seats.order_by("pk").values_list("person", "change__dossier"))


def _person_detail(person: Person, seats: list[Membership]) -> str:
    year = _("sinh năm %(year)s") % {"year": person.birth_year} if person.birth_year else ""
    roles = [f"{seat.get_role_display()}, {seat.team.name}" for seat in seats]
    return "; ".join(part for part in (year, *roles) if part)


def _dossier(pk: int | None) -> str:
    return reverse("dossier", args=[pk]) if pk else ""

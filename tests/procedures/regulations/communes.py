"""Communes of the five sources, made for a test, and lists judged by the rules that govern there.

Nothing is signed: a list is drafted, filled in and judged as it would be on being sent.
"""

from __future__ import annotations

import datetime

from procedures import regulations
from procedures.models import Commune, Dossier
from procedures.rules import judge
from tests.conftest import Cast
from tests.procedures.test_rules import commune_under, drafted, put

ON = datetime.date(2026, 11, 20)


def commune_of(cast: Cast) -> Commune:
    return Commune.objects.get(agency=cast.agency)


def ruled(cast: Cast, key: str, on: datetime.date = ON):
    """(value, force, citation) of what governs a key; None where no source says anything."""
    found = regulations.value(commune_of(cast), key, on)
    return found and (found.value, found.force.value, found.citation)


def rows(leader: str, *others: tuple[str, str], members: int) -> list[dict[str, object]]:
    """A list: its leader, then ``others`` as (role, whom he stands for), then plain members."""
    people: list[dict[str, object]] = [{"full_name": leader, "role": "leader"}]
    people += [{"role": role, "represents": represents} for role, represents in others]
    people += [{"role": "member"} for _more in range(members - len(people))]
    for number, person in enumerate(people[1:], 1):
        person |= {"full_name": f"Người Thứ {chr(64 + number)}", "birth_year": 1970 + number}
    return people[:members]


def listed(cast: Cast, level: str, *others, members=5, leader=None, all_told=False) -> Dossier:
    """A draft of a place of the commune with such a list."""
    dossier = drafted(cast, level)
    people = rows(leader or dossier.author.full_name, *others, members=members)
    if all_told:
        for person in people:
            person.setdefault("represents", "Người dân")
    put(dossier, people)
    return dossier


def verdict(dossier: Dossier, *, about: tuple[str, ...] = ()) -> dict[str, tuple[str, str]]:
    """{rule: (level, citation)} of what is found."""
    return {
        found.rule: (found.level, found.citation)
        for found in judge(dossier)
        if not about or found.rule in about
    }


__all__ = ["ON", "commune_of", "commune_under", "listed", "ruled", "verdict"]

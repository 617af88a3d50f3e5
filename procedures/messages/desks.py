"""Who sits at many desks at once, by the very rule that fills each person's inbox."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable

from workflows import engine
from workflows.authority import HOLDER, Capacity, Desk, passed_on
from workflows.models import Delegation, Holding, in_force
from workflows.states import Record

Key = tuple[str, str, str]
Seating = dict[Key, list[Capacity]]


def sitting(
    agencies: Collection[int], on: datetime.date | None = None
) -> dict[Key, list[Capacity]]:
    """By the key of each desk of these agencies, the capacities that open it on a Hanoi date.

    Holders of the post come first, then those a paper put beside them: a person may be there twice.
    Two queries, however many desks there are. Accounts no longer in use sit nowhere.
    """
    found: dict[Key, list[Capacity]] = defaultdict(list)
    fields = engine.fields()
    for capacity in _capacities(agencies, on):
        for key in capacity.keys(fields):
            found[key].append(capacity)
    return found


def sitting_at(desk: Desk, agency: int) -> list[Capacity]:
    """Who sits at one desk of an agency today."""
    return _once(sitting([agency]).get(desk.key, []))


def able(record: Record, seating: Seating | None = None) -> list[Capacity]:
    """Who of those at the desk where a record waits can do what it waits for: in whose inbox it
    is."""
    desk = record.waits_at
    if desk is None:
        return []
    seated = (sitting([record.agency_id]) if seating is None else seating).get(desk.key, [])
    # What waits for the holder of a post is not about any one step.
    return _once(c for c in seated if desk.code == HOLDER or record.takes(c))


def _once(seated: Iterable[Capacity]) -> list[Capacity]:
    """The first capacity of each person."""
    by_person: dict[int, Capacity] = {}
    for capacity in seated:
        by_person.setdefault(capacity.user.pk, capacity)
    return list(by_person.values())


def _capacities(agencies: Collection[int], on: datetime.date | None) -> list[Capacity]:
    """As :func:`workflows.authority.capacities`, for everybody of the agencies."""
    held = Holding.objects.filter(in_force(on), post__agency__in=agencies, user__is_active=True)
    by_post: dict[int, list[Holding]] = defaultdict(list)
    for holding in held.select_related("user", "post").order_by("pk"):
        by_post[holding.post_id].append(holding)
    own = [
        Capacity(holding.user, holding, "ACTING" if holding.acting else "OWN", holding.post)
        for holdings in by_post.values()
        for holding in holdings
    ]
    found = Delegation.objects.filter(in_force(on), principal__agency__in=agencies)
    papers = list(found.select_related("principal").order_by("pk"))
    given = [
        Capacity(holding.user, holding, paper.kind, paper.principal, paper)
        for paper in papers
        for holding in by_post.get(paper.delegate_id, [])
    ]
    passed = [
        Capacity(holding.user, holding, order.kind, order.principal, order, paper)
        for paper, order in passed_on(papers)
        for holding in by_post.get(paper.delegate_id, [])
    ]
    return [*own, *given, *passed]

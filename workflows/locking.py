"""Records held still for an act: always the process first, then the record, as Viewflow does.

Posts come after the record, and before what is entered about them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import transaction

from .models import Case, Post
from .states import Record

R = TypeVar("R", bound=Record)


@contextmanager
def locked(record: R) -> Iterator[R]:
    """The record re-read under lock. The process row is locked first, as Viewflow does."""
    with transaction.atomic():
        case = None
        if record.case_id:
            case = Case.objects.select_for_update().get(pk=record.case_id)
        fresh = type(record).for_act().select_for_update(of=("self",)).get(pk=record.pk)
        if case is not None and fresh.case_id == case.pk:
            fresh.case = case
        yield fresh


def hold_still(records: Iterable[R]) -> list[R]:
    """Lock several records for acts to follow in this transaction, and read them anew.

    All locks are taken before the first act: an act ends at the head of the ledger's chain, and
    whoever waited for a record while holding that would wait for somebody who waits for him.
    """
    known = list(records)
    if not known:
        return []
    cases = [record.case_id for record in known if record.case_id]
    list(Case.objects.select_for_update().filter(pk__in=cases).order_by("pk"))
    rows = type(known[0])._default_manager.select_for_update().order_by("pk")
    return list(rows.filter(pk__in=[record.pk for record in known]))


def hold_posts(posts: Iterable[Post]) -> list[Post]:
    """Lock posts until the end of the transaction, always in one order: what is entered about one
    comes in turn. Who enters several things locks all their posts first, for an entry ends at the
    head of the ledger's chain, as an act does."""
    wanted = {post.pk for post in posts}
    rows = Post.objects.select_for_update(no_key=True).filter(pk__in=wanted)
    return list(rows.order_by("pk"))

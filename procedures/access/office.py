"""Who works in the office of a commune, and a row that is his or does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from workflows.authority import Capacity

from ..roles import OFFICE, Role


def offices(held: Iterable[Capacity]) -> set[int]:
    """The agencies in whose office somebody with these capacities works."""
    return {capacity.post.agency_id for capacity in held if capacity.post.role in OFFICE}


def watched(held: Iterable[Capacity]) -> set[int]:
    """The agencies whose log of who looked at phones somebody with these capacities may read."""
    keepers = (Role.CLERK, Role.CHAIRMAN)
    return {capacity.post.agency_id for capacity in held if capacity.post.role in keepers}


def found_or_404(rows: QuerySet[Any], pk: int) -> Any:
    """The row of that key among what somebody may see; :class:`Http404` for any other."""
    try:
        return rows.get(pk=pk)
    except (rows.model.DoesNotExist, OverflowError):
        raise Http404 from None

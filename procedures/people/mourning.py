"""Who is written to no more: people reported dead by the leader of their team.

It holds from the moment the request is sent, before anybody has decided about it; the account and
the posts are left alone. A request refused or withdrawn ends it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from workflows.states import State

from ..models import Change

_NOT_SAID = (State.REJECTED, State.WITHDRAWN)


def silenced(users: Iterable[int]) -> set[int]:
    """Those of these accounts, by primary keys, whose person is reported dead."""
    reported = _reported().filter(seats__person__user__in=list(users))
    return set(reported.values_list("seats__person__user", flat=True))


def everybody() -> Any:
    """All such accounts, as a subquery."""
    return _reported().filter(seats__person__user__isnull=False).values("seats__person__user")


def _reported() -> Any:
    """A draft is nobody's business yet, but what a decision has gathered was sent."""
    draft = Q(dossier__state=State.DRAFT, origin__isnull=True)
    lines = Change.objects.filter(cause=Change.Cause.DIED).exclude(draft)
    return lines.exclude(dossier__state__in=_NOT_SAID)

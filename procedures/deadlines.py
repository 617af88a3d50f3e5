"""How long each step may take, and which cases are late.

No law limits these inner steps; only the release of a signed document has a legal term. The other
limits are suggestions, as :mod:`procedures.rules` has them: they are shown and they remind, and
they never stop a case. A procedure may set its own by a class attribute ``limits``.
"""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from documents.models import Medium
from workflows import deadlines, engine
from workflows.deadlines import Calendar, Deadline, Limit
from workflows.engine import HumanTask
from workflows.states import Record

SAME_OR_NEXT_DAY = "Điều 18 khoản 1 Nghị định 30/2020/NĐ-CP"


def signed_on(dossier: Any) -> datetime.date:
    """The day the decision was signed, from which its release is counted.

    On paper that is the date it bears: the clerk may record the signature later.
    """
    decision = dossier.decision
    if decision is None:
        return deadlines.arrival(dossier)
    if decision.medium == Medium.ELECTRONIC and decision.issued:
        return timezone.localdate(decision.issued)
    return decision.date or deadlines.arrival(dossier)


# By the name of the step (procedures/road.py).
LIMITS: dict[str, Limit] = {
    "check_content": Limit(3),
    "sign_submission": Limit(2),
    "check_form": Limit(1),
    "review_draft": Limit(1),
    "sign_decision": Limit(3),
    "countersign": Limit(1),
    "consent": Limit(3),
    "seal_decision": Limit(1, SAME_OR_NEXT_DAY, signed_on),
    "release_decision": Limit(1, SAME_OR_NEXT_DAY, signed_on),
}


@cache
def _steps(flow: Any) -> dict[str, str]:
    """The step a record of a procedure (a :class:`CaseFlow`) waits at, by its state."""
    tasks = [node for node in flow.instance.nodes() if isinstance(node, HumanTask)]
    return {state: task.name for task in tasks for state in task.states}


def limit_of(record: Record) -> Limit | None:
    """The limit of the step ``record`` waits at, if that step has one."""
    if record.case_id is None or record.is_final:
        return None
    flow: Any = engine.flow_of(record)
    limits: dict[str, Limit] = getattr(flow, "limits", LIMITS)
    return limits.get(_steps(flow).get(record.state, ""))


def deadline_of(
    record: Record, calendar: Calendar | None = None, on: datetime.date | None = None
) -> Deadline | None:
    """Where the open step of ``record`` stands on a Hanoi date (default today).

    None where the step has no limit. Pass a ``calendar`` when asking about several records, and
    read their ``decision`` with them.
    """
    limit = limit_of(record)
    if limit is None:
        return None
    day = on or timezone.localdate()
    return deadlines.deadline(record, limit, calendar or Calendar.current(), day)


def calendar_of(request: HttpRequest) -> Calendar:
    """The calendar, read once per request."""
    known: Calendar | None = getattr(request, "calendar", None)
    if known is None:
        known = Calendar.current()
        request.calendar = known  # type: ignore[attr-defined]
    return known

"""Names that live in the database: what a data migration calls when one of them changes.

Viewflow stores a step as "procedures/flows.establish_team.EstablishTeamFlow.check_form". A step
whose stored name no procedure has any more would leave its case with nobody's turn.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat, Substr
from viewflow.workflow.fields import get_flow_ref, get_task_ref

from .engine import flows
from .models import OPEN, CaseTask


def stored_names() -> list[str]:
    """Every step of every procedure as the database would name it, and every procedure itself."""
    steps = (get_task_ref(node) for flow in flows() for node in flow.instance.nodes())
    return sorted([*steps, *(get_flow_ref(flow) for flow in flows())])


def unknown_steps() -> dict[str, int]:
    """Stored names of open steps that no procedure has, each with how many cases wait there."""
    raw = Cast("flow_task", CharField(max_length=255))
    stored = CaseTask.objects.filter(status__in=OPEN).annotate(step=raw)
    counted = Counter(stored.values_list("step", flat=True))
    known = set(stored_names())
    return {step: count for step, count in sorted(counted.items()) if step not in known}


def rename_flow(apps: Any, old: str, new: str) -> None:
    """For ``RunPython``: a procedure moved or was renamed ("procedures/flows.join.JoinFlow")."""
    apps.get_model("viewflow", "Process").objects.filter(flow_class=old).update(flow_class=new)
    tasks = apps.get_model("viewflow", "Task").objects.filter(flow_task__startswith=f"{old}.")
    # The stored text is composed in the database: the field's own Python value is a node.
    node = Substr(Cast("flow_task", CharField(max_length=255)), len(old) + 1)
    tasks.update(flow_task=Concat(Value(new), node, output_field=CharField(max_length=255)))


def rename_step(apps: Any, old: str, new: str) -> None:
    """For ``RunPython``: one step was renamed; both names in full, as stored."""
    apps.get_model("viewflow", "Task").objects.filter(flow_task=old).update(flow_task=new)

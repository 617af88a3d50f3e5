"""Viewflow bent to our rules: whose turn it is, and nothing else.

A procedure is one :class:`CaseFlow` whose gateways read only the record's state. Flow module,
class and node names are stored in the database: renaming one needs a data migration.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from viewflow import this
from viewflow.workflow import Flow, lock, nodes
from viewflow.workflow.base import Node
from viewflow.workflow.nodes.view import ViewActivation
from viewflow.workflow.status import PROCESS, STATUS

from .models import OPEN, Case, CaseTask
from .states import AUTHOR, FINAL, Record

_FLOWS: list[type[CaseFlow]] = []


def flows() -> tuple[type[CaseFlow], ...]:
    """Every procedure of the installation."""
    return tuple(_FLOWS)


def fields() -> tuple[str, ...]:
    """Every field of work a procedure belongs to."""
    return tuple(sorted({flow.field for flow in _FLOWS}))


def record_classes() -> tuple[type[Record], ...]:
    """Every kind of record that a procedure moves."""
    return tuple(dict.fromkeys(flow.record_class for flow in _FLOWS))


class HumanActivation(ViewActivation):  # type: ignore[misc]
    """A step that refuses to open while its record is in another state."""

    @classmethod
    def create(cls, flow_task: HumanTask, prev_activation: Any, *args: Any, **kwargs: Any) -> Any:
        state = prev_activation.process.seed.state
        if state not in flow_task.states:
            raise ImproperlyConfigured(
                f"{flow_task.flow_class.__name__}.{flow_task.name} cannot open in state {state}"
            )
        return super().create(flow_task, prev_activation, *args, **kwargs)


class HumanTask(nodes.View):  # type: ignore[misc]
    """A step done by a person at a desk, while the record is in one of ``states``."""

    activation_class = HumanActivation

    def __init__(self, title: Any, *, desk: str, states: Iterable[str]) -> None:
        super().__init__(view=None)
        self.desk, self.states = desk, frozenset(states)
        self.Annotation(title=title)

    def calc_owner_permission(self, activation: Any) -> str:
        return str(activation.process.seed.desk(self.desk).code)

    def calc_owner_permission_obj(self, activation: Any) -> Any:
        return activation.process.seed.desk(self.desk).owner

    # Rights are decided by workflows.authority at the moment of the act, nowhere else.
    def can_execute(self, user: Any, task: Any) -> bool:
        return False

    can_assign = can_unassign = can_execute


def by_state(*steps: tuple[Any, str]) -> Any:
    """A gateway that opens the step whose state the record is in, and ends the case of a record
    whose way is over. Any other state is a mistake of the procedure, and raises."""
    switch = nodes.Switch()
    for node, state in steps:
        switch = switch.Case(node, _in_states([state]))
    return switch.Case(this.end, _in_states(FINAL))


def _in_states(states: Iterable[str]) -> Any:
    known = frozenset(states)
    return lambda activation: activation.process.seed.state in known


class CaseFlow(Flow):  # type: ignore[misc]
    """Base of every procedure. Subclass it directly, with node mixins before it.

    ``field`` is the field of work, ``record_class`` the record it moves, ``code`` the stable short
    name used in addresses and stored on records.
    """

    process_class = Case
    task_class = CaseTask
    lock_impl = lock.SelectForUpdateLock(nowait=False, attempts=1)

    code: ClassVar[str] = ""
    field: ClassVar[str] = ""
    record_class: ClassVar[type[Record]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        # Viewflow copies nodes shallowly, so a flow inherited from a flow would share its edges
        # and timers with it: one case would open the steps of another procedure.
        if CaseFlow not in cls.__bases__:
            raise ImproperlyConfigured(f"{cls.__name__}: a procedure must not inherit a procedure")
        cls.process_title = cls.process_description = ""
        own = {name: node for name in dir(cls) if isinstance(node := _peek(cls, name), Node)}
        for name, node in copy.deepcopy(own).items():
            setattr(cls, name, node)
        super().__init_subclass__(**kwargs)
        _refuse_foreign_edges(cls)
        _FLOWS.append(cls)

    def has_view_permission(self, user: Any, obj: Any = None) -> bool:
        return False

    def has_manage_permission(self, user: Any, obj: Any = None) -> bool:
        return False


def _peek(cls: type, name: str) -> Any:
    return None if name == "instance" else getattr(cls, name, None)


def _refuse_foreign_edges(cls: type[CaseFlow]) -> None:
    for node in cls._nodes_by_name.values():
        for edge in node._outgoing():
            if edge.dst.flow_class is not cls:
                raise ImproperlyConfigured(f"{cls.__name__}.{node.name} leads out of the procedure")


def start(flow: type[CaseFlow], record: Record) -> None:
    """Open the record's case; its first task appears where the record's state says."""
    record.case = flow.start.run(_process_seed=record)


def open_task(record: Record) -> CaseTask | None:
    """The step the record waits at."""
    if record.case_id is None:
        return None
    tasks = CaseTask.objects.filter(process_id=record.case_id, flow_task_type="HUMAN")
    found: CaseTask | None = tasks.filter(status__in=OPEN).first()
    return found


def complete(task: CaseTask, record: Record, by: Any) -> None:
    """Claim and complete a step in one go, and open the next one."""
    # The process carries the record as it now is, not as the database last said.
    task.process = record.case
    task.process.seed = record
    # Whoever completes a task of a desk claims it in the same moment: one write, not three.
    task.owner, task.status = by, STATUS.STARTED
    task.assigned = task.started = timezone.now()
    task.flow_task.activation_class(task).execute()


def cancel(record: Record) -> None:
    """Close the case of a withdrawn record: its open step and the process."""
    now = timezone.now()
    open_tasks = CaseTask.objects.filter(process_id=record.case_id, status__in=OPEN)
    open_tasks.update(status="CANCELED", finished=now)
    Case.objects.filter(pk=record.case_id).update(status=PROCESS.CANCELED, finished=now)


def flow_of(record: Record) -> type[CaseFlow]:
    """The procedure a record belongs to, by its code."""
    code = getattr(record, "procedure", "")
    return next(flow for flow in _FLOWS if flow.code == code)


__all__ = [
    "AUTHOR",
    "FINAL",
    "CaseFlow",
    "HumanTask",
    "by_state",
    "cancel",
    "complete",
    "fields",
    "flow_of",
    "flows",
    "open_task",
    "record_classes",
    "start",
    "this",
]

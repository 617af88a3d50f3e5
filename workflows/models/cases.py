"""Viewflow's process and task under our names. They are the to-do list, never the record."""

from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS

OPEN = (STATUS.NEW, STATUS.ASSIGNED, STATUS.STARTED)


class Case(Process):  # type: ignore[misc]
    """One run of a procedure; ``seed`` is its record."""

    class Meta:
        proxy = True


class CaseTask(Task):  # type: ignore[misc]
    """One step waiting for somebody, or done by somebody."""

    class Meta:
        proxy = True

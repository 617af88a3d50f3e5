"""Find what must never happen: a case and its record telling different things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflows import engine
from workflows.models import OPEN, CaseTask
from workflows.renaming import unknown_steps
from workflows.states import AT_REST, State

from ...models import Commune
from ...teams import roster


class Command(BaseCommand):
    help = "Đối chiếu hồ sơ, việc đang chờ và danh sách tổ."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(disagreements())
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(f"Có {len(found)} chỗ không khớp.", returncode=1)
        self.stdout.write("Mọi hồ sơ khớp với việc đang chờ và danh sách tổ.")


def disagreements() -> Iterator[str]:
    """A sentence for every disagreement between tasks, records and rosters."""
    lost = unknown_steps()
    for step, count in lost.items():
        yield f"{count} việc đang mở ở bước {step} mà không thủ tục nào có."
    yield from _tasks(but=lost)
    yield from _records()
    for commune in Commune.objects.all():
        yield from (f"{commune}: {line}" for line in roster.differences(commune))


def _tasks(but: Iterable[str]) -> Iterator[str]:
    tasks = CaseTask.objects.filter(status__in=OPEN, flow_task_type="HUMAN")
    tasks = tasks.exclude(flow_task__in=list(but))
    for task in tasks.select_related("process").prefetch_related("process__seed"):
        record = task.process.seed
        if record is None or record.state not in task.flow_task.states:
            state = record.state if record else "không còn hồ sơ"
            yield f"Việc {task.pk} ({task.flow_task.name}) mở khi hồ sơ ở trạng thái {state}."


def _records() -> Iterator[str]:
    open_cases = CaseTask.objects.filter(status__in=OPEN).values("process_id")
    for kind in engine.record_classes():
        waiting = kind._default_manager.exclude(state__in=[*AT_REST, State.DRAFT])
        for record in waiting.exclude(case_id__in=open_cases):
            name = str(kind._meta.verbose_name).capitalize()
            yield f"{name} {record.pk} ({record.state}) không có việc nào đang chờ."

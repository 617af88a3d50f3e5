"""Check the ledger of every agency against itself and against its sealed documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents import service as documents
from workflows import engine, ledger
from workflows.models import Agency, Event
from workflows.states import Record

from ...lists import viewings


class Command(BaseCommand):
    help = "Kiểm tra nhật ký: chuỗi, mã xác thực và dấu neo trong văn bản đã đóng dấu."

    def handle(self, *args: Any, **options: Any) -> None:
        agencies = Agency.objects.filter(commune__isnull=False).order_by("code")
        faults = [fault for agency in agencies for fault in check(agency)]
        self.stdout.write(json.dumps([vars(f) for f in faults], ensure_ascii=False, indent=1))
        if faults:
            raise CommandError(f"Nhật ký có {len(faults)} chỗ sai.", returncode=1)


def check(agency: Agency) -> list[ledger.Fault]:
    """Faults of one agency's chain, with the anchors its sealed documents carry."""
    sealed = list(documents.anchored_files(agency.commune.issuer.key))
    unreliable = [
        ledger.Fault(agency.code, 0, f"{anchored.document}: {anchored.fault}")
        for anchored in sealed
        if anchored.fault
    ]
    anchors = (text for anchored in sealed for text in anchored.anchors)
    faults = [*unreliable, *ledger.verify(agency, anchors), *_records(agency)]
    return [*faults, *_viewings(agency)]


def _viewings(agency: Agency) -> Iterator[ledger.Fault]:
    """Rows of the viewing log that were changed or taken out."""
    for sequence, pk in viewings.altered(agency):
        yield ledger.Fault(agency.code, sequence, f"Lượt xem {pk} đã bị sửa hoặc xóa.")


def _records(agency: Agency) -> Iterator[ledger.Fault]:
    """Records that no longer say what their last event in the ledger says."""
    for kind in engine.record_classes():
        yield from _records_of(agency, kind)


def _records_of(agency: Agency, kind: type[Record]) -> Iterator[ledger.Fault]:
    label, name = kind._meta.label_lower, str(kind._meta.verbose_name).capitalize()
    events = Event.objects.filter(agency=agency, record_type=label).order_by("sequence")
    last = {event.record_id: event for event in events}
    records = kind.for_act().in_bulk(list(last))
    for pk, event in last.items():
        record = records.get(pk)
        if record is None:
            yield ledger.Fault(agency.code, event.sequence, f"{name} {pk} không còn.")
            continue
        now = (record.state, record.revision, record.digest())
        if now != (event.to_state, event.revision, event.digest):
            yield ledger.Fault(
                agency.code, event.sequence, f"{name} {pk} khác với lần ghi nhật ký cuối cùng."
            )

"""Check the ledger of every agency against itself and against its sealed documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents import service as documents
from workflows import ledger
from workflows.models import Agency, Event

from ... import viewings
from ...models import Dossier


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
    """Dossiers that no longer say what their last event in the ledger says."""
    label = Dossier._meta.label_lower
    events = Event.objects.filter(agency=agency, record_type=label).order_by("sequence")
    last = {event.record_id: event for event in events}
    dossiers = Dossier.for_act().in_bulk(list(last))
    for pk, event in last.items():
        dossier = dossiers.get(pk)
        if dossier is None:
            yield ledger.Fault(agency.code, event.sequence, f"Hồ sơ {pk} không còn.")
            continue
        now = (dossier.state, dossier.revision, dossier.digest())
        if now != (event.to_state, event.revision, event.digest):
            yield ledger.Fault(
                agency.code, event.sequence, f"Hồ sơ {pk} khác với lần ghi nhật ký cuối cùng."
            )

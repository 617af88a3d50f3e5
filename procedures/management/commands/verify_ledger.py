"""Check the ledger of every agency against itself and against its sealed documents."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents import service as documents
from workflows import ledger
from workflows.models import Agency


class Command(BaseCommand):
    help = "Kiểm tra nhật ký: chuỗi, mã xác thực và dấu neo trong văn bản đã đóng dấu."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = [fault for agency in Agency.objects.order_by("code") for fault in check(agency)]
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
    return [*unreliable, *ledger.verify(agency, anchors)]

"""Open the recurring reports whose period is over, and hand on what was left lying past its term.
Run as often as you like: a period is opened once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ...reports import reporting
from .finish_signing import system_account


class Command(BaseCommand):
    help = "Mở kỳ báo cáo đến ngày; chuyển chuyên viên báo cáo quá hạn xem ở tổ cấp xã."

    def handle(self, *args: Any, **options: Any) -> None:
        by = system_account()
        for call in reporting.open_due(by):
            self.stdout.write(f"{call.commune}: {call.title}, {call.reports.count()} báo cáo.")
        for report in reporting.hand_on_silent(by):
            self.stdout.write(f"Báo cáo {report.pk}: đã chuyển chuyên viên xem.")

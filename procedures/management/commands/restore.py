"""``manage.py restore FOLDER``: an office from its backup, where there is none yet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...files import backing_up


class Command(BaseCommand):
    help = "Khôi phục bản sao lưu vào nơi trống; rồi chạy migrate, verify_ledger và check_cases."
    # There are no tables yet that a check could ask.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            backing_up.restore(folder)
        except backing_up.Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            "Đã khôi phục. Chạy migrate, rồi kiểm tra: verify_ledger, check_cases, verify_document."
        )

"""``manage.py back_up FOLDER``: the database, the files and who is trusted, in a new folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...files import backing_up


class Command(BaseCommand):
    help = "Sao lưu cơ sở dữ liệu và tệp vào một thư mục mới. Khóa nhật ký cất riêng ở nơi khác."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            backing_up.back_up(folder)
        except backing_up.Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Đã sao lưu vào {folder}. Cất riêng, ở nơi khác:")
        self.stdout.write(f"  khóa nhật ký {settings.LEDGER_KEY_FILE}, và SECRET_KEY.")

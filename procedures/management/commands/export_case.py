"""``manage.py export_case NUMBER``: one case as a ZIP that ``scripts/verify_case.py`` checks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...files import exporting
from ...models import Dossier


class Command(BaseCommand):
    help = "Xuất một hồ sơ (văn bản, trích nhật ký) để nơi khác tự kiểm tra bằng verify_case.py."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dossier", type=int, help="Số của hồ sơ, như trong địa chỉ trang.")
        parser.add_argument("--out", type=Path, help="Tệp ZIP ghi ra (mặc định ho-so-<số>.zip).")

    def handle(self, *args: Any, dossier: int, out: Path | None, **options: Any) -> str:
        try:
            found = Dossier.objects.select_related("agency").get(pk=dossier)
        except Dossier.DoesNotExist as error:
            raise CommandError(f"Không có hồ sơ số {dossier}.") from error
        file = out or Path(f"ho-so-{dossier}.zip")
        made = exporting.export(found)
        file.write_bytes(made.data)
        for sentence in made.missing:
            self.stderr.write(f"Thiếu trong tệp xuất: {sentence}")
        return f"Đã xuất: {file}"

"""Write anew the words under which cases and papers are found."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ...finding import indexing
from ...models import Commune


class Command(BaseCommand):
    help = "Lập lại chỉ mục tìm kiếm của mọi hồ sơ và văn bản."

    def handle(self, *args: Any, **options: Any) -> None:
        for commune in Commune.objects.order_by("pk"):
            self.stdout.write(f"{commune}: {indexing.rebuild(commune)} hồ sơ.")

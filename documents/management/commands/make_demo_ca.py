"""``manage.py make_demo_ca``: the authority behind the trial's keys."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.errors import SigningRefused
from documents.signing.demo_ca import folder, make_demo_ca


class Command(BaseCommand):
    help = "Lập nơi cấp chứng thư số thử nghiệm (chạy lại không thay đổi gì)."

    def handle(self, *args: Any, **options: Any) -> str:
        try:
            made = make_demo_ca()
        except SigningRefused as error:
            raise CommandError(error.sentence) from error
        return f"{'Đã lập' if made else 'Đã có sẵn'}: {folder()}"

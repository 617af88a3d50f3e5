"""``manage.py key_picture FILE.png``: the real seal, or a signer's signature, on the page."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from procedures.issuing import key_owners


class Command(BaseCommand):
    help = _("Lưu hình ảnh con dấu (đỏ, 36 mm) hoặc chữ ký (xanh) cho khóa đang dùng")

    def add_arguments(self, parser: ArgumentParser) -> None:
        key_owners.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        key_owners.keep(key_owners.owner(options), options["picture"])
        self.stdout.write(_("Đã lưu hình ảnh."))

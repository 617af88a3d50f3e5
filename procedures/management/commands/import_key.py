"""``manage.py import_key FILE.p12``: an office's own software key, under a strong passphrase."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from documents import service as documents
from documents.errors import DocumentRefused
from procedures.issuing import key_owners


class Command(BaseCommand):
    help = _("Nhập kho khóa PKCS#12 của người ký hoặc của con dấu")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help=_("Tệp .p12 hoặc .pfx"))
        key_owners.add_arguments(parser)

    @sensitive_variables("passphrase")
    def handle(self, *args: Any, **options: Any) -> None:
        whose = key_owners.owner(options)
        try:
            data = Path(options["file"]).read_bytes()
            passphrase = key_owners.asked(_("Mật khẩu của kho khóa"))
            documents.import_archive(data, *whose, passphrase)
        except OSError as error:
            raise CommandError(str(error)) from error
        except DocumentRefused as refused:
            raise CommandError(refused.sentence) from refused
        key_owners.keep(whose, options["picture"])
        self.stdout.write(_("Đã nhập khóa. Xóa tệp gốc khỏi máy này sau khi thử ký."))

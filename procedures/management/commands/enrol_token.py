"""``manage.py enrol_token``: which certificates a token holds, and whose they are.

Without ``--certificate`` it lists what the tokens of a module show. With it, and a holder or a
seal, the token is asked for its PIN and signs a trial; then the certificate signs for its owner.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from cryptography import x509
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from documents import service as documents
from documents.errors import DocumentRefused
from procedures.issuing import key_owners


class Command(BaseCommand):
    help = _("Đăng ký khóa trong thiết bị ký số (PKCS#11) cho người ký hoặc cho con dấu")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("module", help=_("Tên phần mềm thiết bị trong PKCS11_MODULES"))
        parser.add_argument("--certificate", help=_("Những ký tự đầu của SHA-256 chứng thư"))
        parser.add_argument("--chain", help=_("Tệp PEM các chứng thư của nơi cấp"))
        key_owners.add_arguments(parser)

    @sensitive_variables("pin")
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = documents.token_certificates(options["module"])
            if not options["certificate"]:
                self._list(found)
                return
            chosen = self._chosen(found, options["certificate"].lower())
            whose = key_owners.owner(options)
            chain = self._chain(found, options["chain"])
            pin = key_owners.asked(_("Mã PIN của %(token)s") % {"token": chosen.place.token_label})
            documents.enrol_token(chosen, *whose, pin, chain=chain)
        except DocumentRefused as refused:
            raise CommandError(refused.sentence) from refused
        key_owners.keep(whose, options["picture"])
        self.stdout.write(_("Đã đăng ký. Từ nay ký bằng thiết bị này."))

    def _list(self, found: list[documents.Found]) -> None:
        for item in found:
            until = timezone.localtime(item.certificate.not_valid_after_utc)
            name = item.certificate.subject.rfc4514_string()
            self.stdout.write(
                f"{item.fingerprint[:16]}  {item.place.token_label}  {until:%d/%m/%Y}  {name}"
            )
        if not found:
            self.stdout.write(_("Không thấy chứng thư nào trong thiết bị."))

    def _chosen(self, found: list[documents.Found], start: str) -> documents.Found:
        fitting = [item for item in found if item.fingerprint.startswith(start)]
        if len(fitting) != 1:
            raise CommandError(_("Không thấy đúng một chứng thư có mã ấy."))
        return fitting[0]

    def _chain(self, found: list[documents.Found], file: str | None) -> list[x509.Certificate]:
        if file:
            return x509.load_pem_x509_certificates(Path(file).read_bytes())
        return [item.certificate for item in found if item.is_authority]

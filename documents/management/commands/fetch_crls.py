"""``manage.py fetch_crls``: the lists of revoked certificates that our keys' certificates name."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from pyhanko.keys import load_certs_from_pemder_data

from documents.models import SigningKey
from documents.signing import revocation


class Command(BaseCommand):
    help = _("Tải danh sách chứng thư bị thu hồi (CRL) của các khóa đang dùng")

    def handle(self, *args: Any, **options: Any) -> None:
        keys = SigningKey.objects.filter(active=True)
        found = [
            certificate
            for key in keys
            for certificate in load_certs_from_pemder_data((key.certificate + key.chain).encode())
        ]
        silent = revocation.refresh(found)
        if silent:
            raise CommandError(_("Không tải được: %(list)s") % {"list": ", ".join(silent)})

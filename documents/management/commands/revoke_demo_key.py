"""``manage.py revoke_demo_key FINGERPRINT``: what a revoked certificate looks like, for trials."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from documents.errors import SigningRefused
from documents.models import SigningKey
from documents.signing import demo_ca


class Command(BaseCommand):
    help = _("Thu hồi một chứng thư thử nghiệm")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fingerprint", help=_("Những ký tự đầu của SHA-256 chứng thư"))

    def handle(self, *args: Any, **options: Any) -> None:
        start = options["fingerprint"].lower()
        found = list(SigningKey.objects.filter(demo=True, fingerprint__startswith=start)[:2])
        if len(found) != 1:
            raise CommandError(_("Không thấy đúng một chứng thư có mã ấy."))
        try:
            demo_ca.revoke_demo_key(found[0])
        except SigningRefused as refused:
            raise CommandError(refused.sentence) from refused

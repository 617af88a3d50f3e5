"""``manage.py complete_signatures``: time stamps and lists for what was signed without them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from documents.annexes import cited_annex
from documents.errors import DocumentRefused
from documents.signing.completing import complete, incomplete


class Command(BaseCommand):
    help = _("Bổ sung dấu thời gian và danh sách thu hồi cho văn bản đã phát hành còn thiếu")

    def handle(self, *args: Any, **options: Any) -> None:
        for stored in incomplete():
            try:
                complete(stored)
                answer = _("đã bổ sung.")
            except DocumentRefused as refused:
                answer = refused.sentence
            document, ordinal = stored.document, stored.ordinal
            named = cited_annex(document, ordinal) if ordinal else document.reference
            self.stdout.write(f"{named}: {answer}")

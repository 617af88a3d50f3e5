"""``clear_presses``: forget answers nobody will ask for again."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ...models import Press

KEPT = datetime.timedelta(days=30)


class Command(BaseCommand):
    """Presss are for a page sent twice, not a record: the ledger is that."""

    help = "Forget the answers kept for forms sent again, after thirty days."

    def handle(self, *args: Any, **options: Any) -> None:
        Press.objects.filter(at__lt=timezone.now() - KEPT).delete()

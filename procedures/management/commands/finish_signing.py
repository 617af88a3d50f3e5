"""Put cases whose signing was cut off back into the signer's tray. Signs for nobody."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

from workflows.service import lapse_holds

from ...models import Dossier

SYSTEM = "he-thong"


class Command(BaseCommand):
    help = "Trả các lượt ký bị ngắt giữa chừng về khay của người ký; số đã lấy vẫn giữ."

    def handle(self, *args: Any, **options: Any) -> None:
        system = get_user_model().objects.get(username=SYSTEM)
        for dossier in lapse_holds(Dossier, by=system):
            self.stdout.write(f"Hồ sơ {dossier.pk}: đã trả về khay người ký.")

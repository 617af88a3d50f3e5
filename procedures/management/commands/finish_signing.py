"""Put cases whose signing was cut off back into the signer's tray, and void numbers whose day
passed without a signature. Signs for nobody."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand

from workflows.service import lapse_holds, let_numbers_lapse
from workflows.states import State

from ...demo import SYSTEM
from ...models import Dossier


class Command(BaseCommand):
    help = "Trả các lượt ký bị ngắt giữa chừng về khay của người ký; số đã lấy vẫn giữ."

    def handle(self, *args: Any, **options: Any) -> None:
        for dossier in lapse_holds(Dossier, by=system_account()):
            self.stdout.write(f"Hồ sơ {dossier.pk}: đã trả về khay người ký.")
        for dossier in Dossier.objects.filter(state__in=[State.CHECKED, State.CLEARED]):
            if let_numbers_lapse(dossier, system_account(), Dossier.void_overdue):
                self.stdout.write(f"Hồ sơ {dossier.pk}: hủy số hết ngày mà chưa ký.")


def system_account() -> Any:
    """The account the ledger names where no person acted; nobody can sign in with it."""
    account, _new = get_user_model().objects.get_or_create(
        username=SYSTEM, defaults={"full_name": "Hệ thống", "password": make_password(None)}
    )
    return account

"""Load the two demo communes: accounts, posts, papers, keys. A second run changes nothing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents import service as documents

from ... import demo
from ...demo import build


class Command(BaseCommand):
    help = "Nạp dữ liệu thử: xã Tam Quang (Nghệ An) và phường Hạc Thành (Thanh Hóa)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--print-logins", action="store_true", help="In các tài khoản và mật khẩu dùng thử."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION or not settings.DEMO_KEYS_ALLOWED:
            raise CommandError("Dữ liệu thử không được nạp vào bản chạy thật.")
        made = self._load()
        if options["verbosity"] > 0:
            self.stdout.write(made or "Dữ liệu thử đã có sẵn, giữ nguyên.")
        if options["print_logins"]:
            self._print_logins()

    def _load(self) -> str:
        try:
            build.ensure_ledger_key(settings.LEDGER_KEY_FILE)
        except FileNotFoundError as missing:
            raise CommandError(
                f"Mất khóa nhật ký {missing}: khôi phục tệp này từ bản sao lưu."
            ) from missing
        build.ensure_system_account(demo.SYSTEM)
        # A key of an authority that is gone would never be trusted again.
        anew, made = documents.make_demo_ca(), []
        for commune in demo.COMMUNES:
            created = build.ensure_commune(commune, demo.PASSWORD)
            keys = build.ensure_keys(commune, demo.PASSPHRASE, anew=anew)
            if created or keys:
                made.append(f"{commune.kind} {commune.name}: {keys} khóa ký thử nghiệm")
        return "\n".join(made)

    def _print_logins(self) -> None:
        self.stdout.write(f"\nMật khẩu của mọi tài khoản thử: {demo.PASSWORD}")
        self.stdout.write(f"Mật khẩu của mọi khóa ký thử nghiệm: {demo.PASSPHRASE}")
        for commune in demo.COMMUNES:
            self.stdout.write(f"\n{commune.kind.capitalize()} {commune.name}, {commune.province}")
            for officer in commune.people:
                self.stdout.write(f"  {officer.login:<16}{officer.title:<40}{officer.name}")

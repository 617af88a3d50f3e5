"""Send each person his letter of the day. Run as often as you like: one letter a day leaves."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from workflows.deadlines import Calendar

from ...messages import digest


class Command(BaseCommand):
    help = (
        "Gửi thư tổng hợp trong ngày cho người có địa chỉ thư điện tử; chỉ gửi vào ngày làm việc."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        calendar, today = Calendar.current(), timezone.localdate()
        if not calendar.is_working(today):
            self.stdout.write(f"{today:%d/%m/%Y} không phải ngày làm việc: không gửi thư.")
            return
        sent, failed = 0, 0
        for user in digest.addressees(today):
            letter = digest.letter_for(user, calendar, today)
            try:
                sent += letter is not None and digest.send(letter, today)
            except OSError as error:
                # One mailbox that is refused must not cost the others their letters.
                failed += 1
                self.stderr.write(f"{user.username}: {error}")
        self.stdout.write(f"Đã gửi {sent} thư.")
        if failed:
            raise CommandError(f"{failed} thư chưa gửi được; chạy lại lệnh để gửi tiếp.")

"""``manage.py render_samples OUT``: one document of every kind, plain and signed, checked."""

from __future__ import annotations

import logging
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from documents import archival, nd30
from documents.errors import SigningRefused
from documents.samples import SAMPLES
from documents.samples.printing import fields_of, printed, signed


class Command(BaseCommand):
    help = (
        "In mỗi loại văn bản một bản mẫu, bản thường và bản ký bằng khóa thử nghiệm, rồi kiểm tra "
        "thể thức và tiêu chuẩn lưu trữ của từng tệp. Mã thoát: 0 không có lỗi, 1 có lỗi."
    )
    requires_system_checks: list[str] = []  # it writes files only, whatever the database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("out", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files; one line each, with what its checks found."""
        logging.getLogger("pdfminer").setLevel(logging.ERROR)
        out: Path = options["out"]
        out.mkdir(parents=True, exist_ok=True)
        faults = 0
        for name, sample in SAMPLES.items():
            plain = printed(sample)
            faults += self._written(out / f"{name}.pdf", plain)
            if fields_of(sample):
                try:
                    data = signed(sample, plain)
                except SigningRefused as refusal:
                    raise CommandError(str(refusal)) from refusal
                faults += self._written(out / f"{name}-da-ky.pdf", data)
        if faults:
            raise CommandError(_("Có %(count)d điểm chưa đạt.") % {"count": faults})

    def _written(self, file: Path, data: bytes) -> int:
        """Write a file and say what is wrong with it; how many things are."""
        file.write_bytes(data)
        found = [f"{fault.message_vi} ({fault.article})" for fault in nd30.check(data)]
        found += [lack.sentence for lack in archival.check(data)]
        self.stdout.write(f"{file.name}: {'; '.join(found) or _('đạt')}")
        return len(found)

"""``manage.py verify_document FILE``: the verdict on a file, as JSON."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from documents.verification.verify import verify


class Command(BaseCommand):
    help = (
        "Kiểm tra một tệp và in kết luận JSON. Mã thoát: 0 mọi điều đúng, 1 có điều không đúng, "
        "2 tệp không đọc được."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            self.stderr.write(str(error))
            sys.exit(2)
        verdict = verify(data)
        self.stdout.write(json.dumps(verdict.as_json(), ensure_ascii=False, indent=2))
        if not verdict.readable:
            sys.exit(2)
        if not verdict.valid:
            sys.exit(1)

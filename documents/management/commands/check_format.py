"""``manage.py check_format FILE...``: the departures of PDFs from Decree 30/2020, as JSON."""

from __future__ import annotations

import json
import logging
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents import nd30

FOUND, UNREADABLE = 1, 2
SENTENCES: Final[dict[str, Promise]] = {
    "not-pdf": _("Tệp %(file)s không phải là PDF đọc được; hãy xuất lại tệp PDF rồi kiểm tra."),
    "encrypted": _("Tệp %(file)s có mật khẩu; hãy bỏ mật khẩu rồi kiểm tra lại."),
    "no-page": _("Tệp %(file)s không có trang nào."),
    "too-large": _("Tệp %(file)s giải nén ra quá lớn nên không kiểm tra được."),
    "missing": _("Không mở được tệp %(file)s; hãy kiểm tra lại tên và quyền đọc tệp."),
}


class Command(BaseCommand):
    help = (
        "Kiểm tra thể thức của các tệp PDF theo Nghị định 30/2020/NĐ-CP và in kết quả JSON. "
        "Mã thoát: 0 không có lỗi, 1 có lỗi, 2 tệp không đọc được."
    )
    requires_system_checks: list[str] = []  # it reads one file, so it runs beside any database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="+")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the findings; exit 1 if there are any, 2 for a file that cannot be read."""
        # The parser's own remarks on odd files would drown the one sentence for the clerk.
        logging.getLogger("pdfminer").setLevel(logging.ERROR)
        files: list[Path] = options["file"]
        told = [one for one in map(self._told, files) if one is not None]
        if told:
            shown = told if len(files) > 1 else told[0]
            self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2))
        if len(told) < len(files):
            raise SystemExit(UNREADABLE)
        if any(one["findings"] for one in told):
            raise SystemExit(FOUND)

    def _told(self, file: Path) -> dict[str, Any] | None:
        """The report on one file; a sentence for the clerk where there is none."""
        try:
            return printed(file, nd30.inspect(file.read_bytes()))
        except OSError:
            reason = "missing"
        except nd30.UnreadablePdfError as error:
            reason = error.reason
        self.stderr.write(str(SENTENCES[reason]) % {"file": file})
        return None


def printed(file: Path, report: nd30.Report) -> dict[str, Any]:
    """The report as plain data: ``file``, ``kind`` and the findings."""
    findings = [
        {
            "rule": finding.rule,
            "article": finding.article,
            "message": finding.message_vi,
            "expected": finding.expected,
            "found": finding.found,
            "page": finding.page,
        }
        for finding in report.findings
    ]
    return {"file": str(file), "kind": report.kind, "findings": findings}

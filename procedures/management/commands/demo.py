"""Live through a commune's year without a browser: every step through the same doors as the
screens. Wants the demo data and nothing else in the database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from documents import service as documents
from documents.models import Document
from documents.nd30 import check
from workflows.deadlines import Calendar
from workflows.models import Agency, Event

from ...access import PAPERS
from ...demo import summary, year
from ...demo.clock import Clock, Year
from ...demo.walk import Walk
from ...models import CopyRequest, Dossier
from . import check_cases, verify_ledger

TAM_QUANG, HAC_THANH = "16933", "14797"


class Command(BaseCommand):
    help = (
        "Đi hết một năm của xã Tam Quang bằng đồng hồ riêng; để lại các tệp PDF và index.json "
        "trong thư mục --out."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--out", type=Path, default=Path("out"))

    def handle(self, *args: Any, out: Path, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Dữ liệu và khóa thử nghiệm không dùng ở môi trường chính thức.")
        if Event.objects.exists():
            raise CommandError("Nhật ký đã có việc: năm thử bắt đầu từ dữ liệu thử vừa nạp.")
        out.mkdir(parents=True, exist_ok=True)
        calendar = Calendar.current()
        lived = Year.until(timezone.localdate(), calendar)
        with Clock(calendar).begun(lived.day(0, 1)) as clock:
            commune, ward = (
                Walk(code, self.stdout.write, clock) for code in (TAM_QUANG, HAC_THANH)
            )
            year.live(commune, ward, clock, lived)
        index = list(self._export(out))
        (out / "index.json").write_text(json.dumps(index, ensure_ascii=False, indent=1) + "\n")
        self._confirm(index, out)
        self._sum_up(commune, lived)

    def _export(self, out: Path) -> Iterator[dict[str, Any]]:
        for dossier in Dossier.objects.order_by("pk"):
            for kind in PAPERS:
                # A request that went on in a round has its Đề xuất alone.
                if dossier.paper(kind):
                    yield _save(dossier, kind, out)
        for asked in CopyRequest.objects.exclude(copy=None).order_by("pk"):
            yield _save_copy(asked, out)

    def _confirm(self, index: list[dict[str, Any]], out: Path) -> None:
        """Every file again from disk, every case and every ledger."""
        for entry in index:
            self._confirm_file(entry, (out / entry["file"]).read_bytes())
        faults = [f for agency in Agency.objects.all() for f in verify_ledger.check(agency)]
        wrong = [*check_cases.disagreements(), *faults]
        self.stdout.write(f"Đối chiếu hồ sơ và nhật ký: {len(wrong)} chỗ sai")
        if wrong:
            raise CommandError(str(wrong))

    def _confirm_file(self, entry: dict[str, Any], data: bytes) -> None:
        findings = check(data)
        told = f"{entry['file']}: {len(findings)} lỗi thể thức"
        if findings:
            raise CommandError(f"{told}: {findings}")
        if not entry["number"]:
            self.stdout.write(told)
        elif entry["medium"] == "paper":
            self.stdout.write(f"{told}, bản gốc giấy lưu tại văn thư")
        else:
            verdict = documents.verify(data)
            self.stdout.write(f"{told}, chữ ký số: {'đạt' if verdict.valid else 'KHÔNG ĐẠT'}")
            if not verdict.valid:
                raise CommandError(json.dumps(verdict.as_json(), ensure_ascii=False))

    def _sum_up(self, commune: Walk, lived: Year) -> None:
        rows = summary.of_year(commune.commune, (lived.day(month, 1) for month in range(13)))
        self.stdout.write(f"\nMột năm của {commune.commune.full_name}")
        for line in summary.table(rows):
            self.stdout.write(line)


def _save(dossier: Dossier, kind: str, out: Path) -> dict[str, Any]:
    paper = dossier.paper(kind)
    assert paper is not None
    name = f"{dossier.pk:03d}-{dossier.commune.code}-{kind}.pdf"
    told = {"procedure": dossier.procedure, "title": dossier.title, "kind": kind}
    return told | _saved(paper, out, name)


def _save_copy(asked: CopyRequest, out: Path) -> dict[str, Any]:
    assert asked.copy is not None
    name = f"sao-{asked.pk:03d}-{asked.commune.code}-{asked.kind}.pdf"
    told = {"procedure": asked.procedure, "title": asked.title, "kind": asked.kind}
    return told | _saved(asked.copy, out, name)


def _saved(paper: Document, out: Path, name: str) -> dict[str, Any]:
    # Of a paper original our own page is shown, not the scan.
    on_paper = paper.medium == "paper"
    file = documents.download(paper, documents.reference_of(paper) if on_paper else None)
    (out / name).write_bytes(file.data)
    return {
        "number": paper.reference,
        "date": paper.date.isoformat() if paper.date else None,
        "signer": paper.says().signature.name,
        "capacity": list(paper.says().signature.lines),
        "medium": paper.medium,
        "sha256": file.sha256,
        "file": name,
    }

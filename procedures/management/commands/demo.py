"""Walk the procedures without a browser: every step through the same doors as the screens."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from documents import service as documents
from documents.nd30 import check
from workflows import service as workflows
from workflows.models import Agency
from workflows.service import perform
from workflows.states import State

from ... import demo, signing
from ...flows import establish_team
from ...models import Dossier
from ...roles import Role
from . import check_cases, verify_ledger

TAM_QUANG, HAC_THANH = "16933", "14797"


class Command(BaseCommand):
    help = "Đi hết thủ tục thành lập tổ; để lại các tệp PDF và index.json trong thư mục --out."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--out", type=Path, default=Path("out"))

    def handle(self, *args: Any, out: Path, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Dữ liệu và khóa thử nghiệm không dùng ở môi trường chính thức.")
        out.mkdir(parents=True, exist_ok=True)
        walk = Walk(self.stdout.write)
        dossiers = [walk.village_team(), walk.commune_team(), walk.ward_on_paper()]
        walk.withdrawn()
        index = list(self._export(dossiers, out))
        (out / "index.json").write_text(json.dumps(index, ensure_ascii=False, indent=1) + "\n")
        self._confirm(index, out)

    def _export(self, dossiers: list[Dossier], out: Path) -> Iterator[dict[str, Any]]:
        for dossier in dossiers:
            for kind in ("proposal", "submission", "decision"):
                yield _save(dossier, kind, out)

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


def _save(dossier: Dossier, kind: str, out: Path) -> dict[str, Any]:
    paper = dossier.paper(kind)
    assert paper is not None
    # Of a paper original our own page is shown, not the scan.
    on_paper = paper.medium == "paper"
    file = documents.download(paper, documents.reference_of(paper) if on_paper else None)
    name = f"{dossier.pk:02d}-{dossier.commune.code}-{kind}.pdf"
    (out / name).write_bytes(file.data)
    return {
        "procedure": dossier.procedure,
        "title": dossier.title,
        "kind": kind,
        "number": paper.reference,
        "date": paper.date.isoformat() if paper.date else None,
        "signer": paper.says().signature.name,
        "capacity": list(paper.says().signature.lines),
        "medium": paper.medium,
        "sha256": file.sha256,
        "file": name,
    }


class Walk:
    """The demo's people, acting. Each step prints a line: who, as what, did what."""

    def __init__(self, say: Callable[[str], Any]) -> None:
        self.say = say

    def village_team(self) -> Dossier:
        """A bản of xã Tam Quang: returned once, signed by the Deputy for the Chairman."""
        self.say("\nTổ của một bản, xã Tam Quang: Phó Chủ tịch ký thay")
        cast = demo.Cast(Agency.objects.get(code=TAM_QUANG))
        dossier = self._proposed(cast, cast(Role.HAMLET_HEAD), members=6)
        dossier = self._do(
            dossier, "return_for_correction", cast(Role.SPECIALIST),
            note="Ghi rõ thành phần của từng người rồi gửi lại.",
        )  # fmt: skip
        dossier = self._do(dossier, "submit", cast(Role.HAMLET_HEAD))
        dossier = self._to_the_tray(cast, dossier)
        return self._signed_and_released(cast, dossier, cast(Role.DEPUTY_CHAIRMAN))

    def commune_team(self) -> Dossier:
        """The commune's own team, led by the Youth secretary, signed by the Chairman himself."""
        self.say("\nTổ cấp xã, xã Tam Quang: Chủ tịch ký")
        cast = demo.Cast(Agency.objects.get(code=TAM_QUANG))
        dossier = self._proposed(cast, cast(Role.YOUTH_SECRETARY), members=7)
        dossier = self._to_the_tray(cast, dossier)
        return self._signed_and_released(cast, dossier, cast(Role.CHAIRMAN))

    def ward_on_paper(self) -> Dossier:
        """A khu phố of phường Hạc Thành: number from the office's own book, signed on paper."""
        self.say("\nTổ của một khu phố, phường Hạc Thành: ký giấy, số lấy từ sổ của phường")
        cast = demo.Cast(Agency.objects.get(code=HAC_THANH))
        today = timezone.localdate()
        dossier = self._proposed(cast, cast(Role.HAMLET_HEAD), members=4)
        dossier = self._do(dossier, "check_content", cast(Role.SPECIALIST))
        dossier = self._sign(dossier, "submission", cast(Role.DIVISION_HEAD))
        dossier = self._do(dossier, "check_form", cast(Role.CLERK), number=412, date=today)
        dossier = self._do(
            dossier, "record_paper_decision", cast(Role.CLERK),
            signer=cast(Role.CHAIRMAN), number=412, date=today, scan=demo.scan(dossier),
        )  # fmt: skip
        return self._sealed_and_released(cast, dossier)

    def withdrawn(self) -> None:
        self.say("\nMột đề nghị được người lập rút lại")
        cast = demo.Cast(Agency.objects.get(code=TAM_QUANG))
        dossier = self._proposed(cast, cast(Role.HAMLET_HEAD, 1), members=5)
        self._do(dossier, "withdraw", cast(Role.HAMLET_HEAD, 1), note="Bổ sung người rồi gửi sau.")

    # Steps -----------------------------------------------------------------------------------

    def _proposed(self, cast: demo.Cast, author: Any, members: int) -> Dossier:
        [post] = establish_team.posts_that_may_start(author)
        dossier = establish_team.draft(author, post)
        seats = {dossier.changes.get().pk: demo.seats(dossier, members)}
        dossier = self._do(dossier, "edit", author, seats=seats)
        return self._do(dossier, "submit", author)

    def _to_the_tray(self, cast: demo.Cast, dossier: Dossier) -> Dossier:
        dossier = self._do(dossier, "check_content", cast(Role.SPECIALIST))
        dossier = self._sign(dossier, "submission", cast(Role.DIVISION_HEAD))
        return self._do(dossier, "check_form", cast(Role.CLERK))

    def _signed_and_released(self, cast: demo.Cast, dossier: Dossier, signer: Any) -> Dossier:
        return self._sealed_and_released(cast, self._sign(dossier, "decision", signer))

    def _sealed_and_released(self, cast: demo.Cast, dossier: Dossier) -> Dossier:
        clerk = cast(Role.CLERK)
        done = signing.seal_and_release(
            dossier, by=clerk, seen=dossier.revision, passphrase=demo.PASSPHRASE
        )
        return self._told(done)

    def _sign(self, dossier: Dossier, kind: str, signer: Any) -> Dossier:
        done = signing.sign(
            dossier, kind, by=signer, seen=dossier.revision, passphrase=demo.PASSPHRASE
        )
        return self._told(done)

    def _do(self, dossier: Dossier, act: str, by: Any, note: str = "", **data: Any) -> Dossier:
        done = perform(dossier, act, by=by, seen=dossier.revision, note=note, **data)
        return self._told(done)

    def _told(self, dossier: Dossier) -> Dossier:
        event = workflows.history(dossier).last()
        assert event is not None
        state = State(dossier.state).label
        self.say(f"  {event.actor_name} ({event.capacity}): {event.act} -> {state}")
        return dossier

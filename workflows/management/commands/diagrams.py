"""Draw the state diagram of every procedure, one SVG file each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ... import diagram, engine


class Command(BaseCommand):
    help = "Vẽ sơ đồ trạng thái của mỗi thủ tục, mỗi thủ tục một tệp SVG."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("out", type=Path, help="thư mục nhận các tệp")

    def handle(self, *args: Any, out: Path, **options: Any) -> None:
        out.mkdir(parents=True, exist_ok=True)
        for flow in engine.flows():
            title = str(getattr(flow, "title", flow.code))
            target = out / f"{flow.code}.svg"
            target.write_text(diagram.svg(flow.record_class, title) + "\n", encoding="utf-8")
            if options["verbosity"]:
                self.stdout.write(str(target))

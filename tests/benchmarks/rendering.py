"""What drawing a document costs, beside bare WeasyPrint, Typst and a Word file in LibreOffice.

The document has two pages: letterhead, grounds, articles, a list of seven people, QR code. Ours is
what the product does: content to page to PDF/A-2a and PDF/UA-1 with empty signature fields.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .timing import Line, Work, compare, cpu, median

if TYPE_CHECKING:
    from documents.model import Content

FONTS = Path(__file__).resolve().parents[2] / "documents" / "fonts"
TYPST = Path(__file__).with_name("decision.typ")
FEW, MANY = 20, 220  # rows of an annex
COLD, MORE = 5, 20  # conversions by LibreOffice: started anew, and in one go


def print_rendering() -> None:
    compare("vẽ 2 trang / WeasyPrint trần, cùng HTML", ours(), _bare())
    compare("vẽ 2 trang / Typst (giới hạn thực tế)", ours(), _typst())
    _print_office()
    _print_rows()


def ours(content: Content | None = None) -> Work:
    from documents.rendering import pdf
    from tests.documents import samples

    return lambda: pdf.render(content or samples.TWO_PAGES, samples.ISSUED)


def _bare(content: Content | None = None) -> Work:
    """WeasyPrint on the same page, and nothing archival: no tags, no PDF/A, no fields.

    Page, fonts and style sheet are made beforehand, better than most of its users have it.
    """
    from django.template.loader import render_to_string
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from documents.kinds import KINDS
    from documents.rendering.fetcher import FontsOnly
    from documents.rendering.sheet import sheet
    from tests.documents import samples

    kind, fonts, fetcher = KINDS["decision"], FontConfiguration(), FontsOnly()
    context = sheet(content or samples.TWO_PAGES, samples.ISSUED, kind, draft=False)
    text = render_to_string(kind.template, context | {"fields": []})
    css = render_to_string("documents/official/official.css")
    style = CSS(string=css, font_config=fonts, url_fetcher=fetcher)
    return lambda: HTML(string=text, url_fetcher=fetcher).write_pdf(
        stylesheets=[style], font_config=fonts
    )


def _typst() -> Work:
    """Typst remembers every paragraph it has set: each round changes all of them a little."""
    import typst

    fresh, said = itertools.count(1000), _said()

    def compiled() -> None:
        text = said.replace("~", str(next(fresh)))
        typst.compile(
            TYPST, font_paths=[FONTS], ignore_system_fonts=True, sys_inputs={"said": text}
        )

    return compiled


def _said() -> str:
    """The words of the decision for Typst."""
    from documents import words
    from documents.model import Table
    from tests.documents import samples

    content, issue = samples.TWO_PAGES, samples.ISSUED

    def plain(block: Any) -> dict[str, Any]:
        if not isinstance(block, Table):
            return {"lead": block.lead, "text": f"{block.text} ~"}
        titles = [column.title for column in block.columns]
        rows = [[f"{cell} ~" for cell in row] for row in block.rows]
        return {"titles": titles, "rows": rows, "widths": [c.width for c in block.columns]}

    return json.dumps(
        {
            "letterhead": content.letterhead.lines,
            "number": words.number_line(issue.number, issue.symbol),
            "date": words.date_line(content.letterhead.place, issue.date),
            "subject": content.subject,
            "authority": content.authority,
            "grounds": [f"{ground} ~" for ground in content.grounds],
            "body": [plain(block) for block in content.body],
            "recipients": words.listed(content.recipients),
            "signature": content.signature.lines,
            "name": content.signature.name,
        }
    )


def _print_office() -> None:
    """A Word file filled in and printed to PDF by LibreOffice.

    First as an office's script does it, ``soffice --convert-to pdf`` for each document. Then what a
    further document costs one that is already running, as a listening LibreOffice would have it:
    many files in one call, less the call for one (a listener is spoken to through UNO, whose Python
    package is not installed here). The file is filled by our own writer in the place of docxtpl;
    both stand on python-docx, and its share is printed.
    """
    from documents.rendering import docx
    from tests.documents import samples

    def filled() -> bytes:
        return docx.render(samples.TWO_PAGES, samples.ISSUED)

    if not shutil.which("soffice"):
        Line("tệp Word + LibreOffice").say("không có soffice trên máy này")
        return
    with tempfile.TemporaryDirectory() as folder:
        convert = _converter(Path(folder), filled)
        name = "vẽ 2 trang / tệp Word + LibreOffice, mỗi văn bản một lần gọi"
        compare(name, ours(), lambda: convert(1), COLD)
        running = (cpu(lambda: convert(1 + MORE)) - cpu(lambda: convert(1))) / MORE
    Line("vẽ 2 trang / tệp Word + LibreOffice đang chạy sẵn").pair(median(ours()), running)
    Line("  trong đó điền tệp Word").each(median(filled))


def _converter(folder: Path, filled: Callable[[], bytes]) -> Callable[[int], None]:
    def convert(count: int) -> None:
        files = [folder / f"{number}.docx" for number in range(count)]
        for file in files:
            file.write_bytes(filled())
        command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, *files]
        environment = {**os.environ, "HOME": str(folder)}
        subprocess.run(command, env=environment, check=True, capture_output=True)
        for file in files:
            file.with_suffix(".pdf").unlink()

    return convert


def _print_rows() -> None:
    """What a row of an annex adds: four cells, borders, tags."""
    few, many = (_with_rows(count) for count in (FEW, MANY))
    each = [(median(way(many), 3) - median(way(few), 3)) / (MANY - FEW) for way in (ours, _bare)]
    Line(f"mỗi dòng của phụ lục ({FEW} đến {MANY} dòng) / WeasyPrint trần").pair(*each)


def _with_rows(count: int) -> Content:
    from documents.model import Annex, Table
    from tests.documents import samples

    rows = tuple((str(n), "Lô Văn Tám", "Trưởng bản", "Tổ viên") for n in range(count))
    annex = Annex("Danh sách", (Table(samples.COLUMNS, rows),))
    return dataclasses.replace(samples.DECISION, annexes=(annex,))

"""Căn cứ ban hành (Mục II, khoản 6, điểm a)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.nd30.findings import Finding, form, part_one
from documents.nd30.paper import Paper
from documents.nd30.reading import Line
from documents.nd30.text import Paragraph
from documents.nd30.typography import Style, styled

ARTICLE = part_one("II", 6, "a")
STYLE = Style(13, 14, italic=True)
_LAW = re.compile(r"^Căn cứ (?:Bộ luật|Luật|Pháp lệnh)\b")
_DATED = re.compile(r" ngày \d{1,2} tháng \d{1,2} năm \d{4}")
_NUMBERED = re.compile(r"\bsố \d|\b\d+/\d{4}/(?:QH|UBTVQH)\d*|\b(?:QH|UBTVQH)\d+\b")


def present(paper: Paper) -> Iterator[Finding]:
    """Mẫu 1.2: a decision rests on its grounds."""
    if paper.is_a("Quyết định", "Nghị quyết") and not paper.grounds:
        message = "Không có căn cứ ban hành."
        yield Finding("grounds-text", form("1.2"), message, "Căn cứ …;", "không có", 1)


def dashes(paper: Paper) -> Iterator[Finding]:
    """Each ground begins with its first word: the decree has no dash there."""
    for ground in paper.grounds:
        if not ground.text[0].isalpha():
            yield Finding(
                "grounds-text",
                ARTICLE,
                "Đầu dòng căn cứ không có gạch đầu dòng.",
                ground.text.lstrip("-–+* "),
                ground.text,
                ground.page,
            )
            return


def style(paper: Paper) -> Iterator[Finding]:
    """In thường, kiểu chữ nghiêng, cỡ chữ từ 13 đến 14."""
    lines: list[Line] = [line for ground in paper.grounds for line in ground.lines]
    yield from styled(lines, STYLE, rule="grounds-style", article=ARTICLE, name="Căn cứ ban hành")


def marks(paper: Paper) -> Iterator[Finding]:
    """Cuối dòng có dấu chấm phẩy (;), dòng cuối cùng kết thúc bằng dấu chấm (.)."""
    for position, ground in enumerate(paper.grounds, start=1):
        wanted = "." if position == len(paper.grounds) else ";"
        if not ground.text.endswith(wanted):
            yield Finding(
                "grounds-marks",
                ARTICLE,
                "Mỗi căn cứ kết thúc bằng dấu chấm phẩy, căn cứ cuối cùng bằng dấu chấm.",
                f"kết thúc bằng “{wanted}”",
                ground.text[-40:],
                ground.lines[-1].page,
            )
            return


def laws(paper: Paper) -> Iterator[Finding]:
    """Luật, Pháp lệnh: ghi ngày tháng năm, không ghi số, ký hiệu, cơ quan ban hành."""
    for ground in paper.grounds:
        if _LAW.match(ground.text) and not _cited_as_law(ground):
            yield Finding(
                "grounds-law",
                ARTICLE,
                "Luật, Pháp lệnh ghi tên và ngày tháng năm, không ghi số, ký hiệu, cơ quan.",
                "Căn cứ Luật … ngày … tháng … năm …;",
                ground.text,
                ground.page,
            )
            return


def _cited_as_law(ground: Paragraph) -> bool:
    ending = _DATED.search(ground.text) is not None
    return ending and not _NUMBERED.search(ground.text) and "của Quốc hội" not in ground.text


RULES = (present, dashes, style, marks, laws)

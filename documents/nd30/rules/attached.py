"""A document promulgated with a decision, in the same file (Mẫu 1.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.nd30.findings import Finding, form
from documents.nd30.paper import Paper
from documents.nd30.parts import Part
from documents.nd30.reading import Line
from documents.nd30.rules.annex import agrees, closes
from documents.nd30.rules.body import END
from documents.nd30.rules.header import MOTTO, NATIONAL
from documents.nd30.text import rows
from documents.nd30.types import by_title, fold
from documents.nd30.typography import Style, styled

ARTICLE = form("1.3")
TITLE = Style(13, 14, bold=True, caps=True)
SUBJECT = Style(13, 14, bold=True, caps=False)
REFERENCE = Style(13, 14, italic=True)
_PROMULGATES = re.compile(r"\b(?:Ban hành|Phê duyệt) kèm theo Quyết định này\b")


def _attached(paper: Paper) -> list[Part]:
    return [part for part in paper.parts if part.role == "attached"]


def promulgation(paper: Paper) -> Iterator[Finding]:
    """Điều 1. Ban hành (Phê duyệt) kèm theo Quyết định này …"""
    first = next((p for p in paper.paragraphs if re.match(r"^Điều 1\b", p.text)), None)
    if _attached(paper) and not (first and _PROMULGATES.search(first.text)):
        message = "Điều 1 không ghi ban hành văn bản kèm theo Quyết định."
        expected = "Điều 1. Ban hành kèm theo Quyết định này …"
        found, page = (first.text[:60], first.page) if first else ("không có", 1)
        yield Finding("promulgation-words", ARTICLE, message, expected, found, page)


def header(paper: Paper) -> Iterator[Finding]:
    """The attached document has boxes 1 and 2 of its own, and neither number nor date."""
    for part in _attached(paper):
        texts = {line.text.replace("HOÀ", "HÒA") for line in part.lines}
        missing = [words for words in (NATIONAL, MOTTO) if words not in texts]
        page = part.sheets[0].number
        if missing:
            message = "Văn bản kèm theo không có đủ Quốc hiệu, Tiêu ngữ."
            yield Finding("attached-header", ARTICLE, message, missing[0], "không có", page)


def title(paper: Paper) -> Iterator[Finding]:
    """Tên loại văn bản kèm theo in hoa, đậm; trích yếu in thường, đậm."""
    for part in _attached(paper):
        line = next((line for line in part.lines if by_title(line.text)), None)
        page = part.sheets[0].number
        if line is None:
            message = "Văn bản kèm theo không có tên loại."
            expected = "QUY CHẾ, QUY ĐỊNH, KẾ HOẠCH, …"
            yield Finding("attached-title", ARTICLE, message, expected, "không có", page)
            continue
        name = "Tên loại văn bản kèm theo"
        yield from styled([line], TITLE, rule="attached-title", article=ARTICLE, name=name)
        subject = _between(part, line)
        name = "Trích yếu văn bản kèm theo"
        yield from styled(subject, SUBJECT, rule="attached-subject", article=ARTICLE, name=name)


def _between(part: Part, title: Line) -> list[Line]:
    """The lines from the title down to ``(Kèm theo``; none when that is missing."""
    below = [line for line in part.lines if line.page == title.page and line.top > title.baseline]
    ends = (i for i, line in enumerate(below) if fold(line.text).startswith("(KEMTHEO"))
    return below[: next(ends, 0)]


def reference(paper: Paper) -> Iterator[Finding]:
    """(Kèm theo Quyết định số … ngày … tháng … năm … của …), italic, under the trích yếu."""
    for part in _attached(paper):
        lines = _reference(part)
        text = " ".join(line.text for line in lines)
        if not agrees(paper, text):
            message = "Văn bản kèm theo không có dòng chỉ dẫn kèm theo Quyết định, hoặc ghi sai."
            expected = "(Kèm theo Quyết định số … ngày … tháng … năm … của …)"
            page = part.sheets[0].number
            found = text or "không có"
            yield Finding("attached-reference", ARTICLE, message, expected, found, page)
        rule, name = "attached-reference-style", "Dòng chỉ dẫn kèm theo"
        yield from styled(lines, REFERENCE, rule=rule, article=ARTICLE, name=name)


def _reference(part: Part) -> list[Line]:
    found: list[Line] = []
    for row in rows(part.lines):
        if not found and not fold(row[0].text).startswith("(KEMTHEO"):
            continue
        found += row
        if row[-1].text.endswith(")"):
            break
    return found


def end_mark(paper: Paper) -> Iterator[Finding]:
    """The attached document closes with ``./.``, once."""
    for part in _attached(paper):
        ends = [line for line in part.lines if END in line.text]
        count = sum(line.text.count(END) for line in ends)
        if count != 1 or not closes(ends[0], part.lines[-1]):
            message = "Văn bản kèm theo phải kết thúc bằng “./.”, một lần."
            page = part.sheets[-1].number
            found = f"{count} lần"
            yield Finding("attached-end", ARTICLE, message, "một lần, ở cuối", found, page)


RULES = (promulgation, header, title, reference, end_mark)

"""Boxes 5a and 5b, the authority line and the operative words (Mục II, khoản 5; Mẫu 1.1, 1.2)."""

from __future__ import annotations

from collections.abc import Iterator

from documents.nd30.findings import Finding, form, part_one
from documents.nd30.paper import Paper
from documents.nd30.reading import MM, Line
from documents.nd30.rules.header import short_rule
from documents.nd30.types import ENACTING, OFFICIAL_LETTER, WITHOUT_SUBJECT, fold
from documents.nd30.typography import Style, millimetres, rule_below, styled
from documents.nd30.typography import number as decimal

TITLE_STYLE = Style(13, 14, bold=True, caps=True)
SUBJECT_STYLE = Style(13, 14, bold=True, caps=False)
LETTER_SUBJECT_STYLE = Style(12, 13, caps=False)
CENTRED = 3 * MM
UNDER_NUMBER = 4 * MM
SINGLE_LINE = 1.15  # em
MIN_GAP = 5.5  # points: 6, with a printer's rounding
ARTICLE = part_one("II", 5, "b")


def type_name(paper: Paper) -> Iterator[Finding]:
    """Tên loại: in hoa, cỡ 13 - 14, đứng, đậm, canh giữa theo chiều ngang văn bản."""
    line = paper.header.title
    if line:
        yield from styled(
            [line], TITLE_STYLE, rule="type-name-style", article=ARTICLE, name="Tên loại văn bản"
        )
        yield from centred(paper, line, "type-name-place", ARTICLE, "Tên loại văn bản")
    elif paper.type and paper.type is not OFFICIAL_LETTER:
        expected = paper.type.name.upper()
        message = "Không có tên loại văn bản."
        yield Finding("type-name-text", ARTICLE, message, expected, "không có", 1)


def centred(paper: Paper, line: Line, rule: str, article: str, name: str) -> Iterator[Finding]:
    """A finding for a line centred neither on the text nor on the paper."""
    low, high = paper.middle(line.page)
    if not low - CENTRED <= line.centre <= high + CENTRED:
        yield Finding(
            rule,
            article,
            f"{name} không canh giữa.",
            f"tâm dòng cách mép trái {millimetres(low)} - {millimetres(high)}",
            millimetres(line.centre),
            line.page,
        )


def subject(paper: Paper) -> Iterator[Finding]:
    """Trích yếu ngay dưới tên loại: in thường, cỡ 13 - 14, đứng, đậm; bên dưới có đường kẻ ngang
    dài bằng 1/3 - 1/2 dòng chữ."""
    if not paper.header.title or paper.is_a(*WITHOUT_SUBJECT):
        return
    lines = paper.subject
    if not lines:
        message = "Không có trích yếu nội dung."
        yield Finding("subject-text", ARTICLE, message, "Về việc …", "không có", 1)
        return
    yield from styled(
        lines, SUBJECT_STYLE, rule="subject-style", article=ARTICLE, name="Trích yếu nội dung"
    )
    astray = max(lines, key=lambda line: abs(line.centre - paper.middle(1)[1]))
    yield from centred(paper, astray, "subject-place", ARTICLE, "Trích yếu nội dung")
    yield from short_rule(paper, lines, "subject-rule", ARTICLE, "trích yếu nội dung")
    yield from _no_stop(lines[-1])


def _no_stop(line: Line) -> Iterator[Finding]:
    """Trích yếu là một cụm từ: no model form closes it with a mark."""
    if line.text.endswith((".", ";", ",", ":")):
        yield Finding(
            "subject-stop",
            part_one("II", 5, "a"),
            "Cuối trích yếu nội dung không có dấu.",
            line.text.rstrip(".;,:"),
            line.text,
            line.page,
        )


def letter_subject(paper: Paper) -> Iterator[Finding]:
    """Công văn: sau chữ “V/v”, in thường, cỡ 12 - 13, đứng, giữa dưới số và ký hiệu; không có
    đường kẻ."""
    if paper.type is not OFFICIAL_LETTER:
        return
    lines = paper.header.letter_subject
    if not lines or not lines[0].text.startswith("V/v "):
        found = lines[0].text if lines else "không có"
        message = "Công văn không có trích yếu sau chữ “V/v” dưới số, ký hiệu."
        yield Finding("subject-text", ARTICLE, message, "V/v …", found, 1)
    if not lines:
        return
    yield from styled(
        lines, LETTER_SUBJECT_STYLE, rule="subject-style", article=ARTICLE, name="Trích yếu"
    )
    yield from _no_stop(lines[-1])
    number = paper.header.number
    if number and abs(lines[0].centre - number.centre) > UNDER_NUMBER:
        message = "Trích yếu công văn không canh giữa dưới số, ký hiệu."
        expected = f"tâm dòng cách mép trái {millimetres(number.centre)}"
        found = millimetres(lines[0].centre)
        yield Finding("subject-place", ARTICLE, message, expected, found, 1)
    yield from _under_number(number, lines[0])
    if rule_below(paper.sheet, lines):
        message = "Dưới trích yếu công văn không có đường kẻ."
        yield Finding("subject-rule", ARTICLE, message, "không có đường kẻ", "có đường kẻ", 1)


def _under_number(number: Line | None, line: Line) -> Iterator[Finding]:
    """Trích yếu công văn cách dòng 6pt với số và ký hiệu văn bản."""
    gap = line.baseline - number.baseline - SINGLE_LINE * line.size if number else MIN_GAP
    if gap < MIN_GAP:
        message = "Trích yếu công văn không cách số, ký hiệu 6pt."
        found = f"{decimal(max(gap, 0))}pt"
        yield Finding("letter-subject-gap", ARTICLE, message, "6pt", found, 1)


def letter_title(paper: Paper) -> Iterator[Finding]:
    """Mẫu 1.5: a công văn names no type; its subject stands under the number instead."""
    if paper.type is not OFFICIAL_LETTER:
        return
    line = next((line for line in paper.main.lines if fold(line.text) == "CONGVAN"), None)
    if line:
        message = "Công văn không ghi tên loại."
        yield Finding("letter-title", form("1.5"), message, "không có", line.text, line.page)


def authority(paper: Paper) -> Iterator[Finding]:
    """Mẫu 1.2: under the trích yếu, who decides, in bold capitals, centred."""
    if not paper.is_a(*ENACTING):
        return
    article = form("1.2") if paper.is_a("Quyết định") else form("1.1")
    if not paper.authority:
        message = "Không có dòng thẩm quyền ban hành dưới trích yếu."
        expected = "CHỦ TỊCH ỦY BAN NHÂN DÂN … hoặc ỦY BAN NHÂN DÂN …"
        yield Finding("authority-text", article, message, expected, "không có", 1)
        return
    name = "Dòng thẩm quyền ban hành"
    yield from styled(
        paper.authority, TITLE_STYLE, rule="authority-style", article=article, name=name
    )
    for line in paper.authority[:1]:
        yield from centred(paper, line, "authority-place", article, name)


def operative_words(paper: Paper) -> Iterator[Finding]:
    """Mẫu 1.2: ``QUYẾT ĐỊNH:`` after the grounds, bold, centred."""
    if paper.type is None or paper.type.name not in ENACTING:
        return
    wanted = ENACTING[paper.type.name]
    article = form("1.2") if paper.is_a("Quyết định") else form("1.1")
    line = paper.enacting
    if line is None or line.text != wanted:
        found = line.text if line else "không có"
        message = f"Không có dòng “{wanted}” trước nội dung."
        page = line.page if line else 1
        yield Finding("operative-words-text", article, message, wanted, found, page)
    if line:
        name = f"Dòng “{wanted}”"
        yield from styled(
            [line], TITLE_STYLE, rule="operative-words-style", article=article, name=name
        )
        yield from centred(paper, line, "operative-words-place", article, name)


RULES = (type_name, subject, letter_subject, letter_title, authority, operative_words)

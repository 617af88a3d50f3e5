"""Phụ lục in the same file (Mục III, khoản 1; Mẫu 2.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from documents.nd30.findings import Finding, form, part_one
from documents.nd30.paper import Paper
from documents.nd30.parts import Part
from documents.nd30.reading import Line
from documents.nd30.rules.body import END
from documents.nd30.rules.number import reference
from documents.nd30.rules.title import centred
from documents.nd30.text import rows
from documents.nd30.types import fold
from documents.nd30.typography import Style, styled

POINTED_TO = part_one("III", 1, "a")
HEADINGS = part_one("III", 1, "b")
REFERENCE = part_one("III", 1, "c")
PRIVACY = "Điều 3 Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15"
HEADING_STYLE = Style(14, 14, bold=True)
TITLE_STYLE = Style(13, 14, bold=True, caps=True)
REFERENCE_STYLE = Style(13, 14, italic=True)
SOURCE = re.compile(r"^\(Kèm theo (.+?) số\b(.*?)\bngày\b(.*?)\btháng\b(.*?)\bnăm\b(.*) của .+\)$")
_PHONE = re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){8,10}(?!\d)|(?<!\d)0\d{3,6}\*{3}")
_NUMBERED = re.compile(r"^Phụ lục [IVXLC]+$")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
CLOSE_BELOW = 3  # times the type size: how far an end mark may stand from the last line


def _annexes(paper: Paper) -> list[Part]:
    return [part for part in paper.parts if part.role == "annex"]


def pointed_to(paper: Paper) -> Iterator[Finding]:
    """Trong văn bản phải có chỉ dẫn về Phụ lục."""
    text = " ".join(paragraph.text for paragraph in paper.paragraphs).casefold()
    if _annexes(paper) and not re.search(r"phụ lục|kèm theo", text):
        message = "Trong văn bản không có chỉ dẫn về Phụ lục."
        yield Finding("annex-mention", POINTED_TO, message, "Phụ lục kèm theo", "không có", 1)


def headings(paper: Paper) -> Iterator[Finding]:
    """Từ “Phụ lục” và số thứ tự La Mã: dòng riêng, giữa, in thường, cỡ 14, đứng, đậm."""
    annexes = _annexes(paper)
    for position, annex in enumerate(annexes):
        line = annex.lines[0]
        wanted = "Phụ lục"
        if len(annexes) > 1:
            wanted += f" {ROMAN[position]}" if position < len(ROMAN) else ""
        alone = len(annexes) == 1 and (paper.is_annex or line.text == "Phụ lục I")
        if line.text != wanted and not (alone and _NUMBERED.match(line.text)):
            article = POINTED_TO if len(annexes) > 1 else HEADINGS
            message = "Tiêu đề phụ lục không đúng."
            yield Finding("annex-heading-text", article, message, wanted, line.text, line.page)
        yield from styled(
            [line], HEADING_STYLE, rule="annex-heading-style", article=HEADINGS, name="“Phụ lục”"
        )
        yield from centred(paper, line, "annex-heading-place", HEADINGS, "“Phụ lục”")


def _named(annex: Part) -> tuple[list[Line], list[Line]]:
    """The lines of the annex's name, and those of ``(Kèm theo …)``."""
    name: list[Line] = []
    found: list[Line] = []
    for row in rows(annex.lines[1:]):
        if not found and not fold(row[0].text).startswith("(KEMTHEO"):
            if not row[0].caps:
                break
            name += row
            continue
        found += row
        if row[-1].text.endswith(")"):
            break
    return name, found


def names(paper: Paper) -> Iterator[Finding]:
    """Tên Phụ lục: canh giữa, in hoa, cỡ 13 - 14, đứng, đậm."""
    for annex in _annexes(paper):
        name, _ = _named(annex)
        yield from styled(
            name, TITLE_STYLE, rule="annex-title-style", article=HEADINGS, name="Tên phụ lục"
        )


def references(paper: Paper) -> Iterator[Finding]:
    """Thông tin chỉ dẫn kèm theo văn bản: giữa dưới tên Phụ lục, in thường, cỡ 13 - 14, nghiêng;
    ghi đầy đủ trên văn bản giấy, để trống trên văn bản điện tử."""
    for annex in _annexes(paper):
        _, lines = _named(annex)
        text = " ".join(line.text for line in lines)
        if not agrees(paper, text):
            kind = paper.type.name if paper.type else "Văn bản"
            yield Finding(
                "annex-reference-text",
                REFERENCE,
                "Dòng chỉ dẫn kèm theo của phụ lục không đúng (đủ số, ngày của văn bản, hoặc để "
                "trống cả hai trên văn bản điện tử).",
                f"(Kèm theo {kind} số … ngày … tháng … năm … của …)",
                text or "không có",
                annex.sheets[0].number,
            )
        yield from styled(
            lines,
            REFERENCE_STYLE,
            rule="annex-reference-style",
            article=REFERENCE,
            name="Dòng chỉ dẫn kèm theo",
        )


def agrees(paper: Paper, text: str) -> bool:
    """Whether the line names this type, and this number and date, or leaves both open."""
    match = SOURCE.match(text)
    if match is None or paper.type is None:
        return False
    if match[1].casefold() not in (paper.type.name.casefold(), "văn bản"):
        return False
    written = [re.sub(r"[\s.…/]", "", match[2])] + [re.sub(r"\D", "", match[i]) for i in (3, 4, 5)]
    number, date = reference(paper.header.number), paper.header.date
    if number is None or date is None:
        return True  # reported by the rules of boxes 3 and 4
    symbol = number.symbol.replace("/", "")
    blank = not any(written[1:]) and written[0] in ("", symbol)
    day, month, year = (int(part or 0) for part in written[1:])
    filled = written[0] == number.number + symbol
    return blank or (filled and (day, month, year) == (date.day, date.month, date.year))


def end_marks(paper: Paper) -> Iterator[Finding]:
    """Mẫu 2.1: an annex closes with ``./.``, once."""
    for annex in _annexes(paper):
        ends = [line for line in annex.lines if END in line.text]
        lowest = annex.lines[-1]
        count = sum(line.text.count(END) for line in ends)
        if count != 1 or not closes(ends[0], lowest):
            yield Finding(
                "annex-end-mark",
                form("2.1"),
                "Phụ lục phải kết thúc bằng “./.”, một lần.",
                "một lần, ở cuối",
                f"{count} lần",
                lowest.page,
            )


def closes(mark: Line, lowest: Line) -> bool:
    """Whether the mark ends its line and nothing but the rest of its own row stands below."""
    near = lowest.baseline - mark.baseline <= CLOSE_BELOW * mark.size
    return mark.text.endswith(END) and mark.page == lowest.page and near


def phones(paper: Paper) -> Iterator[Finding]:
    """An annex of a decision is published with it: no personal telephone numbers, masked or not."""
    if not paper.is_a("Quyết định"):
        return
    for line in _texts(_annexes(paper)):
        found = _PHONE.search(line.text)
        if found:
            message = "Phụ lục của quyết định có số điện thoại."
            yield Finding(
                "annex-phone", PRIVACY, message, "không có số điện thoại", found[0], line.page
            )
            return


def _texts(parts: Sequence[Part]) -> Iterator[Line]:
    return (line for part in parts for line in part.lines)


IN_ITS_OWN_FILE = (headings, names, end_marks)
RULES = (pointed_to, headings, names, references, end_marks, phones)

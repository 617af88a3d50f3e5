"""What a copying agency puts below a document (Điều 25; Mẫu 3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.nd30.copies import Copy
from documents.nd30.findings import DECREE, Finding, form
from documents.nd30.header import read_date
from documents.nd30.paper import Paper
from documents.nd30.reading import MM, Line
from documents.nd30.tail import Tail, read_tail
from documents.nd30.types import COPIES, fold
from documents.nd30.typography import Style, millimetres, styled

ARTICLE = form("3.1")
FORM = Style(13, 14, bold=True, caps=True)
AGENCY = Style(12, 13, bold=True, caps=True)
NUMBER = Style(13, 13)
DATE = Style(13, 14, italic=True)
POSITION = Style(13, 14, bold=True, caps=True)
NAME = Style(13, 14, bold=True, caps=False)
_NUMBER = re.compile(r"^Số: (\d+)/([^\W\d_]+)(?:-[^\W_]+)+$")


def line_above(paper: Paper) -> Iterator[Finding]:
    """Dưới đường kẻ ngang dài hết chiều rộng vùng trình bày văn bản, ngay sau văn bản được sao."""
    for copy in paper.copies:
        width = copy.stroke.width if copy.stroke else 0.0
        if width < copy.sheet.width - 57 * MM:
            found = millimetres(width) if width else "không có đường kẻ"
            message = "Trên phần bản sao không có đường kẻ hết chiều rộng văn bản."
            yield _finding("copy-line", message, "hết chiều rộng", found, copy)


def form_of_copy(paper: Paper) -> Iterator[Finding]:
    """“SAO Y”, “SAO LỤC”, “TRÍCH SAO”: in hoa, cỡ 13 - 14, đứng, đậm."""
    for copy in paper.copies:
        name = "Hình thức sao"
        lines = [copy.form]
        yield from styled(lines, FORM, rule="copy-form", article=ARTICLE, name=name)


def agency(paper: Paper) -> Iterator[Finding]:
    """Tên cơ quan sao, level with the form, at the left: in hoa, đậm."""
    for copy in paper.copies:
        number = _number(copy)
        limit = number.baseline - 2 if number else copy.form.baseline + 12 * MM
        lines = [line for line in _left(copy) if line.baseline < limit]
        own = lines[next((i for i, line in enumerate(lines) if line.bold > 0.5), 0) :]
        if not own:
            message = "Không có tên cơ quan sao văn bản."
            yield _finding("copy-agency", message, "tên cơ quan, in hoa, đậm", "không có", copy)
        name = "Tên cơ quan sao văn bản"
        yield from styled(own, AGENCY, rule="copy-agency", article=ARTICLE, name=name)


def number(paper: Paper) -> Iterator[Finding]:
    """Số: 05/SY-UBND: the abbreviation is that of the form of copy (Mục I Phụ lục III)."""
    for copy in paper.copies:
        line = _number(copy)
        match = _NUMBER.match(line.text) if line else None
        wanted = COPIES[copy.name]
        if match is None or match[1] != f"{int(match[1]):02}":
            message, found = (
                "Số, ký hiệu bản sao không đúng mẫu.",
                line.text if line else "không có",
            )
            yield _finding("copy-number", message, f"Số: 05/{wanted}-UBND", found, copy)
        elif match[2] != wanted:
            article = f"Mục I Phụ lục III {DECREE}"
            message = f"Ký hiệu không phải của bản {copy.name.lower()}."
            page = copy.form.page
            yield Finding("copy-symbol", article, message, f"{wanted}-UBND", match[2], page)
        if line:
            name = "Số, ký hiệu bản sao"
            yield from styled([line], NUMBER, rule="copy-number", article=ARTICLE, name=name)


def place_date(paper: Paper) -> Iterator[Finding]:
    """Địa danh và thời gian sao: in nghiêng, on the row of the number."""
    for copy in paper.copies:
        dated = (line for line in copy.lines if fold(line.text).find("NGAY") > 0)
        right = (line for line in dated if line.centre > copy.sheet.width / 2)
        line = next(right, None)
        if line is None or read_date(line.text) is None:
            message, found = (
                "Bản sao không có địa danh, ngày sao.",
                line.text if line else "không có",
            )
            yield _finding("copy-date", message, "<Địa danh>, ngày … tháng … năm …", found, copy)
        else:
            name = "Địa danh, ngày sao"
            yield from styled([line], DATE, rule="copy-date", article=ARTICLE, name=name)


def ending(paper: Paper) -> Iterator[Finding]:
    """Quyền hạn, chức vụ, họ tên of who signs the copy, and Nơi nhận of the copy."""
    for copy in paper.copies:
        tail = _tail(copy)
        if not (tail.positions and tail.name):
            message, expected = "Bản sao không đủ người ký.", "chức vụ và họ tên người ký bản sao"
            found = "không đủ" if tail.positions or tail.name else "không có"
            yield _finding("copy-signature", message, expected, found, copy)
        name = "Người ký bản sao"
        rule = "copy-signature"
        names = [line for line in tail.name if not line.text.startswith("(")]
        yield from styled(tail.positions, POSITION, rule=rule, article=ARTICLE, name=name)
        yield from styled(names, NAME, rule=rule, article=ARTICLE, name=name)
        last = tail.recipients[-1].text if tail.recipients else "không có"
        if tail.heading is None or not last.startswith("- Lưu: VT") or not last.endswith("."):
            message = "Bản sao không có nơi nhận bản sao."
            yield _finding("copy-recipients", message, "Nơi nhận: … - Lưu: VT.", last, copy)


def _finding(rule: str, message: str, expected: str, found: str, copy: Copy) -> Finding:
    return Finding(rule, ARTICLE, message, expected, found, copy.form.page)


def _left(copy: Copy) -> list[Line]:
    return [line for line in copy.lines if line.centre < copy.sheet.width / 2]


def _number(copy: Copy) -> Line | None:
    return next((line for line in _left(copy) if fold(line.text).startswith("SO:")), None)


def _tail(copy: Copy) -> Tail:
    above = _number(copy) or copy.form
    lines = [line for line in copy.lines if line.baseline > above.baseline + 4]
    return read_tail(lines, copy.sheet)[0]


RULES = (line_above, form_of_copy, agency, number, place_date, ending)

"""Boxes 9a and 9b: Kính gửi and Nơi nhận (Mục II, khoản 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from documents.nd30.findings import Finding, form, part_one
from documents.nd30.paper import Paper
from documents.nd30.reading import MM, Line
from documents.nd30.tail import Recipient, listed
from documents.nd30.types import ADDRESSED, TWO_SIGNERS, fold
from documents.nd30.typography import Style, millimetres, styled

CONTENT = part_one("II", 9, "b")
PRINTED = part_one("II", 9, "d")
HEADING = "Nơi nhận:"
HEADING_STYLE = Style(12, 12, bold=True, italic=True)
LIST_STYLE = Style(11, 11)
ADDRESSEE_STYLE = Style(13, 14)
FLUSH = 1.5 * MM
UNDER_COLON = 3 * MM
_FILE_LINE = re.compile(r"^- Lưu: VT(?:, [^,]+)*\.$")


def addressees(paper: Paper) -> Iterator[Finding]:
    """Từ “Kính gửi” và nơi nhận: in thường, cỡ 13 - 14, đứng; sau “Kính gửi” có dấu hai chấm."""
    lines = paper.addressees
    if not lines:
        if paper.is_a(*ADDRESSED):
            message = "Không có “Kính gửi:”."
            yield Finding("addressee-text", CONTENT, message, "Kính gửi: …", "không có", 1)
        return
    if not lines[0].text.startswith("Kính gửi:"):
        message = "Nơi nhận để giải quyết phải mở đầu bằng “Kính gửi:”."
        yield Finding("addressee-text", PRINTED, message, "Kính gửi:", lines[0].text, lines[0].page)
    yield from styled(
        lines, ADDRESSEE_STYLE, rule="addressee-style", article=PRINTED, name="“Kính gửi:”"
    )
    yield from _several(paper)


def _several(paper: Paper) -> Iterator[Finding]:
    """Gửi hai nơi trở lên: mỗi nơi một dòng, đầu dòng có (-), cuối dòng có (;), cuối cùng (.)."""
    first, *others = paper.addressees
    if first.text != "Kính gửi:":
        return
    items = listed(others)
    closing = [";"] * (len(items) - 1) + ["."]
    pairs = zip(items, closing, strict=True) if items else ()
    if not items or not all(_marked(item.text, mark) for item, mark in pairs):
        yield Finding(
            "addressee-marks",
            PRINTED,
            "Danh sách “Kính gửi:” không đúng dấu câu.",
            "- …; - ….",
            " ".join(item.text for item in items) or "không có",
            first.page,
        )
    yield from _under_colon(first, items)


def _under_colon(first: Line, items: Sequence[Recipient]) -> Iterator[Finding]:
    """Các gạch đầu dòng được trình bày thẳng hàng với nhau dưới dấu hai chấm (:)."""
    colon = first.glyphs[-1]
    astray = next((i.lines[0] for i in items if abs(i.lines[0].x0 - colon.x0) > UNDER_COLON), None)
    if astray:
        yield Finding(
            "addressee-place",
            PRINTED,
            "Gạch đầu dòng không thẳng hàng dưới dấu hai chấm của “Kính gửi:”.",
            f"cách mép trái {millimetres(colon.x0)}",
            millimetres(astray.x0),
            astray.page,
        )


def _marked(text: str, closing: str) -> bool:
    return text.startswith("- ") and text.endswith(closing)


def heading(paper: Paper) -> Iterator[Finding]:
    """Từ “Nơi nhận” trên một dòng riêng, sát lề trái, sau có dấu hai chấm; cỡ 12, nghiêng, đậm."""
    line = paper.tail.heading
    if line is None or line.text != HEADING:
        found = line.text if line else "không có"
        page = line.page if line else paper.main.sheets[-1].number
        message = "Không có dòng “Nơi nhận:” riêng."
        if line or not paper.is_a(*TWO_SIGNERS):
            yield Finding("recipients-heading", PRINTED, message, HEADING, found, page)
    if line is None:
        return
    yield from styled(
        [line], HEADING_STYLE, rule="recipients-heading-style", article=PRINTED, name="“Nơi nhận:”"
    )
    if abs(line.x0 - paper.frame.left) > FLUSH:
        yield Finding(
            "recipients-place",
            PRINTED,
            "“Nơi nhận:” không sát lề trái.",
            millimetres(paper.frame.left),
            millimetres(line.x0),
            line.page,
        )


def list_style(paper: Paper) -> Iterator[Finding]:
    """Phần liệt kê nơi nhận: in thường, cỡ 11, đứng."""
    lines = [line for item in paper.tail.recipients for line in item.lines]
    yield from styled(
        lines, LIST_STYLE, rule="recipients-style", article=PRINTED, name="Danh sách nơi nhận"
    )


def list_marks(paper: Paper) -> Iterator[Finding]:
    """Đầu dòng có gạch đầu dòng (-) sát lề trái, cuối dòng có dấu chấm phẩy (;)."""
    for item in _before_file_line(paper.tail.recipients):
        flush = abs(item.lines[0].x0 - paper.frame.left) <= FLUSH
        if not (_marked(item.text, ";") and flush):
            yield Finding(
                "recipients-marks",
                PRINTED,
                "Mỗi nơi nhận một dòng: gạch đầu dòng sát lề trái, cuối dòng dấu chấm phẩy.",
                "- …;",
                item.text if flush else f"{item.text} (cách mép {millimetres(item.lines[0].x0)})",
                item.lines[0].page,
            )
            return


def _before_file_line(items: Sequence[Recipient]) -> Sequence[Recipient]:
    filed = next((i for i, item in enumerate(items) if _is_file_line(item)), len(items))
    return items[:filed]


def _is_file_line(item: Recipient) -> bool:
    return fold(item.text).lstrip("-–+:").startswith("LUU")


def file_line(paper: Paper) -> Iterator[Finding]:
    """Dòng cuối cùng: chữ “Lưu”, dấu hai chấm, “VT”, dấu phẩy, đơn vị soạn thảo, dấu chấm."""
    items = paper.tail.recipients
    if paper.tail.heading is None:
        return
    line = next((item for item in items if _is_file_line(item)), None)
    if line is None or not _FILE_LINE.match(line.text):
        yield Finding(
            "recipients-file",
            PRINTED,
            "Dòng cuối của nơi nhận không đúng mẫu.",
            "- Lưu: VT, <đơn vị soạn thảo>.",
            line.text if line else "không có",
            (line.lines[0] if line else paper.tail.heading).page,
        )


def first_recipient(paper: Paper) -> Iterator[Finding]:
    """Quyết định: “Như Điều …”, the article on enforcement; where there is Kính gửi: “Như trên”."""
    items = paper.tail.recipients
    if not items:
        return
    first = items[0].text
    if paper.is_a("Giấy giới thiệu"):
        expected, article, right = "- Như trên;", form("1.8"), first == "- Như trên;"
    elif paper.is_a("Quyết định"):
        expected, article = f"- Như Điều {_last_article(paper)};", form("1.2")
        right = first == expected or not _last_article(paper) or paper.is_extract
    elif paper.addressees:
        expected, article = "- Như trên;", CONTENT
        right = first == expected
    else:
        return
    # A wrong closing mark is reported by the marks of the list, once.
    if not right and first.rstrip(";.,") != expected.rstrip(";"):
        message = "Dòng đầu của nơi nhận không đúng."
        page = items[0].lines[0].page
        yield Finding("recipients-first", article, message, expected, first, page)


def _last_article(paper: Paper) -> str:
    numbers = [re.match(r"^Điều (\d+)", paragraph.text) for paragraph in paper.paragraphs]
    found = [match[1] for match in numbers if match]
    return found[-1] if found else ""


RULES = (addressees, heading, list_style, list_marks, file_line, first_recipient)

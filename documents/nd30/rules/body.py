"""Box 6: the text of the document (Mục II, khoản 6, điểm đ and e; end mark of the forms)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from documents.nd30.findings import DECREE, Finding, form, part_one
from documents.nd30.paper import Paper
from documents.nd30.reading import MM, SAME_ROW, Line
from documents.nd30.text import Paragraph
from documents.nd30.types import TWO_SIGNERS
from documents.nd30.typography import Style, described, number, styled

TEXT = part_one("II", 6, "e")
DIVISIONS = part_one("II", 6, "đ")
SPECIMENS = f"Mục V Phần I Phụ lục I {DECREE}"
UPRIGHT = Style(13, 14)
HEADING = Style(13, 14, bold=True, caps=True)
SINGLE, ONE_AND_A_HALF = 1.13, 1.75  # em: 1,15 and 1,72, with a printer's rounding
INDENTS = (10.0, 12.7)
INDENT_TOLERANCE = 0.7
MIN_GAP = 5.5
END = "./."
_ARTICLE = re.compile(r"^(Điều \d+)(.?)")
_POINT = re.compile(r"^([a-zđ])([.)/-])\s")
_SECTION = re.compile(r"^[IVXLC]+\.\s")


def _flow(paper: Paper) -> tuple[Paragraph, ...]:
    return (*paper.grounds, *paper.paragraphs)


def size_and_slope(paper: Paper) -> Iterator[Finding]:
    """In thường, kiểu chữ đứng, cỡ chữ từ 13 đến 14."""
    lines = ((line, par) for par in paper.paragraphs for line in par.lines)
    for line, paragraph in lines:
        # "(Có danh sách kèm theo)" is a remark, and a bold or italic word no change of style
        slanted = line.italic > 0.5 and not paragraph.text.startswith("(")
        if not UPRIGHT.sized(line) or slanted:
            yield Finding(
                "body-style",
                TEXT,
                "Nội dung không đúng cỡ chữ, kiểu chữ.",
                "cỡ 13 - 14, chữ đứng",
                described(line, UPRIGHT),
                line.page,
            )
            return


def justified(paper: Paper) -> Iterator[Finding]:
    """Canh đều cả hai lề: every line of a paragraph but its last reaches the right edge."""
    inner = [line for paragraph in _flow(paper) for line in paragraph.lines[:-1]]
    ragged = [line for line in inner if paper.frame.right - line.x1 > 4]
    if ragged and len(ragged) > 0.2 * len(inner):
        yield Finding(
            "body-justified",
            TEXT,
            "Nội dung không canh đều cả hai lề.",
            "mọi dòng tới lề phải, trừ dòng cuối đoạn",
            f"{len(ragged)}/{len(inner)} dòng không tới lề phải",
            ragged[0].page,
        )


def indent(paper: Paper) -> Iterator[Finding]:
    """Khi xuống dòng, chữ đầu dòng lùi vào 1 cm hoặc 1,27 cm."""
    for paragraph in _flow(paper):
        first = paragraph.first
        found = (first.x0 - paper.frame.left) / MM
        right = any(abs(found - wanted) <= INDENT_TOLERANCE for wanted in INDENTS)
        if not right and not _centred_heading(paper, first):
            yield Finding(
                "body-indent",
                TEXT,
                "Đầu đoạn không lùi vào 1 cm hoặc 1,27 cm.",
                "10 mm hoặc 12,7 mm",
                f"{number(found)} mm: “{first.text[:40]}”",
                first.page,
            )
            return


def _centred_heading(paper: Paper, line: Line) -> bool:
    low, high = paper.middle(line.page)
    return line.bold > 0.9 and low - 2 * MM < line.centre < high + 2 * MM


def leading(paper: Paper) -> Iterator[Finding]:
    """Khoảng cách giữa các dòng tối thiểu là dòng đơn, tối đa là 1,5 lines."""
    for paragraph in _flow(paper):
        for before, after in pairwise(paragraph.lines):
            distance = (after.baseline - before.baseline) / after.size
            if before.page == after.page and not SINGLE <= distance <= ONE_AND_A_HALF:
                yield Finding(
                    "body-leading",
                    TEXT,
                    "Khoảng cách dòng không trong khoảng dòng đơn đến 1,5 dòng.",
                    "1,15 - 1,72 lần cỡ chữ",
                    f"{distance:.2f}".replace(".", ","),
                    after.page,
                )
                return


def paragraph_gap(paper: Paper) -> Iterator[Finding]:
    """Khoảng cách giữa các đoạn văn tối thiểu là 6pt."""
    flow = _flow(paper)
    pitch = _line_pitch(flow)
    for before, after in pairwise(flow):
        last, first = before.lines[-1], after.first
        gap = first.baseline - last.baseline - pitch * first.size
        if last.page == first.page and gap < MIN_GAP:
            yield Finding(
                "body-gap",
                TEXT,
                "Khoảng cách giữa các đoạn văn nhỏ hơn 6pt.",
                "ít nhất 6pt",
                f"{number(max(gap, 0))}pt",
                first.page,
            )
            return


def _line_pitch(flow: Sequence[Paragraph]) -> float:
    """The smallest line distance within a paragraph; a single line where there is none."""
    return min(
        (
            (after.baseline - before.baseline) / after.size
            for paragraph in flow
            for before, after in pairwise(paragraph.lines)
            if before.page == after.page
        ),
        default=1.15,
    )


def articles(paper: Paper) -> Iterator[Finding]:
    """Từ “Điều”, số thứ tự: đứng, đậm; sau số thứ tự có dấu chấm (.)."""
    for paragraph in paper.paragraphs:
        lead = _ARTICLE.match(paragraph.text)
        if lead is None:
            continue
        if lead[2] != ".":
            message = "Sau số thứ tự của điều không có dấu chấm."
            found, expected = paragraph.text[:20], f"{lead[1]}."
            yield Finding("article-mark", DIVISIONS, message, expected, found, paragraph.page)
            return
        if not paragraph.lead_is_bold(f"{lead[1]}."):
            message = "Từ “Điều” và số thứ tự không in đậm."
            expected = f"{lead[1]}. (đậm)"
            found = "không đậm"
            yield Finding("article-style", DIVISIONS, message, expected, found, paragraph.page)
            return


def points(paper: Paper) -> Iterator[Finding]:
    """Thứ tự các điểm dùng các chữ cái tiếng Việt, sau có dấu đóng ngoặc đơn."""
    for paragraph in paper.paragraphs:
        mark = _POINT.match(paragraph.text)
        if mark and mark[2] != ")":
            message = "Sau thứ tự điểm là dấu đóng ngoặc đơn."
            found = paragraph.text[:20]
            yield Finding("point-mark", DIVISIONS, message, f"{mark[1]})", found, paragraph.page)
            return


def sections(paper: Paper) -> Iterator[Finding]:
    """Số thứ tự và tiêu đề của mục (I. NHỮNG KẾT QUẢ...): in hoa, cỡ 13 - 14, đứng, đậm."""
    headings = [p for p in paper.paragraphs if _SECTION.match(p.text)]
    lines = [line for heading in headings for line in heading.lines]
    name = "Số thứ tự và tiêu đề của mục"
    yield from styled(lines, HEADING, rule="section-heading", article=SPECIMENS, name=name)


def end_mark(paper: Paper) -> Iterator[Finding]:
    """The model forms close the text with ``./.``, once."""
    if paper.is_a("Hợp đồng"):
        return
    count = sum(line.text.count(END) for line in paper.body)
    last = last_row(paper.body)
    closed = any(line.text.endswith(END) for line in last) or paper.is_a(*TWO_SIGNERS)
    if count != 1 or not closed:
        article = form("1.2") if paper.is_a("Quyết định") else form("1.4")
        page = last[-1].page if last else 1
        ending = f"{count} lần; kết thúc: “{last[-1].text[-30:]}”" if last else "không có nội dung"
        message = "Nội dung phải kết thúc bằng “./.”, một lần."
        yield Finding("end-mark", article, message, "một lần, ở cuối", ending, page)


def last_row(lines: Sequence[Line]) -> list[Line]:
    """The lines side by side at the end of a text."""
    if not lines:
        return []
    last = lines[-1]
    return [
        line
        for line in lines
        if line.page == last.page and abs(line.baseline - last.baseline) <= SAME_ROW
    ]


RULES = (
    size_and_slope,
    justified,
    indent,
    leading,
    paragraph_gap,
    articles,
    points,
    sections,
    end_mark,
)

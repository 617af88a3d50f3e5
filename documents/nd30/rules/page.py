"""The page: paper, margins, font, colour, page numbers (Phụ lục I, Phần I, Mục I)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from documents.nd30.faces import Face
from documents.nd30.findings import Finding, part_one
from documents.nd30.metrics import times_width
from documents.nd30.paper import Paper
from documents.nd30.parts import Part
from documents.nd30.reading import MM, Glyph, Line, Sheet
from documents.nd30.typography import Style, described, millimetres

A4 = (210 * MM, 297 * MM)
PAPER_TOLERANCE = 1.5 * MM
MARGIN_TOLERANCE = 0.5 * MM
LEADING_ABOVE = 1.5 * MM  # the blank a line spacing of up to 1,5 leaves over the first line
PAGE_NUMBER = Style(13, 14)
MARGINS = part_one("I", 3)
FONT = part_one("I", 4)
NUMBERING = part_one("I", 7)
# The sign for a missing letter, a glyph the file does not name, and a font's private letters.
_NO_LETTER = re.compile("\ufffd|\\(cid:\\d+\\)|[\ue000-\uf8ff\x00]")


def _sheets(paper: Paper) -> Iterator[tuple[Part, Sheet]]:
    return ((part, sheet) for part in paper.parts for sheet in part.sheets)


def text_layer(paper: Paper) -> Iterator[Finding]:
    """A scan has no letters to judge."""
    if not any(sheet.lines for _, sheet in _sheets(paper)):
        yield Finding(
            "text-layer",
            FONT,
            "Tệp không có lớp chữ (bản quét?), không kiểm tra được thể thức.",
            "chữ Unicode",
            "không có chữ",
            1,
        )


def unicode_text(paper: Paper) -> Iterator[Finding]:
    """Bộ mã ký tự Unicode: every glyph stands for a letter, none for a missing one."""
    for _, sheet in _sheets(paper):
        broken = next((line for line in sheet.lines if _NO_LETTER.search(line.text)), None)
        if broken:
            yield Finding(
                "text-unicode",
                FONT,
                "Có chữ không hiện được hoặc không thuộc bộ mã Unicode.",
                "chữ Unicode",
                broken.text,
                sheet.number,
            )
            return


def paper_size(paper: Paper) -> Iterator[Finding]:
    """Khổ A4 (210 mm x 297 mm), đứng; ngang khi có bảng, biểu, phụ lục, hoặc sao trang ngang."""
    for part, sheet in _sheets(paper):
        size = (sheet.width, sheet.height)
        wide = part.role != "main" or bool(sheet.tables) or _is_a_picture(sheet)
        if _near(size, A4) or (wide and _near(size, A4[::-1])):
            continue
        found = f"{round(sheet.width / MM)} x {round(sheet.height / MM)} mm"
        turned = _near(size, A4[::-1])
        article = part_one("I", 2) if turned else part_one("I", 1)
        yield Finding(
            "paper", article, "Khổ giấy không đúng.", "A4 210 x 297 mm", found, sheet.number
        )
        return


def _is_a_picture(sheet: Sheet) -> bool:
    """A page of an original as it was scanned lies as that one did."""
    widths = (picture.box.x1 - picture.box.x0 for picture in sheet.pictures)
    return any(width > sheet.width - 10 * MM for width in widths)


def _near(size: tuple[float, float], wanted: tuple[float, float]) -> bool:
    return all(abs(a - b) <= PAPER_TOLERANCE for a, b in zip(size, wanted, strict=True))


def _margin(side: str, name: str, expected: str, found: float, page: int) -> Finding:
    return Finding(
        f"margin-{side}", MARGINS, f"Lề {name} không đúng.", expected, millimetres(found), page
    )


def margin_top(paper: Paper) -> Iterator[Finding]:
    """Cách mép trên 20 - 25 mm."""
    for part, sheet in _sheets(paper):
        tops = [line.top for line in part.lines if line.page == sheet.number]
        highest = min(tops, default=20 * MM)
        opening = sheet is paper.sheet  # further on, a page may open with a blank or a table
        limit = 25 * MM + MARGIN_TOLERANCE + LEADING_ABOVE if opening else sheet.height
        if not 20 * MM - MARGIN_TOLERANCE <= highest <= limit:
            yield _margin("top", "trên", "20 - 25 mm", highest, sheet.number)
            return


def margin_bottom(paper: Paper) -> Iterator[Finding]:
    """Cách mép dưới 20 - 25 mm: a page may end early, but not later."""
    for part, sheet in _sheets(paper):
        lowest = max((line.bottom for line in part.lines if line.page == sheet.number), default=0)
        if lowest > sheet.height - 20 * MM + MARGIN_TOLERANCE:
            yield _margin("bottom", "dưới", "20 - 25 mm", sheet.height - lowest, sheet.number)
            return


def margin_left(paper: Paper) -> Iterator[Finding]:
    """Cách mép trái 30 - 35 mm."""
    lines = (line for part in paper.parts for line in part.lines)
    outside = next((line for line in lines if line.x0 < 30 * MM - MARGIN_TOLERANCE), None)
    if outside:
        yield _margin("left", "trái", "30 - 35 mm", outside.x0, outside.page)
    elif paper.body and not paper.is_annex and paper.frame.left > 35 * MM + MARGIN_TOLERANCE:
        yield _margin("left", "trái", "30 - 35 mm", paper.frame.left, 1)


def margin_right(paper: Paper) -> Iterator[Finding]:
    """Cách mép phải 15 - 20 mm: the lines of the text reach it, none goes beyond."""
    for part, sheet in _sheets(paper):
        rights = (line.x1 for line in part.lines if line.page == sheet.number)
        blank = sheet.width - max(rights, default=0)
        if blank < 15 * MM - MARGIN_TOLERANCE:
            yield _margin("right", "phải", "15 - 20 mm", blank, sheet.number)
            return
    reach = paper.sheet.width - paper.frame.right
    if reach > 20 * MM + MARGIN_TOLERANCE and not paper.is_annex and _full(paper):
        yield _margin("right", "phải", "15 - 20 mm", reach, 1)


def _full(paper: Paper) -> bool:
    """Whether the text has lines long enough to show where its right edge is."""
    return any(len(paragraph.lines) > 2 for paragraph in (*paper.grounds, *paper.paragraphs))


def font(paper: Paper) -> Iterator[Finding]:
    """Phông chữ tiếng Việt Times New Roman."""
    used: dict[Face, list[tuple[Glyph, int]]] = defaultdict(list)
    for _, sheet in _sheets(paper):
        for line in sheet.lines:
            for glyph in line.glyphs:
                used[glyph.face].append((glyph, sheet.number))
    for face, glyphs in used.items():
        page = glyphs[0][1]
        if not _like_times(face, [glyph for glyph, _ in glyphs]):
            yield Finding(
                "font",
                FONT,
                "Phông chữ không phải Times New Roman.",
                "Times New Roman (hoặc phông cùng bề rộng chữ)",
                face.name,
                page,
            )
        elif not face.embedded:
            yield Finding(
                "font-embedded",
                FONT,
                "Phông chữ không được nhúng trong tệp; máy khác sẽ hiện chữ khác.",
                "phông nhúng trong tệp",
                face.name,
                page,
            )


def _like_times(face: Face, glyphs: list[Glyph]) -> bool:
    """Whether the letters are as wide as in Times New Roman, whatever the font is called."""
    if face.name.lower().startswith((".vn", "vni", "vn ")):
        return False  # pre-Unicode Vietnamese fonts copy the widths of Times
    measured = matching = 0
    for glyph in glyphs:
        width = times_width(glyph.text, bold=face.bold, italic=face.italic)
        if width is not None:
            measured += 1
            matching += abs(1000 * (glyph.x1 - glyph.x0) / glyph.size - width) < 12
    return matching >= 0.9 * measured


def colour(paper: Paper) -> Iterator[Finding]:
    """Phông chữ … màu đen."""
    for part in paper.parts:
        for line in (*part.lines, *part.marks.values()):
            if not all(glyph.black for glyph in line.glyphs):
                yield Finding(
                    "text-colour",
                    FONT,
                    "Chữ không phải màu đen.",
                    "màu đen",
                    f"màu khác: “{line.text}”",
                    line.page,
                )
                return


def page_numbers(paper: Paper) -> Iterator[Finding]:
    """Đánh từ số 1, chữ số Ả Rập, cỡ 13 - 14, đứng, giữa lề trên, không hiện ở trang thứ nhất;
    phụ lục đánh số riêng."""
    reported = set()
    for part in paper.parts:
        numbered = part.sheets if part.role != "attached" else ()
        for position, sheet in enumerate(numbered, start=1):
            finding = _page_number(paper, part, sheet, position)
            if finding and finding.rule not in reported:
                reported.add(finding.rule)
                yield finding


def _page_number(paper: Paper, part: Part, sheet: Sheet, position: int) -> Finding | None:
    mark, wanted = part.marks.get(sheet.number), str(position)
    article = part_one("III", 1, "đ") if part.role == "annex" else NUMBERING
    if position == 1:
        if mark is None:
            return None
        message, expected = "Trang thứ nhất hiện số trang.", "không có số trang"
        return Finding("page-number-first", article, message, expected, mark.text, sheet.number)
    if mark is None:
        message = "Không có số trang ở giữa lề trên."
        return Finding("page-number", article, message, wanted, "không có", sheet.number)
    if not _in_top_margin(mark, paper, sheet):
        place = f"cách mép trên {millimetres(mark.top)}, cách mép trái {millimetres(mark.centre)}"
        expected = "canh giữa trong phần lề trên"
        message = "Số trang không ở giữa lề trên."
        return Finding("page-number-place", NUMBERING, message, expected, place, sheet.number)
    if mark.text != wanted:
        message = "Số trang không đúng."
        return Finding("page-number", article, message, wanted, mark.text, sheet.number)
    if not PAGE_NUMBER.fits(mark):
        message = "Số trang không đúng cỡ chữ, kiểu chữ."
        found = described(mark, PAGE_NUMBER)
        return Finding(
            "page-number-style", NUMBERING, message, str(PAGE_NUMBER), found, sheet.number
        )
    return None


def _in_top_margin(mark: Line, paper: Paper, sheet: Sheet) -> bool:
    low, high = paper.middle(sheet.number)
    centred = low - 2 * MM <= mark.centre <= high + 2 * MM
    return mark.bottom <= 25 * MM and centred


RULES = (
    text_layer,
    unicode_text,
    paper_size,
    margin_top,
    margin_bottom,
    margin_left,
    margin_right,
    font,
    colour,
    page_numbers,
)

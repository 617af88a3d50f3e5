"""Box 10b: the stamps of urgency (Mục III, khoản 2, điểm b)."""

from __future__ import annotations

from collections.abc import Iterator

from documents.nd30.drawing import Box
from documents.nd30.findings import Finding, part_one
from documents.nd30.paper import Paper
from documents.nd30.reading import MM, Line
from documents.nd30.types import fold
from documents.nd30.typography import Style, millimetres, styled

ARTICLE = part_one("III", 2, "b")
STYLE = Style(13, 14, bold=True, caps=True)
# The size of each frame in millimetres; the rule spells HOẢ TỐC, its own sample HỎA TỐC.
SIZES = {"HỎA TỐC": (30, 8), "HOẢ TỐC": (30, 8), "THƯỢNG KHẨN": (40, 8), "KHẨN": (20, 8)}
TOLERANCE = 0.8 * MM
_WORDS = frozenset(map(fold, SIZES))


def _stamps(paper: Paper) -> list[Line]:
    return [line for line in paper.main.stamps if fold(line.text) in _WORDS]


def words(paper: Paper) -> Iterator[Finding]:
    """“HỎA TỐC”, “THƯỢNG KHẨN” hoặc “KHẨN”: in hoa, cỡ 13 - 14, đứng, đậm; one level only."""
    stamps = _stamps(paper)
    name = "Dấu chỉ độ khẩn"
    yield from styled(stamps, STYLE, rule="urgency-style", article=ARTICLE, name=name)
    if len(stamps) > 1:
        found = ", ".join(line.text for line in stamps)
        message = "Văn bản chỉ có một mức độ khẩn."
        yield Finding("urgency-text", ARTICLE, message, "một dấu", found, 1)


def ink(paper: Paper) -> Iterator[Finding]:
    """Mực màu đỏ tươi."""
    for line in _stamps(paper):
        if not all(glyph.red for glyph in line.glyphs):
            message = "Dấu chỉ độ khẩn không phải màu đỏ tươi."
            yield Finding("urgency-colour", ARTICLE, message, "màu đỏ tươi", line.text, 1)


def frame(paper: Paper) -> Iterator[Finding]:
    """Đóng khung hình chữ nhật viền đơn: 30 x 8 mm, 40 x 8 mm, 20 x 8 mm."""
    for line in _stamps(paper):
        width, height = SIZES.get(line.text, (20, 8))
        around = [box for box in paper.sheet.frames if _holds(box, line)]
        if not any(_sized(box, width * MM, height * MM) for box in around):
            found = f"{_size(around[0])}" if around else "không có khung"
            message = "Khung của dấu chỉ độ khẩn không đúng."
            yield Finding("urgency-frame", ARTICLE, message, f"{width} x {height} mm", found, 1)


def _holds(box: Box, line: Line) -> bool:
    return box.x0 <= line.x0 and line.x1 <= box.x1 and box.top < line.baseline < box.bottom


def _sized(box: Box, width: float, height: float) -> bool:
    wide = abs(box.x1 - box.x0 - width) <= TOLERANCE
    return wide and abs(box.bottom - box.top - height) <= TOLERANCE


def _size(box: Box) -> str:
    return f"{millimetres(box.x1 - box.x0)} x {millimetres(box.bottom - box.top)}"


def place(paper: Paper) -> Iterator[Finding]:
    """Ô số 10b: in the left half, below number and symbol."""
    number = paper.header.number
    for line in _stamps(paper):
        left = line.centre < paper.sheet.width / 2
        if number and not (left and line.baseline > number.baseline):
            message = "Dấu chỉ độ khẩn không ở bên trái, dưới số và ký hiệu."
            found = f"tâm cách mép trái {millimetres(line.centre)}"
            expected = "bên trái, dưới số và ký hiệu"
            yield Finding("urgency-place", ARTICLE, message, expected, found, 1)


RULES = (words, ink, frame, place)

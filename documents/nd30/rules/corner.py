"""What an agency signs in words, at the top right of the first page, with no picture.

An annex in a file of its own (Mục III.1d, Mẫu 2.2) and a copy of scanned pages (Mẫu 3.2).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from documents.nd30.findings import DECREE, Finding, form, part_one
from documents.nd30.paper import Paper
from documents.nd30.reading import MM, Line
from documents.nd30.rules.annex import SOURCE
from documents.nd30.types import COPIES, by_title, fold
from documents.nd30.typography import Style, millimetres, number, styled

ANNEX = part_one("III", 1, "d")
COPY = form("3.2")
SCANS = f"Phần II Phụ lục I {DECREE}"
STYLE = Style(10, 10)
NEAR_THE_EDGE = 25 * MM
DPI = 199
_MOMENT = r"(\d{2}/\d{2}/\d{4}; \d{2}:\d{2}:\d{2}) \+07:00$"
_ANNEX = re.compile(r"^Số: \d{2,}/[^\W\d_]+(?:-[^\W_]+)*; " + _MOMENT)
_COPY = re.compile(rf"^(?:{'|'.join(COPIES)});? \S.*?;? " + _MOMENT)


def annex_corner(paper: Paper) -> Iterator[Finding]:
    """Số và ký hiệu văn bản; thời gian ký (ngày tháng năm; giờ phút giây; múi giờ Việt Nam theo
    tiêu chuẩn ISO 8601). A paper annex has none of it: its line names number and date."""
    if paper.is_annex and paper.main.corner:
        expected = "Số: 31/QĐ-UBND; 05/03/2026; 14:05:09 +07:00"
        yield from _corner(paper, _ANNEX, expected, "annex-corner", ANNEX)


def annex_medium(paper: Paper) -> Iterator[Finding]:
    """“Kèm theo”: để trống số, ngày trên văn bản điện tử; ghi đầy đủ trên văn bản giấy."""
    if not paper.is_annex:
        return
    text = " ".join(line.text for line in paper.main.lines)
    start = text.find("(Kèm theo")
    match = SOURCE.match(text[start : text.find(")", start) + 1]) if start >= 0 else None
    article = part_one("III", 1, "c")
    if match is None or not (by_title(match[1]) or match[1] == "Văn bản"):
        message = "Phụ lục riêng không có dòng chỉ dẫn kèm theo văn bản."
        expected = "(Kèm theo <loại văn bản> số … ngày … tháng … năm … của …)"
        yield Finding("annex-reference-text", article, message, expected, "không có", 1)
        return
    filled = [bool(re.search(r"\d", match[i])) for i in (2, 3, 4, 5)]
    signed = bool(paper.main.corner)
    if any(filled) if signed else not all(filled):
        message = (
            "Phụ lục điện tử để trống số, ngày ở dòng chỉ dẫn kèm theo."
            if signed
            else "Phụ lục giấy riêng phải ghi đủ số, ngày ở dòng chỉ dẫn kèm theo."
        )
        expected = "để trống" if signed else "ghi đủ số, ngày, tháng, năm"
        yield Finding("annex-medium", article, message, expected, match[0], 1)


def copy_corner(paper: Paper) -> Iterator[Finding]:
    """Hình thức sao, tên cơ quan sao, thời gian ký."""
    expected = "SAO Y; Ủy ban nhân dân xã …; 05/03/2026; 14:05:09 +07:00"
    yield from _corner(paper, _COPY, expected, "copy-corner", COPY)


def copy_scans(paper: Paper) -> Iterator[Finding]:
    """Bản số hóa: ảnh màu, tối thiểu 200 dpi, tỷ lệ 100%."""
    for part in paper.parts:
        for sheet in part.sheets:
            for picture in sheet.pictures:
                whole = abs(picture.box.x1 - picture.box.x0 - sheet.width) < 10 * MM
                if picture.dpi >= DPI and picture.colour and whole:
                    continue
                colour = "màu" if picture.colour else "không màu"
                width = millimetres(picture.box.x1 - picture.box.x0)
                found = f"{number(picture.dpi)} dpi, {colour}, rộng {width}"
                message = "Trang quét của bản sao điện tử không đạt."
                expected = "ảnh màu, tối thiểu 200 dpi, tỷ lệ 100%"
                yield Finding("copy-scan", SCANS, message, expected, found, sheet.number)
                return


def _corner(
    paper: Paper, wanted: re.Pattern[str], expected: str, rule: str, article: str
) -> Iterator[Finding]:
    lines = paper.main.corner
    text = _joined(lines)
    match = wanted.match(text)
    if match is None or not _is_moment(match[1]):
        message = "Thông tin chữ ký số của cơ quan ở góc trên bên phải không đúng."
        yield Finding(rule, article, message, expected, text, 1)
    name = "Thông tin chữ ký số của cơ quan"
    yield from styled(lines, STYLE, rule=rule, article=article, name=name)
    blank = paper.sheet.width - max(line.x1 for line in lines)
    black = all(glyph.black for line in lines for glyph in line.glyphs)
    if blank > NEAR_THE_EDGE or not black:
        message = "Thông tin chữ ký số của cơ quan không ở góc trên bên phải, chữ đen."
        found = f"cách mép phải {millimetres(blank)}" if black else "không phải màu đen"
        yield Finding(rule, article, message, "góc trên bên phải, màu đen", found, 1)


def _joined(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines)


def _is_moment(text: str) -> bool:
    try:
        datetime.datetime.strptime(text, "%d/%m/%Y; %H:%M:%S")
    except ValueError:
        return False
    return True


def is_copy(paper: Paper) -> bool:
    """Whether the corner of a scanned file names a form of copy."""
    first = paper.main.corner[:1]
    return any(fold(line.text).startswith(fold(form)) for line in first for form in COPIES)


FOR_AN_ANNEX = (annex_corner, annex_medium)
FOR_SCANS = (copy_corner, copy_scans)
# A trích sao is drawn up anew, so its text is there to be judged as well (Điều 25.3b).
FOR_AN_EXTRACT = (copy_corner,)

"""Boxes 1, 2 and 4: Quốc hiệu, Tiêu ngữ, the issuer, place and date (Mục II, khoản 1, 2, 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from documents.nd30.findings import Finding, form, part_one
from documents.nd30.header import read_date
from documents.nd30.paper import Paper
from documents.nd30.reading import MM, Line
from documents.nd30.types import UNDATED
from documents.nd30.typography import (
    Style,
    millimetres,
    percent,
    ratio,
    rule_below,
    styled,
)

NATIONAL = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
NATIONAL_STYLE = Style(12, 13, bold=True, caps=True)
MOTTO_STYLE = Style(13, 14, bold=True)
PARENT_STYLE = Style(12, 13, caps=True)
ISSUER_STYLE = Style(12, 13, bold=True, caps=True)
PLACE_DATE_STYLE = Style(13, 14, italic=True)
CENTRING = 4 * MM
SINGLE_SPACING = 1.35  # the baselines of two single-spaced lines, with a printer's rounding
_PLACE_DATE = re.compile(r"^\w[^,]*, ngày (\d+) tháng (\d+) năm \d{4}$")


def national_name(paper: Paper) -> Iterator[Finding]:
    """Quốc hiệu “CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM”: in hoa, cỡ 12 - 13, đứng, đậm."""
    article = part_one("II", 1, "a")
    line = paper.header.national
    # The decree spells HÒA in its rule and HOÀ in its own sample.
    if line is None or line.text.replace("HOÀ", "HÒA") != NATIONAL:
        yield Finding(
            "national-name-text",
            article,
            "Quốc hiệu không đúng.",
            NATIONAL,
            line.text if line else "không có",
            1,
        )
    if line:
        yield from styled(
            [line], NATIONAL_STYLE, rule="national-name-style", article=article, name="Quốc hiệu"
        )


def motto(paper: Paper) -> Iterator[Finding]:
    """Tiêu ngữ “Độc lập - Tự do - Hạnh phúc”: in thường, cỡ 13 - 14, đứng, đậm, giữa dưới Quốc
    hiệu; phía dưới có đường kẻ ngang dài bằng dòng chữ."""
    article = part_one("II", 1, "b")
    line = paper.header.motto
    if line is None or line.text != MOTTO:
        found = line.text if line else "không có"
        yield Finding("motto-text", article, "Tiêu ngữ không đúng.", MOTTO, found, 1)
    if line is None:
        return
    yield from styled([line], MOTTO_STYLE, rule="motto-style", article=article, name="Tiêu ngữ")
    above = paper.header.national
    if above and abs(line.centre - above.centre) > CENTRING:
        yield _off_centre("motto-place", article, "Tiêu ngữ", "Quốc hiệu", line, above)
    yield from _motto_rule(paper, line, article)


def _motto_rule(paper: Paper, line: Line, article: str) -> Iterator[Finding]:
    stroke = rule_below(paper.sheet, [line])
    if stroke is None or not 0.97 <= ratio(stroke, line) <= 1.03:
        yield Finding(
            "motto-rule",
            article,
            "Đường kẻ dưới Tiêu ngữ không dài bằng dòng chữ.",
            "100% dòng chữ",
            percent(ratio(stroke, line)) if stroke else "không có đường kẻ",
            1,
        )


def motto_spacing(paper: Paper) -> Iterator[Finding]:
    """Quốc hiệu và Tiêu ngữ được trình bày cách nhau dòng đơn."""
    above, line = paper.header.national, paper.header.motto
    if above is None or line is None:
        return
    distance = (line.baseline - above.baseline) / line.size
    if not 0.8 <= distance <= SINGLE_SPACING:
        yield Finding(
            "motto-spacing",
            part_one("II", 1, "c"),
            "Quốc hiệu và Tiêu ngữ không cách nhau dòng đơn.",
            "dòng đơn",
            f"{distance:.2f} lần cỡ chữ".replace(".", ","),
            1,
        )


def national_name_place(paper: Paper) -> Iterator[Finding]:
    """Quốc hiệu ở phía trên cùng, bên phải trang đầu tiên."""
    line = paper.header.national
    if line and line.centre <= paper.sheet.width / 2:
        yield Finding(
            "national-name-place",
            part_one("II", 1, "a"),
            "Quốc hiệu không ở phía trên, bên phải trang đầu.",
            "nửa bên phải",
            f"tâm dòng cách mép trái {millimetres(line.centre)}",
            1,
        )


def issuer(paper: Paper) -> Iterator[Finding]:
    """Tên cơ quan ban hành: in hoa, cỡ 12 - 13, đứng, đậm, giữa dưới tên cơ quan chủ quản (chữ
    đứng, không đậm); phía dưới có đường kẻ dài 1/3 - 1/2 dòng chữ, đặt cân đối."""
    article = part_one("II", 2, "b")
    parent, own = _parent_and_own(paper.header.issuer)
    if not own:
        message, expected = "Không có tên cơ quan ban hành văn bản.", "tên cơ quan, in hoa, đậm"
        yield Finding("issuer-text", article, message, expected, "không có", 1)
        return
    yield from styled(
        own, ISSUER_STYLE, rule="issuer-style", article=article, name="Tên cơ quan ban hành"
    )
    yield from styled(
        parent, PARENT_STYLE, rule="parent-style", article=article, name="Tên cơ quan chủ quản"
    )
    astray = next((line for line in parent if abs(line.centre - own[0].centre) > CENTRING), None)
    if astray:
        names = ("Tên cơ quan ban hành", "tên cơ quan chủ quản")
        yield _off_centre("issuer-place", article, *names, own[0], astray)
    yield from short_rule(paper, own, "issuer-rule", article, "tên cơ quan ban hành")


def _parent_and_own(lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """The regular lines above, then the issuer's own; a box with no bold line is all its own."""
    bold = next((i for i, line in enumerate(lines) if line.bold > 0.5), 0)
    return lines[:bold], lines[bold:]


def short_rule(
    paper: Paper, lines: Sequence[Line], rule: str, article: str, name: str
) -> Iterator[Finding]:
    """Đường kẻ ngang dài bằng 1/3 - 1/2 dòng chữ, đặt cân đối: measured on the last line or on
    the longest, since the decree does not say which of several lines is meant."""
    stroke = rule_below(paper.sheet, lines)
    measured = {lines[-1], max(lines, key=lambda line: line.width)}
    page = lines[-1].page
    if stroke is None or not any(0.32 <= ratio(stroke, line) <= 0.515 for line in measured):
        yield Finding(
            rule,
            article,
            f"Đường kẻ dưới {name} không dài bằng 1/3 đến 1/2 dòng chữ.",
            "33% - 50% dòng chữ",
            percent(ratio(stroke, lines[-1])) if stroke else "không có đường kẻ",
            page,
        )
    elif abs(stroke.centre - lines[-1].centre) > 2 * MM:
        found = f"lệch {millimetres(abs(stroke.centre - lines[-1].centre))}"
        message = f"Đường kẻ dưới {name} không cân đối."
        yield Finding(rule, article, message, "giữa dòng chữ", found, page)


def _off_centre(
    rule: str, article: str, name: str, other: str, line: Line, reference: Line
) -> Finding:
    return Finding(
        rule,
        article,
        f"{name} không canh giữa so với {other}.",
        f"tâm dòng cách mép trái {millimetres(reference.centre)}",
        millimetres(line.centre),
        line.page,
    )


def place_date(paper: Paper) -> Iterator[Finding]:
    """Địa danh và thời gian: in thường, cỡ 13 - 14, nghiêng; sau địa danh có dấu phẩy."""
    if paper.is_a(*UNDATED):
        return
    line = paper.header.place_date
    shape = _PLACE_DATE.match(line.text) if line else None
    if line is None or shape is None or read_date(line.text) is None or not line.text[0].isupper():
        yield Finding(
            "place-date-text",
            part_one("II", 4, "c"),
            "Địa danh, ngày tháng năm không đúng mẫu.",
            "<Địa danh>, ngày … tháng … năm …",
            line.text if line else "không có",
            1,
        )
    if line:
        yield from _date_padding(line)
        yield from styled(
            [line],
            PLACE_DATE_STYLE,
            rule="place-date-style",
            article=part_one("II", 4, "c"),
            name="Địa danh, ngày tháng năm",
        )
        yield from _date_place(paper, line)


def _date_padding(line: Line) -> Iterator[Finding]:
    """Ngày nhỏ hơn 10 và tháng 1, 2 phải ghi thêm số 0 phía trước, and no other month."""
    date = read_date(line.text)
    if date is None:
        return
    month = f"{date.month:02}" if date.month < 3 else f"{date.month}"
    expected = f"ngày {date.day:02} tháng {month} năm {date.year}"
    if not line.text.endswith(expected):
        yield Finding(
            "date-padding",
            part_one("II", 4, "b"),
            "Số 0 phía trước ngày, tháng không đúng: chỉ thêm cho ngày nhỏ hơn 10 và tháng 1, 2.",
            expected,
            line.text,
            1,
        )


def _date_place(paper: Paper, line: Line) -> Iterator[Finding]:
    article = part_one("II", 4, "c")
    number, above = paper.header.number, paper.header.national
    if number and abs(line.baseline - number.baseline) > 3:
        found = f"lệch {millimetres(abs(line.baseline - number.baseline))}"
        message = "Địa danh, ngày tháng năm không cùng dòng với số, ký hiệu."
        yield Finding("place-date-row", article, message, "cùng một dòng", found, 1)
    if above and abs(line.centre - above.centre) > CENTRING:
        yield _off_centre(
            "place-date-place", article, "Địa danh, ngày tháng năm", "Quốc hiệu", line, above
        )


def undated(paper: Paper) -> Iterator[Finding]:
    """Mẫu 1.9: a biên bản has a number but no line of place and date."""
    line = paper.header.place_date
    if paper.is_a(*UNDATED) and line:
        yield Finding(
            "place-date-text",
            form("1.9"),
            "Biên bản không có dòng địa danh, ngày tháng năm ở đầu văn bản.",
            "không có",
            line.text,
            1,
        )


FOR_ANY_PAPER = (national_name, motto)
FOR_DECREE_TYPES = (national_name_place, motto_spacing, issuer, place_date, undated)

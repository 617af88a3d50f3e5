"""Box 3: number and symbol (Mục II, khoản 3; abbreviations in Phụ lục III, Mục I)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from documents.nd30.findings import DECREE, Finding, part_one
from documents.nd30.paper import Paper
from documents.nd30.reading import MM, Line
from documents.nd30.types import ABBREVIATIONS, Type
from documents.nd30.typography import Style, millimetres, styled

STYLE = Style(13, 13)
CENTRING = 4 * MM
PRINTED = part_one("II", 3, "c")
SYMBOL = part_one("II", 3, "b")
_EXACT = re.compile(r"^Số: \d+/[^\W\d_]+(?:-[^\W\d_][^\W_]*(?:&[^\W_]+)?)*$")
_LOOSE = re.compile(r"^Số\s*[:.]?\s*(\d*)\s*/\s*(?:\d{4}\s*/)?(.*)$", re.IGNORECASE)


class Reference(NamedTuple):
    """Number and symbol as written, blanks removed: ``("05", "QĐ-UBND")``."""

    number: str
    symbol: str


def reference(line: Line | None) -> Reference | None:
    """What a number line says, however it is spaced."""
    match = _LOOSE.match(line.text) if line else None
    return Reference(match[1], match[2].replace(" ", "")) if match else None


def number_text(paper: Paper) -> Iterator[Finding]:
    """Sau từ “Số” có dấu hai chấm; giữa số và ký hiệu có (/), giữa các nhóm chữ viết tắt có (-),
    không cách chữ."""
    line = paper.header.number
    if line is None or not _EXACT.match(line.text):
        yield Finding(
            "number-text",
            PRINTED,
            "Số, ký hiệu không đúng mẫu.",
            f"Số: 05/{_sample(paper.type)}",
            line.text if line else "không có",
            1,
        )
    if line:
        name = "Số, ký hiệu"
        yield from styled([line], STYLE, rule="number-style", article=PRINTED, name=name)


def _sample(kind: Type | None) -> str:
    return f"{kind.abbreviation}-UBND" if kind and kind.abbreviation else "UBND-VX"


def number_padding(paper: Paper) -> Iterator[Finding]:
    """Với những số nhỏ hơn 10 phải ghi thêm số 0 phía trước, and with no others."""
    written = reference(paper.header.number)
    if written and written.number and written.number != f"{int(written.number):02}":
        yield Finding(
            "number-padding",
            PRINTED,
            "Số văn bản: chỉ số nhỏ hơn 10 có một số 0 phía trước.",
            f"{int(written.number):02}",
            written.number,
            1,
        )


def symbol(paper: Paper) -> Iterator[Finding]:
    """Ký hiệu gồm chữ viết tắt tên loại và tên cơ quan; công văn: tên cơ quan và đơn vị soạn
    thảo hoặc lĩnh vực."""
    written, kind = reference(paper.header.number), paper.type
    if written is None or kind is None:
        return
    first, *others = written.symbol.split("-")
    if kind.abbreviation:
        right, article = first == kind.abbreviation, f"Mục I Phụ lục III {DECREE}"
    else:
        right, article = bool(others) and first not in ABBREVIATIONS, SYMBOL
    capitals = all(other.isupper() for other in others)
    if not right or not others or not capitals:
        yield Finding(
            "number-symbol",
            article if not right else SYMBOL,
            f"Ký hiệu không phải của {kind.name.lower()}.",
            _sample(kind),
            written.symbol,
            1,
        )


def number_place(paper: Paper) -> Iterator[Finding]:
    """Số, ký hiệu được đặt canh giữa dưới tên cơ quan ban hành."""
    line, above = paper.header.number, paper.header.issuer
    if line and above and abs(line.centre - above[-1].centre) > CENTRING:
        yield Finding(
            "number-place",
            PRINTED,
            "Số, ký hiệu không canh giữa dưới tên cơ quan ban hành.",
            f"tâm dòng cách mép trái {millimetres(above[-1].centre)}",
            millimetres(line.centre),
            1,
        )


RULES = (number_text, number_padding, symbol, number_place)

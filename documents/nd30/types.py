"""The document types of the decree (Điều 7; abbreviations: Phụ lục III, Mục I)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Type:
    """``abbreviation`` is empty for a công văn, whose symbol names the drafting unit instead."""

    name: str
    abbreviation: str = ""


OFFICIAL_LETTER = Type("Công văn")

_ABBREVIATIONS = {
    "Nghị quyết": "NQ",
    "Quyết định": "QĐ",
    "Chỉ thị": "CT",
    "Quy chế": "QC",
    "Quy định": "QyĐ",
    "Thông cáo": "TC",
    "Thông báo": "TB",
    "Hướng dẫn": "HD",
    "Chương trình": "CTr",
    "Kế hoạch": "KH",
    "Phương án": "PA",
    "Đề án": "ĐA",
    "Dự án": "DA",
    "Báo cáo": "BC",
    "Biên bản": "BB",
    "Tờ trình": "TTr",
    "Hợp đồng": "HĐ",
    "Công điện": "CĐ",
    "Bản ghi nhớ": "BGN",
    "Bản thỏa thuận": "BTT",
    "Giấy ủy quyền": "GUQ",
    "Giấy mời": "GM",
    "Giấy giới thiệu": "GGT",
    "Giấy nghỉ phép": "GNP",
    "Phiếu gửi": "PG",
    "Phiếu chuyển": "PC",
    "Phiếu báo": "PB",
}
ABBREVIATIONS = frozenset(_ABBREVIATIONS.values())

# Without a trích yếu, or with one that the model form does not underline (Mẫu 1.6 - 1.10).
WITHOUT_SUBJECT = frozenset({"Công điện", "Giấy giới thiệu", "Giấy nghỉ phép", "Hợp đồng"})
# Điều 25 and Mẫu 3.1: the forms of copy and the abbreviation in their number.
COPIES = {"SAO Y": "SY", "SAO LỤC": "SL", "TRÍCH SAO": "TrS"}
# Signed by two sides, so without the single block of box 7a (Mẫu 1.9 and contracts).
TWO_SIGNERS = frozenset({"Biên bản", "Hợp đồng", "Bản ghi nhớ", "Bản thỏa thuận", "Giấy nghỉ phép"})
# Mẫu 1.9 has a number but no place and date.
UNDATED = frozenset({"Biên bản"})
# Điểm b khoản 9 Mục II: box 9a. A báo cáo has it only when it goes to a superior.
ADDRESSED = frozenset({"Tờ trình", "Công văn"})
# Mẫu 1.1 and 1.2: the authority line, the grounds, then the operative words.
ENACTING = {"Quyết định": "QUYẾT ĐỊNH:", "Nghị quyết": "QUYẾT NGHỊ:"}


def fold(text: str) -> str:
    """Text without marks, blanks and case, so that a faulty element is still found.

    >>> fold("Cộng hoà  Xã hội")
    'CONGHOAXAHOI'
    """
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    kept = (c for c in plain if not unicodedata.combining(c) and not c.isspace())
    return "".join(kept).upper()


_BY_TITLE = {fold(name): Type(name, short) for name, short in _ABBREVIATIONS.items()}


def by_title(text: str) -> Type | None:
    """The type a title line names, however it is written."""
    return _BY_TITLE.get(fold(text))

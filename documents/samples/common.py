"""Words and people the sample documents share."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from documents.model import Column, Content, Issue, Letterhead, SignatureBlock
from documents.words import VIETNAM

DATE = datetime.date(2026, 3, 5)
MOMENT = datetime.datetime(2026, 3, 5, 14, 5, 9, tzinfo=VIETNAM)
ADDRESS = "https://vanban.tamquang.example/k/Zr8mQ2uVb1Xw7TnKc0LhPA"

COMMITTEE = Letterhead(lines=("ỦY BAN NHÂN DÂN", "XÃ TAM QUANG"), place="Tam Quang")
DIVISION = Letterhead(
    parent="UBND XÃ TAM QUANG", lines=("PHÒNG VĂN HÓA - XÃ HỘI",), place="Tam Quang"
)
VILLAGE = Letterhead(parent="UBND XÃ TAM QUANG", lines=("BẢN TÙNG HƯƠNG",), place="Tam Quang")
OFFICE = "Ủy ban nhân dân xã Tam Quang"

CHAIRMAN = SignatureBlock(("CHỦ TỊCH",), "Lê Thị Thanh Vân")
DEPUTY = SignatureBlock(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Trần Quốc Hưng")
FOR_THE_BODY = SignatureBlock(
    ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Trần Quốc Hưng"
)
FOR_THE_BODY_CHAIRMAN = SignatureBlock(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Lê Thị Thanh Vân")
BY_ORDER = SignatureBlock(("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"), "Vi Xuân Bách")
HEAD = SignatureBlock(("TRƯỞNG PHÒNG",), "Ngân Thị Bích Thảo")

LAW = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025"
PLAN = (
    "Kế hoạch số 45/KH-UBND ngày 20 tháng 8 năm 2025 của Ủy ban nhân dân xã Tam Quang tổ chức hoạt "
    "động Tổ công nghệ số cộng đồng trên địa bàn xã Tam Quang"
)
ASKED = (
    "Theo đề nghị của Trưởng phòng Văn hóa - Xã hội tại Tờ trình số 05/TTr-VHXH ngày 02 tháng 3 "
    "năm 2026"
)
COLUMNS = (
    Column("TT", 6, "center"),
    Column("Họ và tên", 28),
    Column("Chức vụ, nơi công tác", 42),
    Column("Chức vụ trong tổ", 24, "center"),
)
MEMBERS = (
    ("1", "Lô Văn Tám", "Trưởng bản Tùng Hương", "Tổ trưởng"),
    ("2", "Vi Thị Hoài", "Bí thư Chi đoàn bản Tùng Hương", "Tổ phó"),
    ("3", "Lương Khánh Duy", "Trưởng Ban công tác Mặt trận bản", "Thành viên"),
    ("4", "Kha Thị Nguyệt", "Chi hội trưởng Chi hội Phụ nữ bản", "Thành viên"),
    ("5", "Lô Quốc Đạt", "Công an viên", "Thành viên"),
)


@dataclass(frozen=True)
class Sample:
    """A document and its issue. ``annex`` is the place of the annex it is, in a file of its own;
    ``scans`` whether pages of a paper original go with it."""

    content: Content
    issue: Issue
    annex: int | None = None
    scans: bool = False


def issued(
    number: int, symbol: str, medium: Literal["electronic", "paper"] = "electronic"
) -> Issue:
    """Issued on the day of the samples; with a QR code unless on paper."""
    address = ADDRESS if medium == "electronic" else ""
    return Issue(date=DATE, number=number, symbol=symbol, verify_url=address, medium=medium)

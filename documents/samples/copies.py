"""Sao y, sao lục, trích sao: below what is copied (Mẫu 3.1); electronically, signed in the corner
of its scan or of what was drawn up anew (Mẫu 3.2)."""

from __future__ import annotations

import dataclasses
import hashlib

from documents.model import Content, Copied, Scan
from documents.samples import decisions, letters, named
from documents.samples.common import BY_ORDER, COMMITTEE, MOMENT, OFFICE, Sample, issued
from documents.samples.scan import blank_page

_OF_A_DECISION = f"Quyết định số 31/QĐ-UBND ngày 05 tháng 3 năm 2026 của Chủ tịch {OFFICE}"


def _copy(kind: str, subject: str, copied: Copied) -> Content:
    return Content(
        kind=kind,
        letterhead=COMMITTEE,
        subject=subject,
        body=(),
        signature=BY_ORDER,
        recipients=("Phòng Văn hóa - Xã hội", "Trưởng bản Tùng Hương", "Lưu: VT"),
        issued_by=OFFICE,
        copied=copied,
    )


TRUE_COPY = _copy(
    "true_copy",
    "Công văn số 07/UBND-VHXH ngày 05 tháng 3 năm 2026",
    Copied(letters.LETTER, issued(7, "UBND-VHXH", "paper")),
)
RECOPY = _copy(
    "recopy",
    "Bản sao y số 01/SY-UBND ngày 05 tháng 3 năm 2026",
    Copied(
        dataclasses.replace(
            TRUE_COPY,
            subject="Thông báo số 12/TB-UBND ngày 05 tháng 3 năm 2026",
            copied=Copied(named.NOTICE, issued(12, "TB-UBND", "paper")),
        ),
        issued(1, "SY-UBND", "paper"),
    ),
)
EXTRACT = _copy(
    "extract",
    _OF_A_DECISION,
    Copied(
        dataclasses.replace(decisions.OF_THE_CHAIRMAN, annexes=()),
        issued(31, "QĐ-UBND", "paper"),
        excerpt=(1, 2, 3, 4, 5),
    ),
)
SCANNED = _copy(
    "true_copy",
    _OF_A_DECISION,
    Copied(scans=(Scan(hashlib.sha256(blank_page()).hexdigest()),)),
)

SAMPLES = {
    "sao-y-giay": Sample(TRUE_COPY, issued(1, "SY-UBND", "paper")),
    "sao-luc-giay": Sample(RECOPY, issued(2, "SL-UBND", "paper")),
    "trich-sao-giay": Sample(EXTRACT, issued(3, "TrS-UBND", "paper")),
    "sao-y-dien-tu": Sample(
        SCANNED, dataclasses.replace(issued(4, "SY-UBND"), moment=MOMENT), scans=True
    ),
    "trich-sao-dien-tu": Sample(EXTRACT, dataclasses.replace(issued(5, "TrS-UBND"), moment=MOMENT)),
}

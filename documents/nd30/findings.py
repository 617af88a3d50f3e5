"""What the checker reports, and how it names the clause it reports against."""

from __future__ import annotations

from dataclasses import dataclass

DECREE = "Nghị định 30/2020/NĐ-CP"


@dataclass(frozen=True)
class Finding:
    """One departure: the rule, its article, a sentence for the clerk, and what was read.

    ``message_vi`` stays Vietnamese in every interface language: it repeats the words of the
    decree. ``page`` counts from 1 in the file.
    """

    rule: str
    article: str
    message_vi: str
    expected: str
    found: str
    page: int


def part_one(section: str, clause: int, point: str = "") -> str:
    """A citation of Phụ lục I, Phần I, the way offices write one.

    >>> part_one("II", 1, "b")
    'điểm b khoản 1 Mục II Phần I Phụ lục I Nghị định 30/2020/NĐ-CP'
    """
    clause_text = f"khoản {clause} Mục {section} Phần I Phụ lục I {DECREE}"
    return f"điểm {point} {clause_text}" if point else clause_text


def form(number: str) -> str:
    """A citation of one of the model forms (Phụ lục III, Mục II)."""
    return f"Mẫu {number} Mục II Phụ lục III {DECREE}"

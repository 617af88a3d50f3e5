"""Spreadsheets in the superior's own form, in and out.

The form is the one of Sở KH&CN tỉnh Thanh Hóa (công văn of July 2025, "Mẫu danh sách Tổ Công nghệ
số cộng đồng"): eight columns, headings exact to the letter. What is read is judged cell by cell;
nothing here touches the database beyond the names of a commune's places.
"""

from __future__ import annotations

from . import lao_cai
from .container import LARGEST_FILE
from .places import Place, Places
from .reading import read
from .sheet import Decision, ListedTeam, Member, Problem, Sheet
from .writing import carried_over, sample, template, written

__all__ = [
    "LARGEST_FILE",
    "Decision",
    "ListedTeam",
    "Member",
    "Place",
    "Places",
    "Problem",
    "Sheet",
    "carried_over",
    "lao_cai",
    "read",
    "sample",
    "template",
    "written",
]

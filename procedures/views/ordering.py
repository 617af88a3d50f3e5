"""What is odd about a typed number; it is the office's own book that counts, so nothing is stopped.

Source: Nghị định 30/2020/NĐ-CP, Điều 15 khoản 1: numbers follow the order of issue.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from documents import service as documents

from ..models import Dossier


def tell_order(request: HttpRequest, dossier: Dossier, kind: str, typed: Mapping[str, Any]) -> None:
    """Say it on the next page."""
    for sentence in out_of_order(dossier, kind, typed):
        advice = _("Ông/bà đối chiếu lại với sổ văn bản đi; hồ sơ vẫn chuyển tiếp bình thường.")
        messages.warning(request, f"{sentence} {advice}")


def out_of_order(dossier: Dossier, kind: str, typed: Mapping[str, Any]) -> list[str]:
    """A sentence for each number and date that do not follow each other."""
    number, date = typed.get("number"), typed.get("date")
    return documents.order_warnings(dossier.series(kind), number, date) if number and date else []

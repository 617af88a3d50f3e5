"""The proposal as a sheet to fill in with a pen, for whoever has no phone or no signal.

It asks for what the screen asks for (:mod:`procedures.forms.steps`), so that it can be entered line
by line.
"""

from __future__ import annotations

from typing import Any

from documents import service as documents
from workflows.models import Post

from ..models import Commune, Team

ROWS = 10
# Whoever proposes leads in most communes; a line that does not fit is struck out by hand.
_ROLES = ("Tổ trưởng", "Tổ phó")


def proposal(commune: Commune, post: Post | None = None) -> bytes:
    """The PDF, one sheet A4; the place of ``post`` is printed on it where one was chosen."""
    hamlet = getattr(post, "hamlet", None) if post else None
    place = hamlet.full_name if hamlet else commune.full_name if post else ""
    return documents.blank_form(
        "documents/forms/proposal.html",
        commune=commune.full_name,
        office=f"Ủy ban nhân dân {commune.full_name}",
        unit=commune.divisions.select_related("unit").get().unit.name,
        place=place,
        title=str(post.title) if post else "",
        rows=_rows(),
    )


def application(team: Team, *, joins: bool) -> bytes:
    """The Đơn of somebody who wishes to join a team, or to leave it: optional, one sheet A4."""
    heading = "ĐƠN XIN THAM GIA" if joins else "ĐƠN XIN THÔI THAM GIA"
    return documents.blank_form(
        "documents/forms/application.html",
        title=heading.capitalize(),
        heading=heading,
        office=f"Ủy ban nhân dân {team.commune.full_name}",
        team=team.name,
        joins=joins,
    )


def _rows() -> list[dict[str, Any]]:
    roles = [*_ROLES, *["Thành viên"] * (ROWS - len(_ROLES))]
    return [{"number": number, "role": role} for number, role in enumerate(roles, 1)]

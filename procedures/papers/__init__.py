"""One function per document: a record becomes a :class:`documents.model.Content`.

Nothing here knows layout. Wording follows the decree's forms and the source that governs the
commune; each function names what it follows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils import translation

from documents import service as documents
from documents.model import Content, SignatureBlock

from . import team_report
from .common import Papers, Writer
from .decision import decision
from .proposal import proposal as _proposal
from .slip import slip as _slip
from .submission import submission

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import Dossier, Report

# The papers that set up a team, by slot; a "slip" stands in place of the Tờ trình where the office
# asks so. A procedure writes its own on its page (``papers`` in :mod:`procedures.road`), and None
# for one it has not: what the specialist begins may have no Đề xuất.
STANDARD: dict[str, Writer] = {
    "proposal": _proposal,
    "submission": submission,
    "slip": _slip,
    "decision": decision,
}


def content(kind: str, dossier: Dossier, signature: SignatureBlock) -> Content:
    """What the document in slot ``kind`` ("decision", "submission") says for this dossier."""
    said = _written(dossier, kind, signature)
    if kind != "decision":
        return said
    # Who is told is the office's own affair; what a rule or a record gave is not free.
    return documents.reworded(replace(said, free_recipients=True), dossier.rewordings)


def has_proposal(dossier: Dossier) -> bool:
    """Whether its procedure begins with a Đề xuất."""
    return _writer(dossier, "proposal") is not None


def slip(dossier: Dossier, signature: SignatureBlock, *, at: datetime | None = None) -> Content:
    """The Phiếu trình as agreed to at ``at``; not agreed to yet without it."""
    return _written(dossier, "slip", signature, at=at)


def proposal(dossier: Dossier, *, author: Any, at: datetime, acting: bool = False) -> Content:
    """The Đề xuất as sent by ``author`` at ``at``."""
    return _written(dossier, "proposal", author=author, at=at, acting=acting)


def _writer(dossier: Dossier, slot: str) -> Writer | None:
    return dossier.flow.papers.get(slot, STANDARD[slot])


def _written(dossier: Dossier, slot: str, *args: Any, **sent: Any) -> Content:
    write = _writer(dossier, slot)
    assert write is not None  # asked only of a slot its procedure has
    # An official text is Vietnamese, whatever the language of the screen it was asked from.
    with translation.override("vi"):
        return write(dossier, *args, **sent)


def report_of_team(report: Report) -> Content:
    """The Báo cáo of a team as it was sent."""
    write = team_report.whole if report.rolls_up else team_report.village
    with translation.override("vi"):
        return write(report)


__all__ = [
    "Papers", "content", "decision", "has_proposal", "proposal", "report_of_team", "slip",
    "submission",
]  # fmt: skip

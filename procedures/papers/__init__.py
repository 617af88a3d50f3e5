"""One function per document: a record becomes a :class:`documents.model.Content`.

Nothing here knows layout. Wording follows the decree's forms and the source that governs the
commune; each function names what it follows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils import translation

from documents.model import Content, SignatureBlock

from . import announcing, commending, correction, correction_request, training
from . import proposal as _proposal
from .decision import decision
from .slip import slip
from .submission import submission

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import Dossier

_PAPERS = {"decision": decision, "submission": submission}
# Procedures that write other papers than those that set up teams: {procedure: {slot: paper}}, with
# the slots "proposal", "submission" and "decision".
_OWN: dict[str, dict[str, Callable[..., Content]]] = {
    "announce_teams": announcing.PAPERS,
    "commend": commending.PAPERS,
    "register_training": training.PAPERS,
}
# The paper a dossier that puts a released one right ends in, by its remedy.
_REMEDIES = {
    "amend": correction.amendment,
    "replace": correction.replacement,
    "correct": correction.letter,
    "recall": correction.notice,
}


def content(kind: str, dossier: Dossier, signature: SignatureBlock) -> Content:
    """What the document in slot ``kind`` ("decision", "submission") says for this dossier."""
    write: Callable[..., Content] = _OWN.get(dossier.procedure, {}).get(kind, _PAPERS[kind])
    if dossier.remedy:
        write = correction_request.asking if kind == "submission" else _REMEDIES[dossier.remedy]
    # An official text is Vietnamese, whatever the language of the screen it was asked from.
    with translation.override("vi"):
        return write(dossier, signature)


def proposal(dossier: Dossier, *, author: Any, at: datetime, acting: bool = False) -> Content:
    """The Đề xuất as sent by ``author`` at ``at``."""
    write: Callable[..., Content] = _OWN.get(dossier.procedure, {}).get(
        "proposal", _proposal.proposal
    )
    if dossier.remedy:
        write = correction_request.proposal
    with translation.override("vi"):
        return write(dossier, author=author, at=at, acting=acting)


__all__ = ["content", "decision", "proposal", "slip", "submission"]

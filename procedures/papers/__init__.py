"""One function per document: a record becomes a :class:`documents.model.Content`.

Nothing here knows layout. Wording follows the decree's forms and the source that governs the
commune; each function names what it follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation

from documents.model import Content, SignatureBlock

from .decision import decision
from .proposal import proposal
from .slip import slip
from .submission import submission

if TYPE_CHECKING:
    from ..models import Dossier

_PAPERS = {"decision": decision, "submission": submission}


def content(kind: str, dossier: Dossier, signature: SignatureBlock) -> Content:
    """What the document of ``kind`` ("decision", "submission") says for this dossier."""
    # An official text is Vietnamese, whatever the language of the screen it was asked from.
    with translation.override("vi"):
        return _PAPERS[kind](dossier, signature)


__all__ = ["content", "decision", "proposal", "slip", "submission"]

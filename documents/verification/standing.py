"""Whether a document is in force, and what became of it; of a copy, of its original too."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..issuing.relations import cited, originals_of, told, undergone_by
from ..models import Document, State
from .verdict import Check


def standing_of(document: Document) -> Check:
    """Released, and neither replaced nor recalled since."""
    if document.state == State.RELEASED:
        return _in_force(document)
    if document.state == State.VOID:
        return Check("standing", False, _("Văn bản đã hủy."), document.void_reason)
    return Check("standing", False, _("Văn bản chưa phát hành."))


def _in_force(document: Document) -> Check:
    """What other documents did to it: replaced or recalled, it is genuine but no longer stands."""
    undergone = list(undergone_by(document))
    ended = next((relation for relation in undergone if relation.ends), None)
    if ended is not None:
        return Check("standing", False, f"{told(ended)}.")
    sentence = _("Văn bản đang có hiệu lực.")
    return Check("standing", True, " ".join([sentence, *(f"{told(r)}." for r in undergone)]))


def originals_stand(document: Document) -> Iterator[Check]:
    """What a copy was taken from, and whether that still stands: a copy is worth what it is."""
    for original in originals_of(document):
        found = standing_of(original)
        sentence = _("Sao từ %(what)s. %(standing)s") % {
            "what": cited(original),
            "standing": found.sentence,
        }
        yield Check("original", found.ok, sentence)

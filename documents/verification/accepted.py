"""What verification rests on where the signature names no content digest.

A tool of the signer's own writes none. Then two things stand in for it: the signature is the very
one we accepted, and the file it was put onto still comes out of the content kept here.
"""

from __future__ import annotations

from .. import files
from ..errors import FileDamaged
from ..models import Document, Stage, digest_of
from ..rendering import pdf
from ..rendering.issue import issue_of, pictures_of
from .texts import read_text


def as_accepted(document: Document | None, data: bytes) -> bool:
    """Whether ``data`` begins with the signed file as it was taken in."""
    stored = document.files.filter(stage=Stage.SIGNED).first() if document else None
    try:
        return stored is not None and data.startswith(files.read(stored))
    except FileDamaged:
        return False


def content_stands(document: Document) -> bool:
    """Whether the content kept in the database is what the prepared file says.

    Drawn again it gives the same bytes; under another version of the drawing library, the same
    text. Renders: call outside any transaction.
    """
    stored = document.files.filter(stage=Stage.PREPARED).first()
    if stored is None or digest_of(document.says()) != document.content_digest:
        return False
    try:
        pictures, prepared = pictures_of(document), files.read(stored)
    except FileDamaged:
        return False
    drawn = pdf.render(document.says(), issue_of(document), pictures=pictures)
    return prepared == drawn or read_text(prepared) == read_text(drawn)

"""What the renderer is told about a numbered document, and the pages it is given."""

from __future__ import annotations

from .. import files
from ..kinds import KINDS
from ..model import Issue
from ..models import Document, Medium
from ..public import public_url


def issue_of(document: Document) -> Issue:
    """Number, symbol, date and public address of a numbered document.

    An electronic copy prints when the agency signed it, and no number (Mẫu 3.2).
    """
    assert document.date is not None
    if KINDS[document.kind].copy and document.medium == Medium.ELECTRONIC:
        return Issue(date=document.date, symbol=document.symbol, moment=document.issued)
    return Issue(
        date=document.date,
        number=document.number,
        symbol=document.symbol,
        verify_url=public_url(document),
        medium="paper" if document.medium == Medium.PAPER else "electronic",
    )


def pictures_of(document: Document) -> list[bytes]:
    """The pages a copy is made of; none for what is drawn from a text.

    Raises :class:`~documents.errors.FileDamaged`.
    """
    copied = document.says().copied
    return [files.read_scan(page_name(scan.sha256)) for scan in (copied.scans if copied else ())]


def page_name(sha256: str) -> str:
    """The name a scanned page is kept under: they are all JPEG."""
    return f"scans/{sha256[:2]}/{sha256}.jpg"

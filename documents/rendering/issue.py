"""What the renderer is told about a numbered document."""

from __future__ import annotations

from ..model import Issue
from ..models import Document, Medium
from ..public import public_url


def issue_of(document: Document) -> Issue:
    """Number, symbol, date and public address of a numbered document."""
    assert document.date is not None
    return Issue(
        date=document.date,
        number=document.number,
        symbol=document.symbol,
        verify_url=public_url(document),
        medium="paper" if document.medium == Medium.PAPER else "electronic",
    )

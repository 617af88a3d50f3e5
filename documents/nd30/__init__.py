"""Checking the form of a finished PDF against Decree 30/2020/NĐ-CP.

The checker reads the pages as a reader sees them and knows no template: every expected value is
a literal beside its article, taken from the decree and not from what prints our documents.
"""

from __future__ import annotations

from dataclasses import dataclass

from documents.nd30.findings import DECREE, Finding
from documents.nd30.paper import Paper, read_paper
from documents.nd30.reading import UnreadablePdfError, read
from documents.nd30.rules import applied

__all__ = ["DECREE", "Finding", "Report", "UnreadablePdfError", "check", "inspect"]


@dataclass(frozen=True)
class Report:
    """``kind`` is the name of the document's type, empty for a paper that is of none."""

    kind: str
    findings: tuple[Finding, ...]


def check(data: bytes) -> list[Finding]:
    """The departures of a PDF from the decree, component by component. Empty when none.

    Raises :class:`UnreadablePdfError` for bytes that are not a PDF, or one locked with a password.
    """
    return list(inspect(data).findings)


def inspect(data: bytes, most_pages: int | None = None) -> Report:
    """:func:`check`, with the type the document was taken for."""
    paper = read_paper(read(data, most_pages))
    return Report(named(paper), tuple(applied(paper)))


def named(paper: Paper) -> str:
    """What the document was taken for: a copy on paper for what it copies."""
    if paper.is_annex:
        return "Phụ lục"
    return paper.type.name if paper.type else ""

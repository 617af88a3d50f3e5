"""Annexes in files of their own: which of a document's annexes stand apart, and how they are named.

An annex apart is an electronic thing (Decree 30/2020, Phụ lục I.III.1d): on paper all is printed
and signed together. Their files: :mod:`documents.issuing.annexes`.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .errors import DocumentRefused
from .kinds import KINDS
from .model import Content
from .models import Document
from .words import annex_heading


@dataclass(frozen=True)
class Apart:
    """An annex apart as it is listed: ``"Phụ lục II"``; ``ordinal`` counts from 1."""

    ordinal: int
    name: str
    title: str

    @property
    def stem(self) -> str:
        """``"phu-luc-II"``: what a file name says of it."""
        return self.name.replace("Phụ lục", "phu-luc").replace(" ", "-")


def with_annexes_apart(content: Content) -> Content:
    """The content with every annex in a file of its own.

    Raises :class:`~documents.errors.DocumentRefused` where it has none, or where no agency signs.
    """
    if not content.annexes:
        raise DocumentRefused(_("Văn bản này không có phụ lục."))
    if not KINDS[content.kind].sealed:
        raise DocumentRefused(
            _("Loại văn bản này cơ quan không ký số, nên phụ lục phải cùng tệp với văn bản.")
        )
    return _placed(content, apart=True)


def with_annexes_together(content: Content) -> Content:
    """The content with every annex in the document's own file."""
    return _placed(content, apart=False)


def _placed(content: Content, *, apart: bool) -> Content:
    annexes = tuple(dataclasses.replace(annex, apart=apart) for annex in content.annexes)
    return dataclasses.replace(content, annexes=annexes)


def annexes_apart(document: Document) -> list[Apart]:
    """The annexes a document has in files of their own, in order. Asks the database nothing."""
    said: list[dict[str, Any]] = document.content["annexes"]
    return [
        Apart(ordinal, annex_heading(ordinal, len(said)), annex["title"])
        for ordinal, annex in enumerate(said, start=1)
        if annex.get("apart")
    ]


def cited_annex(document: Document, ordinal: int) -> str:
    """ "Phụ lục II của Quyết định số 05/QĐ-UBND"."""
    heading = annex_heading(ordinal, len(document.content["annexes"]))
    return f"{heading} của {document.name} số {document.reference}"


def annex_apart(document: Document, ordinal: int) -> Apart:
    """The annex of that place; :class:`~documents.errors.DocumentRefused` for none apart."""
    found = next((one for one in annexes_apart(document) if one.ordinal == ordinal), None)
    if found is None:
        raise DocumentRefused(_("Văn bản này không có phụ lục ấy ở tệp riêng."))
    return found

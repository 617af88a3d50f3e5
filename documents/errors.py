"""How the documents app says no: a Vietnamese sentence the user can act on."""

from __future__ import annotations


class DocumentRefused(Exception):
    """An act on a document that is not allowed now. ``sentence`` is meant for the user; ``field``
    names what he typed, where it is at fault."""

    field = ""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = str(sentence)


class NumberTaken(DocumentRefused):
    """The number is already used in this series and year (Decree 30/2020, Điều 15.1)."""

    field = "number"


class AttemptLost(DocumentRefused):
    """Another signing attempt has taken the document over; its bytes are discarded."""


class SigningRefused(DocumentRefused):
    """The key cannot sign: wrong passphrase, no key, expired, or a demo key in production."""


class ScanRefused(DocumentRefused):
    """A scanned page cannot be part of an electronic copy (Phần II Phụ lục I)."""

    field = "scans"


class FileDamaged(DocumentRefused):
    """A stored file no longer has the SHA-256 it was stored with."""

"""Heads of the caller's ledger that stand under the agency's seal.

A ledger kept in a database can be rewritten by who owns the database; the copies of its head in
sealed files that others hold cannot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .. import files
from ..annexes import annexes_apart, cited_annex
from ..errors import FileDamaged
from ..models import Document, Purpose, SigningKey, Stage, StoredFile
from ..public import token_in
from ..rendering.pdf import SEAL_FIELD
from . import signatures


@dataclass(frozen=True)
class Anchored:
    """A sealed document and the heads under its seal; ``fault`` says why none can be relied on."""

    document: Document
    anchors: list[str] = field(default_factory=list)
    fault: str = ""


def anchors(document: Document) -> list[str]:
    """The heads under the seal of a sealed file.

    Empty without a seal, and when the file is no longer what was sealed (:func:`anchored_files`
    tells the two apart).
    """
    stored = document.files.filter(stage=Stage.SEALED).first()
    return _anchored(document, stored).anchors if stored else []


def anchored_files(issuer_key: str) -> Iterator[Anchored]:
    """Every electronically sealed document of an issuer, in the order of sealing."""
    sealed = StoredFile.objects.filter(stage=Stage.SEALED, document__issuer__key=issuer_key)
    for stored in sealed.select_related("document__issuer").order_by("created", "pk"):
        yield _anchored(stored.document, stored)


def _anchored(document: Document, stored: StoredFile) -> Anchored:
    try:
        reader = signatures.open_pdf(files.read(stored))
    except FileDamaged as error:
        return Anchored(document, fault=error.sentence)
    except signatures.Unreadable:
        return Anchored(document, fault=_("Tệp đã đóng dấu không đọc được."))
    seals = [
        item
        for item in signatures.read_all(reader, lambda _name: stored.created)
        if item.field == SEAL_FIELD and item.holds and _ours(document, item)
    ]
    if not seals:
        return Anchored(document, fault=_("Con dấu trên tệp lưu trữ không còn giá trị."))
    if fault := _fault_of_annexes(document):
        return Anchored(document, fault=fault)
    # A seal made with the agency's own tool names neither our address nor any head.
    ours = [item for item in seals if token_in(item.address) == document.token]
    return Anchored(document, [item.reason for item in ours])


def _fault_of_annexes(document: Document) -> str:
    """Annexes apart bear no head of the ledger, but were sealed with it and must still be there."""
    for annex in annexes_apart(document):
        named = cited_annex(document, annex.ordinal)
        stored = files.by_stage(document, annex.ordinal).get(Stage.SEALED)
        if stored is None:
            return _("%(annex)s: không còn tệp đã ký số.") % {"annex": named}
        try:
            files.read(stored)
        except FileDamaged as error:
            return f"{named}: {error.sentence}"
    return ""


def _ours(document: Document, seal: signatures.Signature) -> bool:
    return SigningKey.objects.filter(
        owner_key=document.issuer.key, purpose=Purpose.SEAL, fingerprint=seal.fingerprint
    ).exists()

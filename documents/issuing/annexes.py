"""Annexes in files of their own (Decree 30/2020, Phụ lục I.II.8b, III.1d; Mẫu 2.2).

What such an annex says is part of its document's content, so the signer's statement and the ledger
name the digest of both. Its file is drawn when the agency signs it, for the moment of that
signature stands in its corner; the signature there names the same digest. An annex apart is an
electronic thing: on paper all is printed and signed together. See :mod:`documents.service`.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from .. import files
from ..errors import DocumentRefused, SigningRefused
from ..kinds import KINDS
from ..model import Content
from ..models import Document, FileRow, Purpose, Stage
from ..public import annex_url
from ..rendering import pdf
from ..rendering.issue import issue_of
from ..signing import appearance, evidence, keys, pades
from ..verification.case import CONTENT_PREFIX, final_file
from ..words import annex_heading
from .additions import only_addition, refuse_stranger


@dataclass(frozen=True)
class Apart:
    """An annex apart as it is listed: ``"Phụ lục II"``; ``ordinal`` counts from 1."""

    ordinal: int
    name: str
    title: str


@dataclass(frozen=True)
class SealedAnnex:
    """An annex as the agency signed it at ``moment``, not yet stored."""

    ordinal: int
    moment: datetime.datetime
    prepared: bytes
    sealed: bytes


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


def drawn_annex(document: Document, ordinal: int, moment: datetime.datetime | None) -> bytes:
    """The file of an annex before it is signed; the same bytes each time for one ``moment``."""
    issue = dataclasses.replace(issue_of(document), moment=moment)
    fields = moment is not None
    return pdf.render_annex(document.says(), issue, ordinal - 1, signature_fields=fields)


def annex_file(document: Document, ordinal: int) -> bytes:
    """The best file of an annex: as the agency signed it, before that as it will look.

    Call outside any transaction: it may draw. Raises :class:`~documents.errors.DocumentRefused`,
    :class:`~documents.errors.FileDamaged`.
    """
    if ordinal not in [annex.ordinal for annex in annexes_apart(document)]:
        raise DocumentRefused(_("Văn bản này không có phụ lục ấy ở tệp riêng."))
    stored = final_file(document, ordinal)
    return files.read(stored) if stored else drawn_annex(document, ordinal, None)


@sensitive_variables()
def sealed_annexes(document: Document, passphrase: str) -> list[SealedAnnex]:
    """Every annex apart of a signed document, drawn and signed with the agency's key: top right,
    no picture, number and moment in words. Nothing for a document without any.

    Call outside any transaction. Raises :class:`~documents.errors.SigningRefused`.
    """
    apart = annexes_apart(document)
    if not apart:
        return []
    opened = keys.unlock(keys.active_key(document.issuer.key, Purpose.SEAL), passphrase)
    proof = evidence.gather(opened.signing_cert, list(opened.cert_registry), lasting=True)
    made = []
    for annex in apart:
        statement = pades.Statement(
            field=pdf.SEAL_FIELD,
            reason=CONTENT_PREFIX + document.content_digest,
            address=annex_url(document, annex.ordinal),
            place=document.issuer.place,
        )
        moment = timezone.now()
        prepared = drawn_annex(document, annex.ordinal, moment)
        sealed = pades.sign_field(prepared, opened, statement, appearance.NOTHING, proof)
        made.append(SealedAnnex(annex.ordinal, moment, prepared, sealed))
    return made


def store_annexes(document: Document, sealed: Sequence[SealedAnnex]) -> None:
    """Take in the signed annexes, all of them or none, with the document's own seal.

    Call inside the caller's transaction. Refuses anything but our drawing with the agency's own
    signature that names this document's content.
    """
    if [item.ordinal for item in sealed] != [item.ordinal for item in annexes_apart(document)]:
        raise SigningRefused(_("Phải ký số đủ các phụ lục ở tệp riêng cùng lúc với văn bản."))
    for item in sealed:
        base = _kept(document, Stage.PREPARED, item.prepared, item)
        signature = only_addition(base, item.sealed, pdf.SEAL_FIELD)
        refuse_stranger(signature, document.issuer.key, Purpose.SEAL)
        named = (CONTENT_PREFIX + document.content_digest, annex_url(document, item.ordinal))
        if (signature.reason, signature.address) != named:
            raise SigningRefused(_("Chữ ký không xác nhận đúng nội dung của văn bản này."))
        lacks = signature.lacks(lasting=True)
        _kept(document, Stage.SEALED, item.sealed, item, lacks=lacks)


def _kept(
    document: Document, stage: Stage, data: bytes, item: SealedAnnex, lacks: str = ""
) -> FileRow:
    moment, ordinal = item.moment, item.ordinal
    return files.keep(document, stage, data, lacks=lacks, ordinal=ordinal, created=moment)


def refuse_annexes_apart(document: Document) -> None:
    """A tool of one's own signs one file: the seal of such a document is made here."""
    if annexes_apart(document):
        raise SigningRefused(
            _(
                "Văn bản này có phụ lục ở tệp riêng: con dấu số đóng trong hệ thống để ký đủ các "
                "tệp. Chỉ có thiết bị riêng thì ông/bà hủy văn bản đã ký, chuyển phụ lục về cùng "
                "tệp rồi trình ký lại."
            )
        )

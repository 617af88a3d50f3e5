"""The files of annexes apart: drawn, signed by the agency, kept (Decree 30/2020, Phụ lục I.II.8b,
III.1d; Mẫu 2.2).

What such an annex says is part of its document's content, so the signer's statement and the ledger
name the digest of both. Its file is drawn when the agency signs it, for the moment of that
signature stands in its corner; the signature there names the same digest. See
:mod:`documents.annexes`, :mod:`documents.service`.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from .. import files
from ..annexes import annex_apart, annexes_apart, cited_annex
from ..errors import FileDamaged, SigningRefused
from ..models import Document, FileRow, Purpose, Stage
from ..public import annex_url
from ..rendering import pdf
from ..rendering.issue import issue_of
from ..signing import appearance, evidence, keys, pades
from ..verification.case import CONTENT_PREFIX, final_file
from .additions import only_addition, refuse_stranger
from .reading import Download, file_stem


@dataclass(frozen=True)
class SealedAnnex:
    """An annex as the agency signed it at ``moment``, not yet stored."""

    ordinal: int
    moment: datetime.datetime
    prepared: bytes
    sealed: bytes


def drawn_annex(document: Document, ordinal: int, moment: datetime.datetime | None) -> bytes:
    """The file of an annex before it is signed; the same bytes each time for one ``moment``."""
    issue = dataclasses.replace(issue_of(document), moment=moment)
    fields = moment is not None
    return pdf.render_annex(document.says(), issue, ordinal - 1, signature_fields=fields)


def annex_file(document: Document, ordinal: int) -> bytes:
    """The best file of an annex: as the agency signed it, before that as it will look.

    Call outside any transaction: it may draw. Raises :class:`~documents.errors.DocumentRefused`;
    :class:`~documents.errors.FileDamaged`, also where what was signed with its document is gone.
    """
    annex_apart(document, ordinal)
    signed = Stage.SEALED in files.by_stage(document)
    if signed and Stage.SEALED not in files.by_stage(document, ordinal):
        raise FileDamaged(
            _("%(annex)s: không còn tệp đã ký số.") % {"annex": cited_annex(document, ordinal)}
        )
    stored = final_file(document, ordinal)
    return files.read(stored) if stored else drawn_annex(document, ordinal, None)


def annex_download(document: Document, ordinal: int) -> Download:
    """:func:`annex_file` with a file name: ``"05-QĐ-UBND-phu-luc-II.pdf"``."""
    name = f"{file_stem(document)}-{annex_apart(document, ordinal).stem}.pdf"
    data = annex_file(document, ordinal)
    return Download(data, name, files.media_type_of(data), files.sha256_of(data))


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

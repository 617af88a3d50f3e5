"""The second signature of minutes: the secretary's, after that of the chair (Mẫu 1.9).

The chair certifies the page, and number and date are those of his act; the secretary signs his file
in the field on the left, on that day or a later one. No number is taken, so it is one act, as the
seal is. See :mod:`documents.service`.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from .. import files
from ..errors import DocumentRefused, SigningRefused
from ..models import Document, Medium, Purpose, Stage, State
from ..public import public_url
from ..rendering import pdf
from ..signing import appearance, keys, pades, pictures
from ..signing.signer import LoadedSigner
from ..verification.case import CONTENT_PREFIX
from .additions import only_addition, refuse_stranger
from .electronic import evidence_for
from .reservation import locked


@sensitive_variables()
def countersign(
    document: Document, *, signer_key: str, passphrase: str = "", opened: LoadedSigner | None = None
) -> bytes:
    """The signed file with the secretary's signature as a further revision, his key ``opened``
    before or by its ``passphrase``; nothing moves until :func:`store_countersigned`.

    Call outside any transaction. Raises :class:`~documents.errors.SigningRefused` (wrong
    passphrase, no key, another person), :class:`~documents.errors.DocumentRefused`.
    """
    refuse_not_awaited(document)
    if signer_key != document.secretary_key:
        raise SigningRefused(_("Văn bản này chờ người khác ký."))
    key = keys.active_key(signer_key, Purpose.SIGNER)
    opened = opened or keys.unlock(key, passphrase)
    statement = pades.Statement(
        field=pdf.SECRETARY_FIELD,
        reason=CONTENT_PREFIX + document.content_digest,
        address=public_url(document),
        place=document.issuer.place,
    )
    signed = files.read(document.files.get(stage=Stage.SIGNED))
    picture = pictures.drawing(key) or appearance.signature(document.secretary_name)
    return pades.sign_field(signed, opened, statement, picture, evidence_for(opened))


def store_countersigned(document: Document, data: bytes) -> Document:
    """Take the file with both signatures in (state ``countersigned``). Call inside the caller's
    transaction.

    Refuses anything but the stored file of the chair plus the secretary's own signature of the
    same content. Returns the fresh row.
    """
    row = locked(document)
    refuse_not_awaited(row)
    signature = only_addition(row.files.get(stage=Stage.SIGNED), data, pdf.SECRETARY_FIELD)
    refuse_stranger(signature, row.secretary_key, Purpose.SIGNER)
    if signature.reason != CONTENT_PREFIX + row.content_digest:
        raise SigningRefused(_("Chữ ký không xác nhận đúng nội dung của văn bản này."))
    files.keep(row, Stage.COUNTERSIGNED, data, lacks=signature.lacks())
    row.countersign()
    row.save()
    return row


def refuse_not_awaited(document: Document) -> None:
    """Only minutes signed electronically by their chair wait for a secretary."""
    waits = document.state == State.SIGNED and document.medium == Medium.ELECTRONIC
    if not waits or not document.secretary_key:
        raise DocumentRefused(_("Văn bản này không chờ chữ ký của thư ký."))

"""Electronic originals: prepare, sign, seal. See :mod:`documents.service`.

Rendering and signing run outside any transaction; the bytes are judged again when they are stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from .. import files
from ..errors import DocumentRefused, SigningRefused
from ..models import Document, Medium, Purpose, Stage, State
from ..public import public_url
from ..rendering import pdf
from ..rendering.issue import issue_of
from ..signing import appearance, evidence, keys, pades, pictures
from ..signing.signer import LoadedSigner
from ..verification.case import CONTENT_PREFIX
from .additions import only_addition, refuse_stranger
from .annexes import SealedAnnex, store_annexes
from .reservation import UNSIGNED, held, locked


def prepare(document: Document, *, attempt: UUID) -> bytes:
    """The exact bytes to sign, rendered and stored once (state ``prepared``).

    Call outside any transaction: it renders, then writes in a short one of its own. Raises
    :class:`~documents.errors.AttemptLost` when another attempt has taken the document over.
    """
    stored = document.files.filter(stage=Stage.PREPARED).first()
    data = files.read(stored) if stored else pdf.render(document.says(), issue_of(document))
    with transaction.atomic():
        row = held(document, attempt)
        if row.state not in UNSIGNED:
            raise DocumentRefused(_("Văn bản này không còn chờ ký."))
        if row.state == State.RESERVED:
            files.keep(row, Stage.PREPARED, data)
            row.prepare()
            row.save()
    # Two workers of one attempt may both have rendered: what stands in the register is signed.
    return files.read(document.files.get(stage=Stage.PREPARED))


@sensitive_variables()
def sign(
    document: Document,
    *,
    attempt: UUID,
    signer_key: str,
    passphrase: str = "",
    opened: LoadedSigner | None = None,
) -> bytes:
    """The document certified with the signer's own key, ``opened`` before or by its
    ``passphrase``; nothing moves until :func:`store_signed`.

    Call outside any transaction. Raises :class:`~documents.errors.SigningRefused` (wrong
    passphrase, no key, another signer, another day), :class:`~documents.errors.AttemptLost`.
    """
    if signer_key != document.signer_key:
        raise SigningRefused(_("Văn bản này chờ người khác ký."))
    refuse_another_day(document)
    # The key first: a mistyped passphrase should not cost a rendering.
    key = keys.active_key(signer_key, Purpose.SIGNER)
    opened = opened or keys.unlock(key, passphrase)
    statement = pades.Statement(
        field=pdf.SIGNER_FIELD,
        reason=CONTENT_PREFIX + document.content_digest,
        address=public_url(document),
        place=document.issuer.place,
        certify=True,
    )
    prepared = prepare(document, attempt=attempt)
    picture = pictures.drawing(key) or appearance.signature(document.signer_name)
    return pades.sign_field(prepared, opened, statement, picture, evidence_for(opened))


def store_signed(document: Document, *, attempt: UUID, data: bytes) -> Document:
    """Take the signed file in (state ``signed``). Call inside the caller's transaction.

    Refuses when another attempt took over, when the Hanoi date is no longer the document's, and
    when ``data`` is not our prepared file with the signer's valid certification and nothing else.
    Returns the fresh row.
    """
    row = held(document, attempt)
    if row.state != State.PREPARED:
        raise DocumentRefused(_("Văn bản này không còn chờ ký."))
    refuse_another_day(row)
    signature = only_addition(row.files.get(stage=Stage.PREPARED), data, pdf.SIGNER_FIELD)
    refuse_stranger(signature, row.signer_key, Purpose.SIGNER)
    if not signature.certifies or signature.reason != CONTENT_PREFIX + row.content_digest:
        raise SigningRefused(_("Chữ ký không xác nhận đúng nội dung của văn bản này."))
    files.keep(row, Stage.SIGNED, data, lacks=signature.lacks())
    row.sign(timezone.now())
    row.attempt = None
    row.save()
    return row


@sensitive_variables()
def sealed_bytes(document: Document, passphrase: str, *, anchor: str) -> bytes:
    """The signed file with the agency's seal as a further revision; see :func:`store_sealed`.

    Call outside any transaction. ``anchor`` is the head of the caller's ledger: it comes under
    the seal's signature, so that the ledger cannot be rewritten later without it showing.
    """
    refuse_unsealable(document)
    key = keys.active_key(document.issuer.key, Purpose.SEAL)
    picture = pictures.drawing(key)
    if picture is None and not key.demo:
        # An invented ring must not stand in for the agency's real seal.
        raise SigningRefused(_("Chưa có hình ảnh con dấu thật của cơ quan."))
    opened = keys.unlock(key, passphrase)
    statement = pades.Statement(
        field=pdf.SEAL_FIELD,
        reason=anchor,
        address=public_url(document),
        place=document.issuer.place,
    )
    signed = files.read(document.files.get(stage=stage_to_seal(document)))
    picture = picture or appearance.seal(document.issuer.name, demo=True)
    return pades.sign_field(signed, opened, statement, picture, evidence_for(opened, lasting=True))


def evidence_for(opened: LoadedSigner, *, lasting: bool = False) -> evidence.Evidence:
    return evidence.gather(opened.signing_cert, list(opened.cert_registry), lasting=lasting)


def store_sealed(document: Document, data: bytes, annexes: Sequence[SealedAnnex] = ()) -> Document:
    """Take the sealed file in (state ``sealed``), with its annexes apart. Call inside the caller's
    transaction.

    Refuses anything but the stored signed file plus the agency's own seal. Returns the fresh row.
    """
    row = locked(document)
    refuse_unsealable(row)
    signature = only_addition(row.files.get(stage=stage_to_seal(row)), data, pdf.SEAL_FIELD)
    refuse_stranger(signature, row.issuer.key, Purpose.SEAL)
    files.keep(row, Stage.SEALED, data, lacks=signature.lacks(lasting=True))
    store_annexes(row, annexes)
    row.seal()
    row.save()
    return row


def refuse_another_day(document: Document) -> None:
    """Number and signature are of one Hanoi date (Điều 15.3)."""
    if document.date != timezone.localdate():
        raise SigningRefused(
            _("Số này mang ngày %(date)s; sang ngày khác phải lấy số mới để ký.")
            % {"date": f"{document.date:%d/%m/%Y}"}
        )


def refuse_unsealable(document: Document) -> None:
    """Only a signed electronic document of a kind that carries a seal can be sealed."""
    if not document.needs_seal:
        raise DocumentRefused(_("Loại văn bản này không đóng dấu."))
    if document.state == State.SIGNED and not document.all_signed:
        raise DocumentRefused(_("Thư ký chưa ký biên bản này nên chưa đóng dấu được."))
    if not document.all_signed or document.medium != Medium.ELECTRONIC:
        raise DocumentRefused(_("Chỉ đóng dấu điện tử cho văn bản điện tử đã ký."))


def stage_to_seal(document: Document) -> Stage:
    """The file that has every signature which comes before the seal."""
    return Stage.COUNTERSIGNED if document.secretary_key else Stage.SIGNED

"""Signatures made with somebody's own tool on the file we prepared (VGCA, a PDF program with a
token): what is accepted, and the sentence for each thing that is not.

That our bytes come first and that the signature is valid is not enough: page content edited in an
increment and then signed passes both (:mod:`documents.verification.changes`). Such a tool writes no
content digest into its signature; what was signed follows from our bytes being the beginning of its
file.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.sign.fields import enumerate_sig_fields

from .. import files
from ..errors import DocumentRefused, SigningRefused
from ..models import Document, Purpose, Stage, State
from ..rendering import pdf
from ..signing import revocation
from ..signing.certificates import certificate_of
from ..verification import signatures
from ..verification.case import signed_at
from ..verification.changes import only_signatures_since
from ..verification.origins import origins_of
from ..verification.reader import Reader
from ..verification.signatures import Signature
from .annexes import refuse_annexes_apart
from .countersigning import refuse_not_awaited
from .electronic import refuse_another_day, refuse_unsealable, stage_to_seal
from .outside_signature import Place, refuse_bad, refuse_locked, refuse_wrong_day, spoilt
from .reservation import held, locked

LARGEST_SIGNED = 20 * 1024 * 1024
# A signed file has a revision per signature and a few of a tool's own.
_MOST_REVISIONS = 12


def store_signed_outside(document: Document, *, attempt: UUID, data: bytes) -> Document:
    """Take in the prepared file as its signer signed it outside (state ``signed``).

    Call inside the caller's transaction. Raises :class:`~documents.errors.SigningRefused` with a
    sentence for each thing wrong with the file, :class:`~documents.errors.AttemptLost`.
    """
    row = held(document, attempt)
    signature = _judge_signed(row, data)
    files.keep(row, Stage.SIGNED, data, lacks=signature.lacks())
    row.sign(timezone.now())
    row.attempt = None
    row.save()
    return row


def store_countersigned_outside(document: Document, data: bytes) -> Document:
    """Take in the chair's file as the secretary signed it outside (state ``countersigned``).

    Call inside the caller's transaction; refuses like :func:`store_signed_outside`.
    """
    row = locked(document)
    signature = _judge_countersigned(row, data)
    files.keep(row, Stage.COUNTERSIGNED, data, lacks=signature.lacks())
    row.countersign()
    row.save()
    return row


def store_sealed_outside(document: Document, data: bytes) -> Document:
    """Take in the signed file as the clerk sealed it with the agency's token (state ``sealed``).

    Call inside the caller's transaction; refuses like :func:`store_signed_outside`.
    """
    row = locked(document)
    signature = _judge_sealed(row, data)
    files.keep(row, Stage.SEALED, data, lacks=signature.lacks(lasting=True))
    row.seal()
    row.save()
    return row


def judge_outside(document: Document, data: bytes) -> None:
    """Refuse what could not be stored, before any lock is taken: hostile bytes are read here.

    Asks for today's revocation lists first, of the addresses in the registered certificate: those
    the file names are never asked.
    """
    if document.all_signed:
        _refresh_lists(document.issuer.key, Purpose.SEAL)
        _judge_sealed(document, data)
    elif document.state == State.SIGNED:
        _refresh_lists(document.secretary_key, Purpose.SIGNER)
        _judge_countersigned(document, data)
    else:
        _refresh_lists(document.signer_key, Purpose.SIGNER)
        _judge_signed(document, data)


def judge_in(place: Place, data: bytes) -> Signature:
    """The one good signature in a place, of a file that is nothing else; asks for the lists first.

    Raises :class:`~documents.errors.SigningRefused`.
    """
    _refresh_lists(place.owner, place.purpose)
    return _judge(place, data)


def _refresh_lists(owner: str, purpose: Purpose) -> None:
    known = certificate_of(owner, purpose)
    if known is not None:
        chain = (known.certificate + known.chain).encode()
        revocation.refresh(load_certs_from_pemder_data(chain))


def _judge_signed(document: Document, data: bytes) -> Signature:
    if document.state != State.PREPARED:
        raise DocumentRefused(_("Văn bản này không còn chờ ký."))
    refuse_another_day(document)
    who = document.signer_name
    key = document.signer_key
    return _judge(Place(document, Stage.PREPARED, pdf.SIGNER_FIELD, key, Purpose.SIGNER, who), data)


def _judge_countersigned(document: Document, data: bytes) -> Signature:
    refuse_not_awaited(document)
    who, key = document.secretary_name, document.secretary_key
    place = Place(document, Stage.SIGNED, pdf.SECRETARY_FIELD, key, Purpose.SIGNER, who)
    return _judge(place, data)


def _judge_sealed(document: Document, data: bytes) -> Signature:
    refuse_unsealable(document)
    refuse_annexes_apart(document)
    who, key = document.issuer.name, document.issuer.key
    stage = stage_to_seal(document)
    return _judge(Place(document, stage, pdf.SEAL_FIELD, key, Purpose.SEAL, who), data)


def _judge(place: Place, data: bytes) -> Signature:
    """The one good signature in its place; refuses everything but that and the stored file."""
    _refuse_other_file(place, data)
    reader = _opened(data)
    embedded = _only_new(place, reader)
    _refuse_edited(place, reader, data)
    found = signatures.read_all(reader, signed_at(place.document))
    refuse_bad(place, found[-1])
    if not all(item.holds for item in found):
        raise SigningRefused(spoilt())
    refuse_wrong_day(place, embedded)
    refuse_locked(place, embedded)
    return found[-1]


# The file ---------------------------------------------------------------------------------------


def _refuse_other_file(place: Place, data: bytes) -> None:
    if len(data) > LARGEST_SIGNED:
        raise SigningRefused(_("Tệp lớn quá 20 MB nên không phải bản vừa ký. Ông/bà chọn lại tệp."))
    if not data.startswith(b"%PDF-"):
        raise SigningRefused(
            _("Tệp này không phải PDF. Ông/bà chọn tệp PDF mà công cụ ký vừa lưu.")
        )
    base = place.base
    if data.startswith(base):
        if data == base:
            raise SigningRefused(_not_signed())
        return
    ours = place.document
    origins = (file.document for file in origins_of(data))
    for other in (found for found in origins if found.issuer_id == ours.issuer_id):
        raise SigningRefused(
            _("Đây là tệp của văn bản số %(number)s. Ông/bà chọn lại tệp của %(ours)s.")
            % {"number": other.reference, "ours": place.called}
        )
    raise SigningRefused(
        _(
            "Tệp này không ký trên đúng bản đã tải về: phần gốc đã bị ghi lại. Ông/bà tải lại bản "
            "trình ký, ký bằng kiểu “ký thêm vào tệp”, không in lại hoặc lưu thành tệp mới."
        )
    )


def _not_signed() -> str:
    return _(
        "Tệp này chưa có chữ ký mới: vẫn như lúc tải về. Ông/bà mở tệp bằng công cụ ký, ký vào ô "
        "chữ ký có sẵn, lưu lại rồi tải tệp đã ký lên."
    )


def _opened(data: bytes) -> Reader:
    try:
        return signatures.open_pdf(data)
    except signatures.Unreadable as error:
        raise SigningRefused(
            _("Tệp hỏng, không đọc được. Ông/bà ký lại và tải lên tệp công cụ vừa lưu.")
        ) from error


def _only_new(place: Place, reader: Reader) -> Any:
    """The one signature that was added, in the field where it belongs."""
    base = Reader(place.base)
    before = len(base.embedded_signatures)
    _refuse_exchanged(base, reader)
    new = reader.embedded_signatures[before:]
    if not new:
        raise SigningRefused(_not_signed())
    if len(new) > 1:
        raise SigningRefused(
            _(
                "Tệp có %(count)d chữ ký mới; ở bước này chỉ nhận một chữ ký của %(name)s. Ông/bà "
                "tải lại bản trình ký và chỉ ký một lần."
            )
            % {"count": len(new), "name": place.name}
        )
    if new[0].field_name != place.field:
        raise SigningRefused(
            _(
                "Chữ ký không nằm ở ô dành cho %(name)s. Ông/bà tải lại bản trình ký, bấm vào ô "
                "chữ ký có sẵn trên trang (“%(field)s”), không vẽ ô mới."
            )
            % {"name": place.name, "field": place.field}
        )
    if new[0].sig_object_type != "/Sig" or _filled(reader) - _filled(base) != {place.field}:
        raise SigningRefused(spoilt())
    return new[0]


def _refuse_exchanged(base: Reader, reader: Reader) -> None:
    """Whoever signed before signed as he did: another signature in his place is no addition."""
    pairs = zip(base.embedded_signatures, reader.embedded_signatures, strict=False)
    if any((a.field_name, a.pkcs7_content) != (b.field_name, b.pkcs7_content) for a, b in pairs):
        raise SigningRefused(spoilt())


def _filled(reader: Reader) -> set[str]:
    """Fields that hold anything at all, be it no signature that a reader knows."""
    return {name for name, _value, _reference in enumerate_sig_fields(reader, filled_status=True)}


def _refuse_edited(place: Place, reader: Reader, data: bytes) -> None:
    try:
        unchanged = only_signatures_since(place.drawing, reader, data)
    # A hostile file may break the analysis itself; then nothing is proven.
    except Exception:
        unchanged = False
    if not unchanged or reader.xrefs.total_revisions > _MOST_REVISIONS:
        raise SigningRefused(
            _(
                "Ngoài chữ ký, nội dung tệp đã bị sửa sau khi tải về. Ông/bà tải lại bản trình ký "
                "và chỉ ký; muốn sửa nội dung thì trả hồ sơ về."
            )
        )

"""What a signature made here may add to a stored file: itself, valid, of whom it must be."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .. import files
from ..errors import SigningRefused
from ..models import FileRow, Purpose, SigningKey
from ..verification import signatures
from ..verification.case import signed_at
from ..verification.changes import only_signatures_since


def only_addition(base: FileRow, data: bytes, field: str) -> signatures.Signature:
    """The signature in ``field``, if it is all that ``data`` adds to the stored file.

    Raises :class:`~documents.errors.SigningRefused`.
    """
    try:
        reader = signatures.open_pdf(data)
        # From the stage before: what came earlier was judged when that one was stored.
        added = only_signatures_since(files.read(base), reader, data)
    except signatures.Unreadable:
        added = False
    if not added:
        raise SigningRefused(_("Tệp không phải bản trình ký của hệ thống cộng thêm chữ ký."))
    found = signatures.read_all(reader, signed_at(base.document, base.ordinal))
    last = found[-1] if found else None
    if last is None or last.field != field or not all(item.holds for item in found):
        raise SigningRefused(_("Chữ ký số không hợp lệ hoặc chứng thư không được tin cậy."))
    return last


def refuse_stranger(signature: signatures.Signature, owner: str, purpose: Purpose) -> None:
    """Only the owner's own certificate in use counts."""
    if not SigningKey.objects.filter(
        owner_key=owner, purpose=purpose, fingerprint=signature.fingerprint, active=True
    ).exists():
        raise SigningRefused(_("Chứng thư số không phải của người được giao ký văn bản này."))

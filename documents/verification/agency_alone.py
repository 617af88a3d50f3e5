"""What holds where the agency alone signs, instead of a signer's certification: an electronic copy
(Mẫu 3.2), an annex in a file of its own (Phụ lục I.III.1d)."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from .. import files
from ..errors import FileDamaged
from ..models import Document, Stage
from ..rendering.pdf import SEAL_FIELD
from .accepted import content_stands
from .signatures import Signature
from .verdict import Check


def signed(found: Mapping[str, Signature], agency: str) -> Check:
    """The file bears the signature of the ``agency`` ("cơ quan sao văn bản"), and no other."""
    who, seal = {"agency": agency}, found.get(SEAL_FIELD)
    if seal is None:
        return Check("signed", False, _("Tệp không có chữ ký số của %(agency)s.") % who)
    if set(found) != {SEAL_FIELD}:
        sentence = _("Tệp có chữ ký khác ngoài chữ ký của %(agency)s.") % who
        return Check("signed", False, sentence)
    if not all(item.intact for item in found.values()):
        return Check("signed", False, _("Nội dung đã bị thay đổi sau khi ký, hoặc chữ ký hỏng."))
    return Check("signed", True, _("Nội dung đúng như khi %(agency)s ký số.") % who)


def content(document: Document, data: bytes) -> Check:
    """The seal of a copy names no digest: the file must be what the content kept here is drawn as.
    Drawn only for who brings our own bytes: anybody can name a copy in a file of his."""
    if _begins_as_ours(document, data) and content_stands(document):
        return Check("content", True, _("Bản sao dựng đúng từ nội dung lưu trong hệ thống."))
    return Check("content", False, _("Bản sao khác với nội dung lưu trong hệ thống."))


def _begins_as_ours(document: Document, data: bytes) -> bool:
    stored = document.files.filter(stage=Stage.PREPARED).first()
    try:
        return stored is not None and data.startswith(files.read(stored))
    except FileDamaged:
        return False

"""What holds of an electronic copy instead of a signer's certification (Mẫu 3.2)."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from ..models import Document
from ..rendering.pdf import SEAL_FIELD
from .accepted import content_stands
from .signatures import Signature
from .verdict import Check


def signed(found: Mapping[str, Signature]) -> Check:
    """An electronic copy bears the signature of the agency that copied, and no other."""
    seal = found.get(SEAL_FIELD)
    if seal is None:
        return Check("signed", False, _("Tệp không có chữ ký số của cơ quan sao văn bản."))
    if not all(item.intact for item in found.values()):
        return Check("signed", False, _("Nội dung đã bị thay đổi sau khi ký, hoặc chữ ký hỏng."))
    return Check("signed", True, _("Nội dung đúng như khi cơ quan sao văn bản ký số."))


def content(document: Document) -> Check:
    """The seal names no digest: the file must be what the content kept here is drawn as."""
    if content_stands(document):
        return Check("content", True, _("Bản sao dựng đúng từ nội dung lưu trong hệ thống."))
    return Check("content", False, _("Bản sao khác với nội dung lưu trong hệ thống."))

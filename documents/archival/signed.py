"""Signatures and time stamps in an archived file (ISO 19005-2, 6.4.3): whole, and with their
certificate. Whether they hold is another question (:mod:`documents.verification`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel

from documents.archival.lack import Lack
from documents.archival.opened import Opened


def ranges(opened: Opened) -> Iterator[Lack]:
    """A signature covers all bytes of its revision but its own value."""
    for embedded in opened.reader.embedded_signatures:
        if embedded.evaluate_signature_coverage() < SignatureCoverageLevel.ENTIRE_REVISION:
            yield Lack(
                "signature-range", _("Chữ ký %(field)s không phủ hết tệp.") % _name(embedded)
            )


def certificates(opened: Opened) -> Iterator[Lack]:
    """The signer's certificate is in the file: else nobody can check it later. A value with more
    than one signer the library refuses to read."""
    for embedded in opened.reader.embedded_signatures:
        if not _has_certificate(embedded):
            yield Lack(
                "signature-certificate",
                _("Chữ ký %(field)s không kèm chứng thư số của người ký.") % _name(embedded),
            )


def _has_certificate(embedded: Any) -> bool:
    """Whether one of the certificates carried is the one the signer names."""
    try:
        return embedded.signer_cert is not None
    except SignatureValidationError:
        return False


def _name(embedded: Any) -> dict[str, str]:
    return {"field": str(embedded.field_name)}


RULES = (ranges, certificates)

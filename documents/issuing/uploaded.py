"""Our documents that the office signs, numbers and seals in its own system.

The clerk takes our rendering out with number and date blank, and brings back what the office
issued. It is kept as it came ("bản do cơ quan tải lên"): nobody here signed it. Its QR code was
printed before the row existed, so the public address is derived from what was taken out.
"""

from __future__ import annotations

import base64
import datetime

from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from .. import files
from ..errors import DocumentRefused
from ..model import Content, Issue
from ..models import Document, Issuer, Medium, Mode, Series, Stage, digest_of
from ..models.document import new_token
from ..public import public_address
from ..rendering import pdf
from .reservation import Signer, by, frozen, numbered

LARGEST_UPLOAD = 20 * 1024 * 1024


def token_of(owner: str, content: Content) -> str:
    """The public token a document of this content will have; ``owner`` is the caller's key of the
    case. Nobody can guess it without the installation's secret."""
    told = f"{owner}:{digest_of(content)}"
    digest = salted_hmac("documents.issuing.uploaded", told, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:18]).decode()


def handed_out(content: Content, series: Series, today: datetime.date, *, owner: str) -> bytes:
    """The PDF for the office's own system: number and day blank, no signature fields, our QR.

    Call outside any transaction.
    """
    address = public_address(token_of(owner, content))
    issue = Issue(date=today, symbol=series.symbol, verify_url=address, medium="paper")
    return pdf.render(content, issue, signature_fields=False)


def record_uploaded(
    *,
    issuer: Issuer,
    series: Series,
    content: Content,
    number: int,
    date: datetime.date,
    signer: Signer,
    data: bytes,
    owner: str,
) -> Document:
    """Record what the office issued in its own system (state ``sealed``), to be released here.

    Call inside the caller's transaction. Refuses a series of ours, whose numbers nobody else
    gives. Raises :class:`~documents.errors.NumberTaken`,
    :class:`~documents.errors.DocumentRefused`.
    """
    if series.issuer_id != issuer.pk:
        raise ValueError("the series belongs to another issuer")
    if series.mode != Mode.EXTERNAL:
        raise DocumentRefused(
            _("Dãy số này do phần mềm cấp nên không nhận văn bản đã lấy số ở hệ thống khác.")
        )
    if date > timezone.localdate():
        raise DocumentRefused(_("Ngày văn bản không thể sau hôm nay."))
    refuse_bad_upload(data)
    token = token_of(owner, content)
    # A void one of the same content keeps the address it was printed with.
    free = not Document.objects.filter(token=token).exists()
    fields = {**frozen(content), **by(signer), "medium": Medium.UPLOADED}
    fields["token"] = token if free else new_token()
    document = numbered(issuer, series, date, number, fields)
    document.prepare()
    document.sign(timezone.now())
    if document.needs_seal:
        document.seal()
    document.save()
    files.keep(document, Stage.UPLOADED, data)
    return document


def refuse_bad_upload(data: bytes) -> None:
    """Raise :class:`~documents.errors.DocumentRefused` for what is no PDF, or too large."""
    if len(data) > LARGEST_UPLOAD:
        raise DocumentRefused(_("Tệp lớn quá 20 MB. Ông/bà lưu lại PDF nhỏ hơn rồi tải lên."))
    if files.extension_of(data) != "pdf":
        raise DocumentRefused(_("Tệp này không phải PDF. Ông/bà tải lên bản PDF đã ban hành."))

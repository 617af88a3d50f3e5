"""Documents issued outside the system, written down because something here rests on them.

Their number is in no series of ours, nobody here signed them and no page of ours vouches for them:
what is kept is who issued what under which number, and the scan where there is one. See
:mod:`documents.service`.
"""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from .. import files
from ..errors import DocumentRefused, NumberTaken
from ..kinds import KINDS
from ..model import Content, Letterhead, SignatureBlock
from ..models import Document, Issuer, Medium, Stage
from .on_paper import refuse_bad_scan
from .reservation import frozen


def record_elsewhere(
    *,
    issuer: Issuer,
    kind: str,
    number: int,
    symbol: str,
    date: datetime.date,
    signer_name: str,
    subject: str,
    scan: bytes | None = None,
) -> Document:
    """Write down a document that was issued outside the system and is in force.

    Call inside the caller's transaction. ``scan`` is a PDF, JPEG or PNG of at most 20 MB. Where
    this very document was written down before, that row is returned, with the scan it lacked.
    Raises :class:`~documents.errors.NumberTaken` when the number is another document's
    (Decree 30/2020, Điều 15.1), :class:`~documents.errors.DocumentRefused` for what cannot be.
    """
    _refuse_impossible(kind, number, symbol, date, signer_name)
    content = Content(
        kind=kind,
        letterhead=Letterhead(lines=(issuer.name.upper(),), place=issuer.place),
        subject=subject,
        body=(),
        signature=SignatureBlock(lines=(), name=signer_name),
    )
    told = Document(
        issuer=issuer,
        number=number,
        symbol=symbol,
        year=date.year,
        date=date,
        medium=Medium.ELSEWHERE,
        signer_name=signer_name,
        **frozen(content),
    )
    document = _known(told) or _written(told)
    if scan is not None:
        _keep_scan(document, scan)
    return document


def _refuse_impossible(
    kind: str, number: int, symbol: str, date: datetime.date, signer_name: str
) -> None:
    if not KINDS[kind].numbered:
        raise ValueError(f"{kind} carries no number")
    if number < 1 or not symbol.strip():
        raise DocumentRefused(_("Cần đủ số và ký hiệu của văn bản, ví dụ 01/QĐ-UBND."))
    if date > timezone.localdate():
        raise DocumentRefused(_("Ngày văn bản không thể sau hôm nay."))
    if not signer_name.strip():
        raise DocumentRefused(_("Cần ghi họ tên người đã ký văn bản."))


def _known(told: Document) -> Document | None:
    """The same document if it was written down before; refuses another under its number."""
    same = Document.objects.filter(
        issuer=told.issuer, symbol=told.symbol, year=told.year, number=told.number
    )
    known: Document | None = same.order_by("pk").first()
    if known is None:
        return None
    clash = _difference(known, told)
    if clash:
        named = {"number": known.reference, "year": known.year, "issuer": told.issuer.name}
        raise NumberTaken(_("Số %(number)s năm %(year)d của %(issuer)s") % named + clash)
    return known


def _difference(known: Document, told: Document) -> str:
    """How the document that has the number differs, as the end of a sentence."""
    if known.medium != Medium.ELSEWHERE:
        return _(" là của một văn bản lập trong hệ thống. Ông/bà xem lại số và ngày.")
    if known.date != told.date:
        return _(
            " đã được ghi nhận với ngày %(date)s. Ông/bà xem lại ngày; nếu là quyết định của cơ "
            "quan khác thì ghi tên cơ quan ấy."
        ) % {"date": f"{known.date:%d/%m/%Y}"}
    if known.signer_name.casefold() != told.signer_name.casefold():
        return _(" đã được ghi nhận với người ký là %(signer)s.") % {"signer": known.signer_name}
    return ""


def _written(told: Document) -> Document:
    told.acknowledge(timezone.now())
    told.save()
    return told


def _keep_scan(document: Document, scan: bytes) -> None:
    refuse_bad_scan(scan)
    if not document.files.filter(stage=Stage.SCAN).exists():
        files.keep(document, Stage.SCAN, scan)

"""Paper originals ("ký giấy"): printed with blanks, signed by hand, recorded by the clerk.

The order is that of paper: sign, then number, seal, release (Decree 30/2020, Điều 14, 15.2). Our
own rendering is kept as the reference; the original stays with the clerk. See
:mod:`documents.service`.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import files
from ..annexes import with_annexes_together
from ..errors import DocumentRefused
from ..model import Content, Issue
from ..models import Document, FileRow, Issuer, Medium, Series, Stage, State
from ..registry.numbering import symbol_in
from ..rendering import pdf
from ..rendering.issue import issue_of, pictures_of
from .reservation import Signer, by, frozen, locked, numbered

LARGEST_SCAN = 20 * 1024 * 1024


def blank_print(
    content: Content, series: Series, today: datetime.date, pictures: Sequence[bytes] = ()
) -> bytes:
    """The PDF to print and sign by hand: number and day blank, no signature fields, annexes too.

    ``pictures`` are the pages of a copy that is made of pictures. Call outside any transaction.
    """
    content = with_annexes_together(content)
    issue = Issue(date=today, symbol=symbol_in(series, content.kind), medium="paper")
    return pdf.render(content, issue, signature_fields=False, pictures=pictures)


def sign_paper(
    *,
    issuer: Issuer,
    kind: str,
    series: Series,
    content: Content,
    number: int | None,
    date: datetime.date,
    signer: Signer,
    scan: bytes | None = None,
    original: Document | None = None,
) -> Document:
    """Record a document signed by hand (state ``signed``). Call inside the caller's transaction.

    ``number`` is what the clerk typed, or None in a series of ours, which gives it. ``scan`` is a
    PDF, JPEG or PNG of at most 20 MB, kept as a reference only; ``original`` is what a copy was
    taken from. Raises
    :class:`~documents.errors.NumberTaken`, :class:`~documents.errors.DocumentRefused`.
    """
    if content.kind != kind or series.issuer_id != issuer.pk:
        raise ValueError("kind, content, series and issuer do not belong together")
    if date > timezone.localdate():
        raise DocumentRefused(_("Ngày văn bản không thể sau hôm nay."))
    if scan is not None:
        refuse_bad_scan(scan)
    content = with_annexes_together(content)
    fields = {**frozen(content), **by(signer), "medium": Medium.PAPER, "original": original}
    document = numbered(issuer, series, date, number, fields)
    document.prepare()
    document.sign(timezone.now())
    document.save()
    if scan is not None:
        files.keep(document, Stage.SCAN, scan)
    # Rendering takes longer than a numbering transaction may last.
    transaction.on_commit(partial(reference_file, document), robust=True)
    return document


def add_scan(document: Document, scan: bytes) -> FileRow:
    """Keep the scan of a document that has none yet and whose original is not here.

    Call inside a transaction.
    """
    row = locked(document)
    if row.medium == Medium.ELECTRONIC or row.files.filter(stage=Stage.SCAN).exists():
        raise DocumentRefused(_("Văn bản này không nhận thêm bản quét."))
    refuse_bad_scan(scan)
    return files.keep(row, Stage.SCAN, scan)


def seal_paper(document: Document) -> Document:
    """Record that the seal stands on the paper (state ``sealed``); returns the fresh row.

    Call inside the caller's transaction.
    """
    row = locked(document)
    if row.medium != Medium.PAPER or row.state != State.SIGNED or not row.needs_seal:
        raise DocumentRefused(_("Chỉ ghi nhận đóng dấu cho văn bản giấy đã ký."))
    row.seal()
    row.save()
    return row


def reference_file(document: Document) -> FileRow:
    """Our rendering of a paper document with number and date, made once.

    Call outside any transaction when it may not stand yet.
    """
    stored: FileRow | None = document.files.filter(stage=Stage.PREPARED).first()
    if stored:
        return stored
    pictures = pictures_of(document)
    data = pdf.render(
        document.says(), issue_of(document), signature_fields=False, pictures=pictures
    )
    with transaction.atomic():
        row = locked(document)
        found: FileRow | None = row.files.filter(stage=Stage.PREPARED).first()
        return found or files.keep(row, Stage.PREPARED, data)


def refuse_bad_scan(scan: bytes) -> None:
    """Raise :class:`~documents.errors.DocumentRefused` for what is no scan, or too large."""
    if not files.extension_of(scan):
        raise DocumentRefused(_("Bản quét phải là tệp PDF, JPEG hoặc PNG."))
    if len(scan) > LARGEST_SCAN:
        raise DocumentRefused(_("Bản quét quá lớn; tối đa 20 MB."))

"""Adding later what a signature could not get: a time stamp over the document, the lists.

A released document never changes: the completed file is the final one with one more revision, kept
beside it, and a copy of either is genuine. Nothing is signed here, no key is needed.
"""

from __future__ import annotations

import io
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore

from .. import files
from ..errors import DocumentRefused
from ..issuing.reservation import locked
from ..models import AnnexFile, FileRow, Stage, State, StoredFile
from ..verification import signatures
from ..verification.changes import only_signatures_since
from ..verification.signatures import NO_STAMP
from . import evidence, revocation
from .revocation import GOOD


def incomplete() -> list[FileRow]:
    """The final files of released documents, then of their annexes, whose signatures lack
    something, oldest first."""
    annexes = AnnexFile.objects.filter(document__state=State.RELEASED, stage=Stage.SEALED).exclude(
        lacks=""
    )
    return [*_documents(), *(row for row in annexes.order_by("pk") if not _completed_before(row))]


def _completed_before(row: FileRow) -> bool:
    return Stage.COMPLETED in files.by_stage(row.document, row.ordinal)


def _documents() -> list[StoredFile]:
    released = StoredFile.objects.filter(document__state=State.RELEASED, stage__in=_FINAL)
    lacking = released.exclude(lacks="").exclude(document__files__stage=Stage.COMPLETED)
    rows = list(lacking.select_related("document").order_by("pk"))
    sealed = {row.document_id for row in rows if row.stage == Stage.SEALED}
    # What the signature lacks is asked of the file with the seal, where there is one.
    return [row for row in rows if row.stage == Stage.SEALED or row.document_id not in sealed]


_FINAL = (Stage.SEALED, Stage.COUNTERSIGNED, Stage.SIGNED)


def complete(stored: FileRow) -> FileRow:
    """Keep the completed file of a released document, or of an annex of it.

    Raises :class:`DocumentRefused`: the time-stamp authority or a list is still out of reach, or
    the result would not pass our own verification.
    """
    document, kept = stored.document, files.by_stage(stored.document, stored.ordinal)
    final = next(kept[stage] for stage in _FINAL if stage in kept)
    data = files.read(final)
    needs_stamp = any(NO_STAMP in item.lacks.split() for item in kept.values())
    completed = _completed(data, needs_stamp=needs_stamp)
    _refuse_unsound(kept[Stage.PREPARED], data, completed)
    with transaction.atomic():
        row = locked(document)
        return files.keep(row, Stage.COMPLETED, completed, ordinal=stored.ordinal)


def _completed(data: bytes, *, needs_stamp: bool) -> bytes:
    reader = signatures.open_pdf(data)
    stamper = evidence.stamper() if needs_stamp else None
    if needs_stamp and stamper is None:
        raise DocumentRefused(_("Chưa kết nối được nơi cấp dấu thời gian."))
    used = _certificates(reader, stamper)
    revocation.refresh(used)
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None,
        certs=used,
        crls=revocation.relevant(revocation.at_hand(), used),
        embed_roots=False,
    )
    if stamper is None:
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()
    try:
        stamped: bytes = PdfTimeStamper(stamper).timestamp_pdf(writer, "sha256").getvalue()
    except evidence.TROUBLE as error:
        evidence.gone()
        raise DocumentRefused(_("Chưa kết nối được nơi cấp dấu thời gian.")) from error
    return stamped


def _certificates(reader: Any, stamper: Any) -> list[Any]:
    found = list(stamper.cert_registry) if stamper is not None else []
    for embedded in reader.embedded_regular_signatures:
        found += [embedded.signer_cert, *embedded.other_embedded_certs]
    return found


def _refuse_unsound(base: FileRow, data: bytes, completed: bytes) -> None:
    """The added revision must be what verification lets pass, and it must be worth it."""
    reader = signatures.open_pdf(completed)
    prepared, document = files.read(base), base.document
    if not completed.startswith(data) or not only_signatures_since(prepared, reader, completed):
        raise DocumentRefused(_("Tệp này không bổ sung được mà không động đến chữ ký."))
    found = signatures.read_all(reader, lambda _name: document.issued or timezone.now())
    if not all(item.holds for item in found):
        raise DocumentRefused(_("Sau khi bổ sung, chữ ký không còn hợp lệ: giữ nguyên tệp cũ."))
    if not all(item.stamp and item.revocation == GOOD for item in found):
        raise DocumentRefused(_("Chưa tải được danh sách chứng thư bị thu hồi."))

"""Is this file the document we issued? The verdict, check by check, in sentences.

Two independent defences are reported apart: the signatures (hold for anybody, even without our
database) and the SHA-256 of the stored file (catches what no signature covers, such as the padding
of a signature's own bytes).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _

from .. import files
from ..annexes import cited_annex
from ..models import Document, FileRow, Medium
from ..public import ordinal_in, token_in
from ..rendering.pdf import SIGNER_FIELD
from . import signatures
from .case import CONTENT_PREFIX, Case, signed_at
from .origins import origins_of
from .questions import NOT_SIGNED_HERE, checks, digest_sentence, recorded_as, unsigned_here
from .reader import Reader
from .saying import notes_of, told_of, why_unread
from .standing import originals_stand, standing_of
from .verdict import Check, Verdict


def verify(data: bytes) -> Verdict:
    """The verdict on the bytes of a file. Reads only; never fetches anything; never raises for
    the file's sake."""
    sha256 = files.sha256_of(data)
    same = next(iter(files.known([sha256])), None)
    try:
        reader = signatures.open_pdf(data)
    except signatures.Unreadable as error:
        return _unreadable(sha256, same, why_unread(data, error))
    document, ordinal = _claimed(same, reader, data)
    found = signatures.read_all(reader, _moments(document, ordinal))
    case = Case(data, sha256, reader, document, {item.field: item for item in found}, ordinal)
    return Verdict(
        sha256=sha256,
        checks=list(checks(case)),
        reference=document.reference if document else "",
        annex=cited_annex(document, ordinal) if document and ordinal else "",
        document_id=document.pk if document else None,
        recorded_as=recorded_as(case),
        signatures=found,
        notes=_notes(case),
    )


def _claimed(same: FileRow | None, reader: Reader, data: bytes) -> tuple[Document | None, int]:
    """The document a file is, names, or was made from; and which annex of it, 0 for none."""
    if same is not None:
        return same.document, same.ordinal
    named = {token_in(address): address for address in signatures.addresses(reader)}
    document = Document.objects.filter(token__in=filter(None, named)).first()
    if document is not None:
        return document, _apart(document, ordinal_in(named[document.token]))
    origin = next(iter(origins_of(data)), None)
    return (origin.document, origin.ordinal) if origin else (None, 0)


def _apart(document: Document, ordinal: int) -> int:
    """Whoever writes an address may name an annex that is none."""
    return ordinal if files.by_stage(document, ordinal) else 0


def _moments(document: Document | None, ordinal: int) -> Callable[[str], datetime.datetime]:
    """When the certificate of a field must have been valid: when we stored it, else now."""
    return signed_at(document, ordinal) if document else lambda _name: timezone.now()


def _unreadable(sha256: str, same: FileRow | None, why: str) -> Verdict:
    """Not a PDF: at most the scan of a paper document, which proves nothing by itself."""
    known = same.document if same else None
    answers = [
        Check("readable", False, why),
        Check("digest", known is not None, digest_sentence(known is not None)),
    ]
    if known and known.medium == Medium.ELSEWHERE:
        answers.append(unsigned_here())
    if known:
        answers += [standing_of(known), *originals_stand(known)]
    return Verdict(
        sha256=sha256,
        readable=same is not None,
        reference=known.reference if known else "",
        document_id=known.pk if known else None,
        recorded_as=str(known.medium) if known and known.medium in NOT_SIGNED_HERE else "",
        checks=answers,
    )


def _notes(case: Case) -> list[str]:
    """Of each signature: its time and by whose word, and whether a list was there to ask."""
    if recorded_as(case):
        return [note for item in case.found.values() for note in told_of(item)]
    signer = case.found.get(SIGNER_FIELD)
    outside = bool(case.document and signer and not signer.reason.startswith(CONTENT_PREFIX))
    return [
        *([_("Người ký dùng công cụ ký số riêng, trên bản do hệ thống dựng.")] if outside else []),
        *(note for item in case.found.values() for note in notes_of(item)),
    ]

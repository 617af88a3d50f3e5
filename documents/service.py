"""The public door of the documents app: anything else in it is private.

A numbered document goes ``reserved -> prepared -> signed -> sealed -> released`` or ``void``.
Electronically (number and signature in one act, Decree 30/2020, Điều 15.3), around the caller's
two transactions::

    with atomic(): document = reserve(...)         # number and date, committed
    data = sign(document, ...)                     # renders and signs, no transaction
    with atomic(): store_signed(document, data=data, ...)
    sealed = sealed_bytes(document, ...)           # no transaction
    with atomic(): store_sealed(document, sealed); release(document)

Annexes in files of their own (``with_annexes_apart``, before the reservation) are signed by the
agency with the seal: ``sealed_annexes``, handed to ``store_sealed``.
Minutes are signed by their secretary too, between the chair's signature and the seal:
``countersign``, then ``store_countersigned``.

A signer with a tool of his own signs what ``prepare`` gave: ``judge_outside``,
``store_signed_outside``, ``store_countersigned_outside``, ``store_sealed_outside``; his certificate
is known by ``enrol_certificate``. What the office issues in its own system leaves as ``handed_out``
and comes back through ``compare`` and ``record_uploaded``.

On paper: ``blank_print``, then ``sign_paper``, ``seal_paper``, ``release``. What another system or
an earlier office issued is written down as released: ``record_elsewhere``. What a released document
does to another (amends, replaces, corrects, recalls): ``relate``. A copy (sao y, sao lục, trích
sao) is made as ``ways_to_copy`` says: on paper by ``sign_paper``, electronically by ``seal_copy``
(with a tool of the agency's own: ``copy_to_seal``, ``sealed_outside``) and ``store_copy``.
Functions that move a document lock it, and return the fresh row. Refusals are
:class:`~documents.errors.DocumentRefused` with a sentence for the user.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from .annexes import Apart, annexes_apart, cited_annex, with_annexes_apart
from .errors import AttemptLost, DocumentRefused, FileDamaged, NumberTaken, SigningRefused
from .files import sha256_of as sha256
from .issuing.annexes import SealedAnnex, annex_download, annex_file, sealed_annexes
from .issuing.copies import (
    SealedCopy,
    Way,
    copied_text,
    parts_of,
    preview_copy,
    seal_copy,
    store_copy,
    ways_to_copy,
)
from .issuing.copies_outside import copy_to_seal, sealed_outside
from .issuing.countersigning import countersign, store_countersigned
from .issuing.edxml import Envelope, edxml
from .issuing.electronic import prepare, sealed_bytes, sign, store_sealed, store_signed
from .issuing.elsewhere import record_elsewhere
from .issuing.free_text import LONGEST as LONGEST_TEXT
from .issuing.free_text import (
    Zone,
    changed_zones,
    free_text,
    reworded,
    unprintable,
    with_free_text,
)
from .issuing.on_paper import (
    LARGEST_SCAN,
    add_scan,
    blank_print,
    refuse_bad_scan,
    seal_paper,
    sign_paper,
)
from .issuing.outside import (
    judge_outside,
    store_countersigned_outside,
    store_sealed_outside,
    store_signed_outside,
)
from .issuing.reading import (
    Download,
    download,
    draft_docx,
    file_of,
    page_count,
    page_images,
    preview,
    reference_of,
)
from .issuing.relations import (
    around,
    cited,
    ended_by,
    originals_of,
    refuse_ended,
    relate,
    relate_all,
    told,
    undergone_by,
)
from .issuing.reservation import Signer, ensure_issuer, ensure_series, locked, record, reserve, void
from .issuing.scanned_pages import keep_pages, printed_pages, scanned_pages
from .issuing.scans import keep_scan, read_scan
from .issuing.uploaded import handed_out, record_uploaded, refuse_bad_upload, token_of
from .models import Document, Purpose, Series, SigningKey, State
from .public import public_url
from .registry.numbering import claim, joint_symbol, order_warnings, symbol_in
from .rendering.blank import blank_form, printed
from .rendering.issue import page_name
from .rendering.pdf import warm
from .signing import keys
from .signing.certificates import certificate_of, enrol_certificate, signs_only_outside
from .signing.demo_ca import issue_demo_key, make_demo_ca
from .signing.keys import active_key as key_of
from .signing.keys import enrol_token, import_archive
from .signing.pictures import keep as keep_picture
from .signing.signer import LoadedSigner
from .signing.tokens import Found
from .signing.tokens import certificates as token_certificates
from .verification.anchors import Anchored, anchored_files, anchors
from .verification.signatures import made_elsewhere
from .verification.texts import Comparison, Difference, carried, compare, missing_words
from .verification.verdict import Check, Verdict
from .verification.verify import verify
from .words import annex_heading

__all__ = [
    "LARGEST_SCAN",
    "LONGEST_TEXT",
    "Anchored",
    "Apart",
    "AttemptLost",
    "Check",
    "Comparison",
    "Difference",
    "DocumentRefused",
    "Download",
    "Envelope",
    "FileDamaged",
    "Found",
    "LoadedSigner",
    "NumberTaken",
    "Purpose",
    "SealedAnnex",
    "SealedCopy",
    "Signer",
    "SigningRefused",
    "Verdict",
    "Way",
    "Zone",
    "add_scan",
    "anchored_files",
    "anchors",
    "annex_download",
    "annex_file",
    "annex_heading",
    "annexes_apart",
    "around",
    "blank_form",
    "blank_print",
    "carried",
    "certificate_of",
    "changed_zones",
    "check_key",
    "check_number",
    "cited",
    "cited_annex",
    "compare",
    "copied_text",
    "copy_to_seal",
    "countersign",
    "download",
    "draft_docx",
    "edxml",
    "ended_by",
    "enrol_certificate",
    "enrol_token",
    "ensure_issuer",
    "ensure_series",
    "file_of",
    "free_text",
    "handed_out",
    "has_key",
    "have_keys",
    "import_archive",
    "issue_demo_key",
    "joint_symbol",
    "judge_outside",
    "keep_pages",
    "keep_picture",
    "keep_scan",
    "key_of",
    "made_elsewhere",
    "make_demo_ca",
    "missing_words",
    "order_warnings",
    "originals_of",
    "page_count",
    "page_images",
    "page_name",
    "parts_of",
    "prepare",
    "preview",
    "preview_copy",
    "printed",
    "printed_pages",
    "public_url",
    "read_scan",
    "record",
    "record_elsewhere",
    "record_uploaded",
    "reference_of",
    "refuse_bad_scan",
    "refuse_bad_upload",
    "refuse_ended",
    "relate",
    "relate_all",
    "release",
    "reserve",
    "reworded",
    "scanned_pages",
    "seal_copy",
    "seal_paper",
    "sealed_annexes",
    "sealed_bytes",
    "sealed_outside",
    "sha256",
    "sign",
    "sign_paper",
    "signs_only_outside",
    "store_copy",
    "store_countersigned",
    "store_countersigned_outside",
    "store_sealed",
    "store_sealed_outside",
    "store_signed",
    "store_signed_outside",
    "symbol_in",
    "token_certificates",
    "token_of",
    "told",
    "undergone_by",
    "unprintable",
    "verify",
    "void",
    "warm",
    "ways_to_copy",
    "with_annexes_apart",
    "with_free_text",
]


@sensitive_variables()
def check_key(owner_key: str, purpose: Purpose | str, passphrase: str) -> LoadedSigner:
    """Refuse a missing key, a wrong passphrase or PIN, an absent token before anything is begun;
    give the key back opened, for :func:`sign`.

    Raises :class:`~documents.errors.SigningRefused`.
    """
    return keys.try_out(keys.active_key(owner_key, Purpose(purpose)), passphrase)


def check_number(series: Series, date: datetime.date, number: int) -> None:
    """Refuse a typed number that cannot be used, where it is typed rather than at the signature.

    Raises :class:`~documents.errors.NumberTaken`, :class:`~documents.errors.DocumentRefused`.
    """
    claim(series, date.year, number)


def has_key(owner_key: str, purpose: Purpose | str) -> bool:
    """Whether an owner can sign with a key of his own, software or token, now."""
    return SigningKey.objects.filter(
        owner_key=owner_key, purpose=purpose, active=True, not_after__gt=timezone.now()
    ).exists()


def have_keys(owner_keys: Collection[str]) -> set[str]:
    """Those of the owners who can sign with a key of their own now: one query."""
    usable = SigningKey.objects.filter(
        owner_key__in=owner_keys, purpose=Purpose.SIGNER, active=True, not_after__gt=timezone.now()
    )
    return set(usable.values_list("owner_key", flat=True))


def release(document: Document) -> Document:
    """Put a document into force (Decree 30/2020, Điều 18.1); from then on it never changes.

    Call inside the caller's transaction. A kind that carries a seal must have it. Returns the
    fresh row.
    """
    row = locked(document)
    if row.state != State.SEALED and not row.all_signed:
        raise DocumentRefused(_("Chỉ phát hành văn bản đã ký."))
    if row.state != State.SEALED and row.needs_seal:
        raise DocumentRefused(_("Văn bản này chưa đóng dấu."))
    row.release(timezone.now())
    row.save()
    return row

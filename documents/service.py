"""The public door of the documents app: anything else in it is private.

A numbered document goes ``reserved -> prepared -> signed -> sealed -> released`` or ``void``.
Electronically (number and signature in one act, Decree 30/2020, Điều 15.3), around the caller's
two transactions::

    with atomic(): document = reserve(...)         # number and date, committed
    data = sign(document, ...)                     # renders and signs, no transaction
    with atomic(): store_signed(document, data=data, ...)
    sealed = sealed_bytes(document, ...)           # no transaction
    with atomic(): store_sealed(document, sealed); release(document)

On paper: ``blank_print``, then ``sign_paper``, ``seal_paper``, ``release``. What another system or
an earlier office issued is written down as released: ``record_elsewhere``. What a released document
does to another (amends, replaces, corrects, recalls): ``relate``. Functions that move a
document lock it, and return the fresh row. Refusals are
:class:`~documents.errors.DocumentRefused` with a sentence for the user.
"""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from . import keys
from .anchors import Anchored, anchored_files, anchors
from .blank import blank_form
from .demo_ca import issue_demo_key, make_demo_ca
from .electronic import prepare, sealed_bytes, sign, store_sealed, store_signed
from .elsewhere import record_elsewhere
from .errors import AttemptLost, DocumentRefused, FileDamaged, NumberTaken, SigningRefused
from .files import sha256_of as sha256
from .keys import active_key as key_of
from .keys import enrol_token, import_archive
from .models import Document, Purpose, Series, SigningKey, State
from .numbering import claim, order_warnings
from .on_paper import add_scan, blank_print, refuse_bad_scan, seal_paper, sign_paper
from .pictures import keep as keep_picture
from .public import public_url
from .reading import Download, download, file_of, page_images, preview, reference_of
from .relations import around, ended_by, refuse_ended, relate, relate_all, told, undergone_by
from .reservation import Signer, ensure_issuer, ensure_series, locked, record, reserve, void
from .scans import keep_scan, read_scan
from .tokens import Found
from .tokens import certificates as token_certificates
from .verdict import Check, Verdict
from .verify import verify

__all__ = [
    "Anchored",
    "AttemptLost",
    "Check",
    "DocumentRefused",
    "Download",
    "FileDamaged",
    "Found",
    "NumberTaken",
    "Purpose",
    "Signer",
    "SigningRefused",
    "Verdict",
    "add_scan",
    "anchored_files",
    "anchors",
    "around",
    "blank_form",
    "blank_print",
    "check_key",
    "check_number",
    "download",
    "ended_by",
    "enrol_token",
    "ensure_issuer",
    "ensure_series",
    "file_of",
    "has_key",
    "import_archive",
    "issue_demo_key",
    "keep_picture",
    "keep_scan",
    "key_of",
    "make_demo_ca",
    "order_warnings",
    "page_images",
    "prepare",
    "preview",
    "public_url",
    "read_scan",
    "record",
    "record_elsewhere",
    "reference_of",
    "refuse_bad_scan",
    "refuse_ended",
    "relate",
    "relate_all",
    "release",
    "reserve",
    "seal_paper",
    "sealed_bytes",
    "sha256",
    "sign",
    "sign_paper",
    "store_sealed",
    "store_signed",
    "token_certificates",
    "told",
    "undergone_by",
    "verify",
    "void",
]


@sensitive_variables()
def check_key(owner_key: str, purpose: Purpose | str, passphrase: str) -> None:
    """Refuse a missing key, a wrong passphrase or PIN, an absent token before anything is begun.

    Raises :class:`~documents.errors.SigningRefused`.
    """
    keys.try_out(keys.active_key(owner_key, Purpose(purpose)), passphrase)


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


def release(document: Document) -> Document:
    """Put a document into force (Decree 30/2020, Điều 18.1); from then on it never changes.

    Call inside the caller's transaction. A kind that carries a seal must have it. Returns the
    fresh row.
    """
    row = locked(document)
    if row.state not in (State.SIGNED, State.SEALED):
        raise DocumentRefused(_("Chỉ phát hành văn bản đã ký."))
    if row.state == State.SIGNED and row.needs_seal:
        raise DocumentRefused(_("Văn bản này chưa đóng dấu."))
    row.release(timezone.now())
    row.save()
    return row

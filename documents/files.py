"""Files of documents, stored under their own SHA-256 and checked on every reading.

A content address needs no lock: two writers of the same bytes write the same file. The storage is
Django's default one (a private folder, never served by URL).
"""

from __future__ import annotations

import datetime
import hashlib
import os
from collections.abc import Collection

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from .errors import FileDamaged
from .models import AnnexFile, Document, FileRow, Stage, StoredFile

_TYPES = ((b"%PDF-", "pdf"), (b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"))
_MEDIA = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def extension_of(data: bytes) -> str:
    """``"pdf"``, ``"jpg"`` or ``"png"`` by the first bytes; empty for anything else."""
    return next((name for magic, name in _TYPES if data.startswith(magic)), "")


def media_type_of(data: bytes) -> str:
    """The MIME type by the first bytes."""
    return _MEDIA.get(extension_of(data), "application/octet-stream")


def keep(
    document: Document,
    stage: Stage,
    data: bytes,
    *,
    lacks: str = "",
    ordinal: int = 0,
    created: datetime.datetime | None = None,
) -> FileRow:
    """Store ``data`` as that stage of the document, or of the annex ``ordinal``; call inside a
    transaction. ``lacks`` names what its signature should have and could not get.

    The bytes are on disk before the row can be committed; a rolled back row leaves a file that
    nothing points to, which is harmless.
    """
    digest = sha256_of(data)
    name = _written(f"documents/{digest[:2]}/{digest}.{extension_of(data)}", data, digest)
    row: FileRow = AnnexFile(ordinal=ordinal) if ordinal else StoredFile()
    row.document, row.stage, row.lacks = document, stage, lacks
    row.file, row.sha256, row.size = name, digest, len(data)
    row.created = created or timezone.now()
    row.save(force_insert=True)
    return row


def by_stage(document: Document, ordinal: int = 0) -> dict[str, FileRow]:
    """The files of a document, or of one of its annexes, by their stage; none of a copy that is
    signed before it is a document."""
    if document.pk is None:
        return {}
    if not ordinal:
        return {item.stage: item for item in document.files.all()}
    return {item.stage: item for item in document.annex_files.all() if item.ordinal == ordinal}


def known(sha256s: Collection[str]) -> list[FileRow]:
    """The stored files with one of these digests, a document's own before those of annexes."""
    kinds: tuple[type[FileRow], ...] = (StoredFile, AnnexFile)
    return [
        row
        for kind in kinds
        for row in kind.objects.filter(sha256__in=sha256s)
        .select_related("document__issuer")
        .order_by("pk")
    ]


def read(stored: FileRow) -> bytes:
    """The bytes; :class:`FileDamaged` when they are gone or no longer the ones stored."""
    try:
        with stored.file.open("rb") as file:
            data: bytes = file.read()
    except OSError as error:
        raise FileDamaged(_("Không đọc được tệp lưu trữ của văn bản này.")) from error
    if sha256_of(data) != stored.sha256:
        raise FileDamaged(_("Tệp lưu trữ đã bị thay đổi: SHA-256 không còn khớp."))
    return data


def keep_scan(data: bytes) -> str:
    """Store a scan that belongs to no document; its name carries its SHA-256."""
    digest = sha256_of(data)
    return _written(f"scans/{digest[:2]}/{digest}.{extension_of(data)}", data, digest)


def read_scan(name: str) -> bytes:
    """The bytes kept under ``name``; :class:`FileDamaged` when they are gone or changed."""
    try:
        with default_storage.open(name) as file:
            data: bytes = file.read()
    except OSError as error:
        raise FileDamaged(_("Không đọc được tệp lưu trữ này.")) from error
    if sha256_of(data) != os.path.basename(name).partition(".")[0]:
        raise FileDamaged(_("Tệp lưu trữ đã bị thay đổi: SHA-256 không còn khớp."))
    return data


def _written(name: str, data: bytes, digest: str) -> str:
    if default_storage.exists(name):
        with default_storage.open(name) as file:
            if sha256_of(file.read()) == digest:
                return name
        # A writer killed half way leaves a torn file under this name.
        default_storage.delete(name)
    saved = default_storage.save(name, ContentFile(data))
    _flush(saved)
    return saved


def _flush(name: str) -> None:
    """Force the file to disk where the storage is a folder: the database row is durable too."""
    try:
        path = default_storage.path(name)
    except NotImplementedError:
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

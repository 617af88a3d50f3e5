"""Scans that are no document of ours: what came in on paper and was photographed."""

from __future__ import annotations

from .. import files
from .on_paper import refuse_bad_scan
from .reading import Download


def keep_scan(scan: bytes) -> str:
    """Store a PDF, JPEG or PNG under its own SHA-256; the name by which it is read again.

    Raises :class:`~documents.errors.DocumentRefused` for what is no scan, or too large.
    """
    refuse_bad_scan(scan)
    return files.keep_scan(scan)


def read_scan(name: str) -> Download:
    """The scan kept under ``name``; :class:`~documents.errors.FileDamaged` when it changed."""
    data = files.read_scan(name)
    return Download(
        data=data,
        name=name.rpartition("/")[2],
        media_type=files.media_type_of(data),
        sha256=files.sha256_of(data),
    )

"""Files on their way in: kept between the page that shows them and the page that confirms them.

Each agency has a folder of its own, and a file lies there under its own SHA-256: who is sent the
address of another commune's file finds nothing. Nothing stays longer than a day, for a list that
was never confirmed names people for no purpose.
"""

from __future__ import annotations

import datetime
import hashlib
import re

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404
from django.utils import timezone

from workflows.models import Agency

_KEPT = datetime.timedelta(days=1)
_DIGEST = re.compile(r"[0-9a-f]{64}")


def keep(agency: Agency, data: bytes) -> str:
    """Store a file for its agency; returns its SHA-256. Files of yesterday are dropped."""
    _drop_old(agency)
    digest = hashlib.sha256(data).hexdigest()
    # Written anew each time: a writer killed half way leaves a torn file under this name.
    drop(agency, digest)
    default_storage.save(_name(agency, digest), ContentFile(data))
    return digest


def opened(agency: Agency, digest: str) -> bytes:
    """The bytes stored under a digest; :class:`Http404` when this agency has no such file."""
    name = _name(agency, digest)
    if not _DIGEST.fullmatch(digest) or not default_storage.exists(name):
        raise Http404
    with default_storage.open(name) as file:
        data: bytes = file.read()
    if hashlib.sha256(data).hexdigest() != digest:
        raise Http404
    return data


def drop(agency: Agency, digest: str) -> None:
    """Forget a file; it is no fault when it is gone already."""
    default_storage.delete(_name(agency, digest))


def _name(agency: Agency, digest: str) -> str:
    return f"{_folder(agency)}/{digest}"


def _folder(agency: Agency) -> str:
    return f"uploads/{agency.pk}"


def _drop_old(agency: Agency) -> None:
    try:
        _folders, names = default_storage.listdir(_folder(agency))
    except FileNotFoundError:
        return
    for name in names:
        if default_storage.get_modified_time(_name(agency, name)) < timezone.now() - _KEPT:
            drop(agency, name)

"""One case as a file that anybody can check without us: ``scripts/verify_case.py``.

``case.json`` says what the case is and which documents it has, ``ledger.json`` is its part of the
ledger (:mod:`workflows.excerpt`), ``van-ban/`` holds the documents as issued.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from documents import service as documents
from documents.errors import DocumentRefused
from documents.models import Document, Medium
from documents.rendering.pdf import SEAL_FIELD, SIGNER_FIELD
from workflows.excerpt import excerpt

from ..models import Dossier
from .bundles import stem

FORMAT = 1
_FOLDER = "van-ban"


def export(dossier: Dossier) -> bytes:
    """The ZIP of one case. Call outside any transaction: it may render."""
    files = dict(_files(dossier))
    told = [_told(document, name, data) for name, (document, data) in files.items()]
    ledger = excerpt(dossier, _anchored(dossier))
    case = {
        "format": FORMAT,
        "exported": timezone.localtime().isoformat(timespec="seconds"),
        "agency": {"code": dossier.agency.code, "name": dossier.agency.name},
        "record": {
            "type": dossier._meta.label_lower,
            "id": dossier.pk,
            "title": dossier.title,
            "state": dossier.state,
            "revision": dossier.revision,
        },
        "ledger": {name: ledger[name] for name in ("first", "last", "head")},
        "documents": told,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("case.json", _json(case))
        archive.writestr("ledger.json", _json(ledger))
        for name, (_document, data) in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _files(dossier: Dossier) -> Iterator[tuple[str, tuple[Document, bytes]]]:
    taken: set[str] = set()
    for document in (dossier.proposal, dossier.submission, dossier.decision):
        # A number taken for a signature still to come is no paper yet.
        if document is None or document.state in ("reserved", "prepared"):
            continue
        try:
            file = documents.download(document)
        except DocumentRefused:
            continue
        name = f"{_FOLDER}/{stem(document)}.{file.name.rpartition('.')[2]}"
        name = name if name not in taken else f"{_FOLDER}/{document.pk}-{name.rpartition('/')[2]}"
        taken.add(name)
        yield name, (document, file.data)


def _told(document: Document, name: str, data: bytes) -> dict[str, Any]:
    """What ``case.json`` says of a document; ``signatures`` are those the file must have."""
    return {
        "file": name,
        "sha256": documents.sha256(data),
        "kind": document.kind,
        "name": document.name,
        "reference": document.reference,
        "date": document.date.isoformat() if document.date else "",
        "state": document.state,
        "medium": document.medium,
        "signer": document.signer_name,
        "content": document.content_digest,
        "signatures": _signed_by(document),
    }


def _signed_by(document: Document) -> list[str]:
    if document.medium != Medium.ELECTRONIC or document.issued is None:
        return []
    sealed = document.files.filter(stage="sealed").exists()
    return [SIGNER_FIELD, SEAL_FIELD] if sealed else [SIGNER_FIELD]


def _anchored(dossier: Dossier) -> int:
    """How far the ledger went when the decision was sealed."""
    decision = dossier.decision
    found = documents.anchors(decision) if decision else []
    lengths = [text.split("/")[1] for text in found if text.count("/") == 2]
    return max((int(length) for length in lengths if length.isdecimal()), default=0)

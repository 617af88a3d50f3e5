"""One case as a file that anybody can check without us: ``scripts/verify_case.py``.

``case.json`` says what the case is and which documents it has (and of each that has no file here
or a damaged one, why), ``ledger.json`` is its part of the
ledger (:mod:`workflows.excerpt`), ``van-ban/`` holds the documents as issued.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from documents import service as documents
from documents.errors import DocumentRefused, FileDamaged
from documents.models import Document, Medium
from documents.rendering.pdf import SEAL_FIELD, SECRETARY_FIELD, SIGNER_FIELD
from workflows.excerpt import excerpt

from ..models import Dossier
from .bundles import file_of, stem

FORMAT = 1
_FOLDER = "van-ban"


@dataclass(frozen=True)
class Export:
    """The ZIP of a case, and what it lacks: "05/QĐ-UBND: Tệp lưu trữ đã bị thay đổi…"."""

    data: bytes
    missing: list[str]


def export(dossier: Dossier) -> Export:
    """One case taken out. Call outside any transaction: it may render."""
    papers = list(_papers(dossier))
    told = [_told(paper) for paper in papers]
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
        for paper in papers:
            if paper.name:
                archive.writestr(paper.name, paper.data)
    lacking = (paper for paper in papers if paper.missing)
    missing = [f"{_called(paper)}: {paper.missing}" for paper in lacking]
    return Export(out.getvalue(), missing)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True)
class Paper:
    """A document of the case, or an annex of it apart: its file, or why there is none; ``damaged``
    if there should be."""

    document: Document
    annex: documents.Apart | None = None
    name: str = ""
    data: bytes = b""
    missing: str = ""
    damaged: bool = False


def _papers(dossier: Dossier) -> Iterator[Paper]:
    taken: set[str] = set()
    for document in (dossier.proposal, dossier.submission, dossier.decision):
        # A number taken for a signature still to come is no paper yet.
        if document is None or document.state in ("reserved", "prepared"):
            continue
        for annex in (None, *documents.annexes_apart(document)):
            yield _paper(document, annex, taken)


def _paper(document: Document, annex: documents.Apart | None, taken: set[str]) -> Paper:
    try:
        file = file_of(document, annex)
    except DocumentRefused as refused:
        damaged = isinstance(refused, FileDamaged)
        return Paper(document, annex, missing=refused.sentence, damaged=damaged)
    name = f"{_FOLDER}/{stem(document, annex)}.{file.name.rpartition('.')[2]}"
    name = name if name not in taken else f"{_FOLDER}/{document.pk}-{name.rpartition('/')[2]}"
    taken.add(name)
    return Paper(document, annex, name, file.data)


def _called(paper: Paper) -> str:
    if paper.annex:
        return documents.cited_annex(paper.document, paper.annex.ordinal)
    return paper.document.reference or paper.document.name


def _told(paper: Paper) -> dict[str, Any]:
    """What ``case.json`` says of a document; ``signatures`` are those the file must have, and
    ``outside`` those of them made with a tool of the signer's own, which name nothing of ours;
    ``annex`` is which annex of the document the file is, 0 for the document itself."""
    document, annex = paper.document, paper.annex
    return {
        "file": paper.name,
        "sha256": documents.sha256(paper.data) if paper.name else "",
        "missing": paper.missing,
        "damaged": paper.damaged,
        "kind": document.kind,
        "name": f"{annex.name} của {document.name}" if annex else document.name,
        "annex": annex.ordinal if annex else 0,
        "reference": document.reference,
        "date": document.date.isoformat() if document.date else "",
        "state": document.state,
        "medium": document.medium,
        "signer": document.signer_name,
        **({"secretary": document.secretary_name} if document.secretary_key else {}),
        "content": document.content_digest,
        "signatures": (signed := _signed_by(document, annex)),
        "outside": _outside(paper) if signed else [],
    }


def _signed_by(document: Document, annex: documents.Apart | None) -> list[str]:
    if document.medium != Medium.ELECTRONIC or document.issued is None:
        return []
    stages = set(document.files.values_list("stage", flat=True))
    seal = [SEAL_FIELD] if "sealed" in stages else []
    # Minutes need both signatures from the moment their chair has signed.
    second = [SECRETARY_FIELD] if document.secretary_key else []
    return seal if annex else [SIGNER_FIELD, *second, *seal]


def _outside(paper: Paper) -> list[str]:
    return documents.made_elsewhere(paper.data, paper.document.token) if paper.name else []


def _anchored(dossier: Dossier) -> int:
    """How far the ledger went when the decision was sealed."""
    decision = dossier.decision
    found = documents.anchors(decision) if decision else []
    lengths = [text.split("/")[1] for text in found if text.count("/") == 2]
    return max((int(length) for length in lengths if length.isdecimal()), default=0)

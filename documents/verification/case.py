"""A file under examination, and the document it claims to be."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from ..models import Document, Stage, StoredFile
from ..rendering import pdf
from .reader import Reader
from .signatures import Signature

# Best first: what "the file" of a document is.
FINAL_STAGES = (
    Stage.COMPLETED, Stage.SEALED, Stage.COUNTERSIGNED, Stage.SIGNED, Stage.UPLOADED, Stage.SCAN,
    Stage.PREPARED,
)  # fmt: skip
# Before the digest of the content, in the signer's statement.
CONTENT_PREFIX = "SHA-256 nội dung: "


@dataclass(frozen=True)
class Case:
    """What is examined: the bytes, what they contain, and the document they claim to be."""

    data: bytes
    sha256: str
    reader: Reader
    document: Document | None
    found: dict[str, Signature]

    def stored(self, *stages: Stage) -> StoredFile | None:
        """The first stage that the document has a file of."""
        if self.document is None:
            return None
        by_stage = {item.stage: item for item in self.document.files.all()}
        return next((by_stage[stage] for stage in stages if stage in by_stage), None)


def final_file(document: Document) -> StoredFile | None:
    """The file a document stands by: sealed, else signed, else scan, else our rendering."""
    by_stage = {item.stage: item for item in document.files.all()}
    return next((by_stage[stage] for stage in FINAL_STAGES if stage in by_stage), None)


def signed_at(document: Document) -> Callable[[str], datetime.datetime]:
    """As of when a signature without a time stamp is judged: as of the act that brought it, a new
    one as of now. Our own record of that time stands in for a stamp; the signer's clock proves
    nothing."""
    kept = {file.stage: file.created for file in document.files.all()}
    known = {
        pdf.SIGNER_FIELD: document.issued,
        pdf.SECRETARY_FIELD: kept.get(Stage.COUNTERSIGNED),
        pdf.SEAL_FIELD: kept.get(Stage.SEALED),
    }
    return lambda name: known.get(name) or timezone.now()

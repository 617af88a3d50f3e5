"""A file under examination, and the document it claims to be."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from .. import files
from ..models import Document, FileRow, Stage
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
    """What is examined: the bytes, what they contain, and the document they claim to be; with an
    ``ordinal``, which of its annexes in a file of its own."""

    data: bytes
    sha256: str
    reader: Reader
    document: Document | None
    found: dict[str, Signature]
    ordinal: int = 0

    @property
    def files(self) -> dict[str, FileRow]:
        """Those kept of what the file claims to be, by their stage."""
        return files.by_stage(self.document, self.ordinal) if self.document else {}

    def stored(self, *stages: Stage) -> FileRow | None:
        """The first stage that there is a file of."""
        by_stage = self.files
        return next((by_stage[stage] for stage in stages if stage in by_stage), None)


def final_file(document: Document, ordinal: int = 0) -> FileRow | None:
    """The file a document, or one of its annexes, stands by: sealed, else signed, else scan, else
    our rendering."""
    by_stage = files.by_stage(document, ordinal)
    return next((by_stage[stage] for stage in FINAL_STAGES if stage in by_stage), None)


def signed_at(document: Document, ordinal: int = 0) -> Callable[[str], datetime.datetime]:
    """As of when a signature without a time stamp is judged: as of the act that brought it, a new
    one as of now. Our own record of that time stands in for a stamp; the signer's clock proves
    nothing."""
    kept = {stage: file.created for stage, file in files.by_stage(document, ordinal).items()}
    known = {
        pdf.SIGNER_FIELD: document.issued,
        pdf.SECRETARY_FIELD: kept.get(Stage.COUNTERSIGNED),
        pdf.SEAL_FIELD: kept.get(Stage.SEALED),
    }
    return lambda name: known.get(name) or timezone.now()

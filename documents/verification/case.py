"""A file under examination, and the document it claims to be."""

from __future__ import annotations

from dataclasses import dataclass

from ..models import Document, Stage, StoredFile
from .reader import Reader
from .signatures import Signature

# Best first: what "the file" of a document is.
FINAL_STAGES = (
    Stage.COMPLETED, Stage.SEALED, Stage.SIGNED, Stage.UPLOADED, Stage.SCAN, Stage.PREPARED,
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

"""Records of the documents app: issuers, series, numbers, documents, their files, signing keys.

Nothing here knows a procedure or a post: issuers and signers are opaque keys given by the caller.
Only :mod:`documents.service` moves a document.
"""

from .document import Document, Medium, State, digest_of
from .keys import Purpose, SigningKey
from .register import Counter, Issuer, Kept, Mode, Series
from .relation import Relation
from .stored import AnnexFile, FileRow, Stage, StoredFile

__all__ = [
    "AnnexFile",
    "Counter",
    "Document",
    "FileRow",
    "Issuer",
    "Kept",
    "Medium",
    "Mode",
    "Purpose",
    "Relation",
    "Series",
    "SigningKey",
    "Stage",
    "State",
    "StoredFile",
    "digest_of",
]

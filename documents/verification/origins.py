"""Which document of ours a file was made from, by the bytes it begins with."""

from __future__ import annotations

from collections.abc import Iterator

from .. import files
from ..models import Document, StoredFile

_END = b"%%EOF"
# Each signature adds a revision; a file with more ends than this was not made by signing.
_MOST = 12


def origins_of(data: bytes) -> Iterator[Document]:
    """The documents one of whose stored files is the beginning of ``data``.

    Signing software appends, so the stored file ends where one of the revisions does.
    """
    stored = StoredFile.objects.filter(sha256__in=list(_beginnings(data)))
    return (file.document for file in stored.select_related("document__issuer").order_by("pk"))


def _beginnings(data: bytes) -> Iterator[str]:
    position = 0
    for _revision in range(_MOST):
        position = data.find(_END, position) + len(_END)
        if position < len(_END):
            return
        for line_end in range(3):
            yield files.sha256_of(data[: position + line_end])

"""Which file of ours a file was made from, by the bytes it begins with."""

from __future__ import annotations

from collections.abc import Iterator

from .. import files
from ..models import FileRow

_END = b"%%EOF"
# Each signature adds a revision; a file with more ends than this was not made by signing.
_MOST = 12


def origins_of(data: bytes) -> list[FileRow]:
    """The stored files that are the beginning of ``data``.

    Signing software appends, so the stored file ends where one of the revisions does.
    """
    return files.known(list(_beginnings(data)))


def _beginnings(data: bytes) -> Iterator[str]:
    position = 0
    for _revision in range(_MOST):
        position = data.find(_END, position) + len(_END)
        if position < len(_END):
            return
        for line_end in range(3):
            yield files.sha256_of(data[: position + line_end])

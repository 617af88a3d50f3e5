"""A bound on what the streams of one file unpack to.

pdfminer hands every compressed stream to ``zlib`` whole: a few kilobytes can fill the memory of the
server in one call that nothing interrupts. Its other filters are written in Python and grow slowly.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

MOST = 128 * 1024 * 1024

_left: ContextVar[list[int] | None] = ContextVar("left", default=None)


class UnpacksTooMuch(Exception):
    """The streams of the file unpack to more than :data:`MOST` bytes."""


class _Inflater:
    """``zlib.decompressobj`` on an allowance."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj()

    def decompress(self, data: bytes) -> bytes:
        left = _left.get()
        if left is None:
            return self._inner.decompress(data)
        found = self._inner.decompress(data, left[0] + 1)
        left[0] -= len(found)
        if left[0] < 0:
            raise UnpacksTooMuch
        return found

    @property
    def complete(self) -> bool:
        return self._inner.eof


class Zlib:
    """What pdfminer uses of the module, on an allowance."""

    error = zlib.error
    decompressobj = _Inflater

    @staticmethod
    def decompress(data: bytes) -> bytes:
        inflater = _Inflater()
        found = inflater.decompress(data)
        if not inflater.complete:
            raise zlib.error("incomplete or truncated stream")
        return found


@contextmanager
def bounded() -> Iterator[None]:
    """Inside, pdfminer unpacks at most :data:`MOST` bytes: :class:`UnpacksTooMuch`."""
    from pdfminer import pdftypes

    # The library offers no setting for it.
    module: Any = pdftypes
    module.zlib = Zlib
    left = [MOST]
    before = _left.set(left)
    try:
        yield
        # Some of its readers swallow every error.
        if left[0] < 0:
            raise UnpacksTooMuch
    finally:
        _left.reset(before)

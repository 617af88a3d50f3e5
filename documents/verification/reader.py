"""pyHanko's strict PDF reader, fit for files with long tables."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.decode_limits import DecodeLimits, DecodePurpose, DocumentDecodeBudget
from pyhanko.pdf_utils.reader import PdfFileReader

Entry = tuple[int, int]

# The file may come from anybody. Ours unpack to a few megabytes, each time they are gone through.
_LIMITS = DecodeLimits(document_budget=DocumentDecodeBudget(max_ratio=10))


class Reader(PdfFileReader):  # type: ignore[misc]  # pyHanko's types are not followed
    """Reads the table of contents of each object stream once.

    The library reads it again for every object in the stream: with the 1,200 objects of a
    150-row annex the analysis of changes took five seconds.
    """

    def __init__(self, data: bytes) -> None:
        self._streams: dict[int, tuple[io.BytesIO, list[Entry]]] = {}
        super().__init__(io.BytesIO(data), strict=True, decode_limits=_LIMITS)

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        data, entries = self._stream(stmnum)
        if not 0 <= idx < len(entries) or entries[idx][0] != idnum:
            raise misc.PdfStrictReadError("object is not where the cross-reference table says")
        data.seek(entries[idx][1])
        found = generic.read_object(data, generic.Reference(idnum, 0, self))
        if isinstance(found, generic.StreamObject | generic.IndirectObject):
            raise misc.PdfStrictReadError("forbidden object type in an object stream")
        return found

    def _stream(self, number: int) -> tuple[io.BytesIO, list[Entry]]:
        if number not in self._streams:
            stream = generic.Reference(number, 0, self).get_object()
            if not isinstance(stream, generic.StreamObject) or stream["/Type"] != "/ObjStm":
                raise misc.PdfStrictReadError("not an object stream")
            data = io.BytesIO(stream.read_data(DecodePurpose.OBJECT_STREAM))
            self._streams[number] = (data, list(_entries(stream, data)))
        return self._streams[number]


def _entries(stream: Any, data: io.BytesIO) -> Iterator[Entry]:
    """Object number and position of each object, in order; no number may come twice."""
    numbers = [int(part) for part in data.read(stream["/First"]).split()[: 2 * stream["/N"]]]
    if len(numbers) != 2 * stream["/N"] or len(set(numbers[::2])) != stream["/N"]:
        raise misc.PdfStrictReadError("corrupted object stream header")
    for number, offset in zip(numbers[::2], numbers[1::2], strict=True):
        yield number, stream["/First"] + offset

"""A stand-in for a scanned page: pale paper with dark bars where lines of writing would be."""

from __future__ import annotations

import functools
import struct
import zlib

WIDTH, HEIGHT = 1654, 2339  # A4 at 200 dpi
_PAPER, _INK = b"\xfb\xf8\xf2", b"\x50\x50\x58"


@functools.cache
def blank_page() -> bytes:
    """A PNG of an A4 page in colour, the same bytes each time."""
    margin, written = _PAPER * 236, _INK * (WIDTH - 236 - 118)
    plain, line = b"\x00" + _PAPER * WIDTH, b"\x00" + margin + written + _PAPER * 118
    rows = b"".join(line if 300 < y < 2000 and y % 48 < 14 else plain for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

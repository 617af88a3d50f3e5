"""Scanned pages of a paper original, as an electronic copy carries them (Điều 25, Mẫu 3.2).

A digitised copy is in colour, at 200 dpi or more and at the size of the original (Phụ lục I,
Phần II): a picture of an A4 page that has fewer dots is refused.
"""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Sequence

from documents.model import Copied

A4_AT_200_DPI = (1654, 2339)
_ROUNDING = 8  # dots a scanner may lose at the edge
_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png"}


def scanned(copied: Copied, pictures: Sequence[bytes]) -> list[str]:
    """The pictures as ``data:`` addresses, in order.

    Raises ``ValueError`` when they are not the ones ``copied`` names by their SHA-256, and for a
    picture that is no colour A4 page.
    """
    digests = tuple(hashlib.sha256(picture).hexdigest() for picture in pictures)
    if digests != tuple(scan.sha256 for scan in copied.scans):
        raise ValueError("the pictures are not those the copy names")
    return [_address(picture) for picture in pictures]


def _address(picture: bytes) -> str:
    from PIL import Image

    with Image.open(io.BytesIO(picture), formats=tuple(_FORMATS)) as image:
        kind, mode, size = image.format, image.mode, image.size
    if mode != "RGB" or any(a + _ROUNDING < b for a, b in zip(size, A4_AT_200_DPI, strict=True)):
        raise ValueError(f"not a colour A4 page at 200 dpi: {mode}, {size[0]} x {size[1]}")
    return f"data:{_FORMATS[str(kind)]};base64,{base64.b64encode(picture).decode()}"

"""Pages of an original as pictures: scanned from paper, as an electronic copy carries them (Điều
25, Mẫu 3.2), or drawn from an electronic file to be printed, the block of a paper copy below.

A digitised copy is in colour, at 200 dpi or more and at the size of the original (Phụ lục I,
Phần II): a picture of an A4 page that has fewer dots is refused.
"""

from __future__ import annotations

import base64
import hashlib
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.model import Copied

A4_AT_200_DPI = (1654, 2339)
_LONG_SIDE, _BOTTOM_MARGIN = 297, 20  # mm
_RECIPIENT = 36  # letters of a line of Nơi nhận, at least
_ROUNDING = 8  # dots a scanner may lose at the edge
_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png"}
# Dots that are looked at together, and how dark they are where something is written: a speck of
# dust or the grey of the paper is not.
_TOGETHER, _WRITTEN = 3, 150


@dataclass(frozen=True)
class Picture:
    """A page as a ``data:`` address; ``wide`` where the sheet lies across."""

    address: str
    wide: bool


def scanned(copied: Copied, pictures: Sequence[bytes]) -> list[Picture]:
    """The pictures in order.

    Raises ``ValueError`` when they are not the ones ``copied`` names by their SHA-256, and for a
    picture that is no colour A4 page.
    """
    digests = tuple(hashlib.sha256(picture).hexdigest() for picture in pictures)
    if digests != tuple(scan.sha256 for scan in copied.scans):
        raise ValueError("the pictures are not those the copy names")
    return [_picture(picture) for picture in pictures]


def _picture(picture: bytes) -> Picture:
    with _opened(picture) as image:
        kind, mode, size = image.format, image.mode, image.size
    if mode != "RGB" or not is_a4(size):
        raise ValueError(f"not a colour A4 page at 200 dpi: {mode}, {size[0]} x {size[1]}")
    encoded = base64.b64encode(picture).decode()
    return Picture(f"data:{_FORMATS[str(kind)]};base64,{encoded}", is_wide(size))


def is_wide(size: Sequence[float]) -> bool:
    """Whether a sheet of this width and height lies across."""
    return size[0] > size[1]


def is_a4(dots: Sequence[float]) -> bool:
    """Whether a picture has the dots of an A4 page at 200 dpi, upright or across."""
    return all(a + _ROUNDING >= b for a, b in zip(sorted(dots), A4_AT_200_DPI, strict=True))


def begins_below(pictures: Sequence[bytes], block: Mapping[str, Any]) -> int:
    """At how many mm from the top of the last page the block of a paper copy begins, right after
    what is copied (Mẫu 3.1); 0 where the page has no room for it, or lies across.

    ``block`` is the context of the block, as :func:`documents.rendering.sheet.sheet` makes it.
    """
    with _opened(pictures[-1]) as image:
        if is_wide(image.size):
            return 0
        grey = image.convert("L").reduce(_TOGETHER)
    written = grey.point(lambda shade: 255 if shade < _WRITTEN else 0).getbbox()
    top = math.ceil(_LONG_SIDE * written[3] / grey.height) if written else _BOTTOM_MARGIN
    return top if top + _height(block) + _BOTTOM_MARGIN <= _LONG_SIDE else 0


def _height(block: Mapping[str, Any]) -> int:
    """How high a block is at most, in mm."""
    letterhead, signature = block["content"].letterhead, block["content"].signature
    head = 6 * (len(letterhead.lines) + bool(letterhead.parent)) + 24
    left = 6 + sum(5 * math.ceil((len(line) + 2) / _RECIPIENT) for line in block["recipients"])
    return head + max(left, 6 * (len(signature.lines) + 1) + 28)


def _opened(picture: bytes) -> Any:
    from PIL import Image

    return Image.open(io.BytesIO(picture), formats=tuple(_FORMATS))

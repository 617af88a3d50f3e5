"""Which public address a page carries: written out, as a link, or in the QR code we drew.

The code was drawn by us, as lines one square thick. Its squares are read from the drawing and
compared with those of the addresses in question, so no picture is decoded; of a page that another
system turned into a picture nothing is read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ..public import public_address

# The dark squares of a code, as (row, column) from its upper left corner.
Code = frozenset[tuple[int, int]]

_TOKEN = re.compile(r"/v/([A-Za-z0-9_-]{20,40})(?![A-Za-z0-9_-])")
# The smallest code has 21 rows; no code of ours has so many runs of dark squares.
_FEWEST, _MOST = 21, 20_000


@lru_cache(maxsize=512)
def code_of(token: str) -> Code:
    """The squares of the code that leads to a token's address."""
    import segno

    rows = segno.make(public_address(token), error="m", boost_error=False, micro=False).matrix
    return frozenset(
        (y, x) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )  # fmt: skip


def tokens_on(page: Any, text: str) -> set[str]:
    """The tokens written on a page of pdfplumber's or linked from it."""
    links = (str(note.get("uri") or "") for note in page.annots)
    return {token for said in (text, *links) for token in _TOKEN.findall(said)}


def codes_on(page: Any) -> Iterator[Code]:
    """The codes drawn on a page: black level lines, all as thick as one square."""
    by_thickness = defaultdict(list)
    for line in page.lines[:_MOST]:
        if line["linewidth"] and abs(line["top"] - line["bottom"]) < 0.01:
            by_thickness[round(line["linewidth"], 2)].append(line)
    for lines in by_thickness.values():
        if len(lines) >= _FEWEST:
            yield frozenset(_squares(lines))


def _squares(lines: list[Any]) -> Iterator[tuple[int, int]]:
    size = lines[0]["linewidth"]
    left, top = min(line["x0"] for line in lines), min(line["top"] for line in lines)
    for line in lines:
        row = round((line["top"] - top) / size)
        first, end = (round((line[side] - left) / size) for side in ("x0", "x1"))
        # Another drawing may be as wide as the page and no code at all.
        yield from ((row, column) for column in range(first, min(end, first + 200)))

"""The body of a paper as people type it in a plain text box.

A blank line begins a new paragraph. So does a line that begins with a mark of a point: ``1.``,
``1.2.``, ``1)``, ``a)``, ``-``, ``+`` (Phụ lục I, phần I, mục II.6 of Nghị định 30/2020/NĐ-CP). A
line that begins with a Roman numeral and a full stop (``II. TỔ CHỨC THỰC HIỆN``) is a heading. Any
other line goes on with the paragraph above. Marks are printed as typed.
"""

from __future__ import annotations

import re

from documents.model import Block, Heading, Paragraph

_POINT = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]|[a-zđ]\)|[-–+•])\s*\S")
_HEADING = re.compile(r"[IVX]+\.\s+\S")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a typed text, headings among them."""
    found: list[str] = []
    open_ = False
    for line in text.splitlines():
        heading = bool(_HEADING.match(line))
        if line and open_ and not heading and not _POINT.match(line):
            found[-1] += f" {line}"
        elif line:
            found.append(line)
        open_ = bool(line) and not heading
    return found


def blocks(text: str) -> tuple[Block, ...]:
    """The same as blocks of a document; the clerk may reword each paragraph, no heading."""
    return tuple(
        Heading(said) if _HEADING.match(said) else Paragraph(said, free=True)
        for said in paragraphs(text)
    )


def lines(text: str) -> tuple[str, ...]:
    """A list typed a line each, without the dashes and closing marks people type with it."""
    bare = (line.strip().lstrip("-–+•").strip().rstrip(" ;.,") for line in text.splitlines())
    return tuple(line for line in bare if line)

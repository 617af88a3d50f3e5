"""The body of a paper as people type it in a plain text box.

A blank line begins a new paragraph. So does a line that begins with a mark of a point: ``1.``,
``1.2.``, ``1)``, ``a)``, ``-``, ``+``, ``Điều 1.`` (Phụ lục I, phần I, mục II.6 of Nghị định
30/2020/NĐ-CP). A line that begins with a Roman numeral and a full stop (``II. TỔ CHỨC THỰC HIỆN``)
is a heading. Any other line goes on with the paragraph above. Marks are printed as typed, headings
and ``Điều 1.`` bold.
"""

from __future__ import annotations

import re

from documents.model import Block, Heading, Paragraph

_ARTICLE = re.compile(r"(Điều \d{1,3}\.)\s+(?=\S)")
_POINT = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]|[a-zđ]\)|[-–+•]|Điều \d{1,3}\.)\s*\S")
_HEADING = re.compile(r"[IVX]+\.\s+\S")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a typed text, headings among them."""
    found: list[str] = []
    open_ = False
    for line in text.splitlines():
        heading = is_heading(line)
        if line and open_ and not heading and not _POINT.match(line):
            found[-1] += f" {line}"
        elif line:
            found.append(line)
        open_ = bool(line) and not heading
    return found


def blocks(text: str) -> tuple[Block, ...]:
    """The same as blocks of a document; the clerk may reword each paragraph, no heading."""
    return tuple(Heading(said) if is_heading(said) else _free(said) for said in paragraphs(text))


def is_heading(paragraph: str) -> bool:
    return bool(_HEADING.match(paragraph))


def _free(said: str) -> Paragraph:
    article = _ARTICLE.match(said)
    lead = article[1] if article else ""
    return Paragraph(said[article.end() :] if article else said, lead=lead, free=True)


def lines(text: str) -> tuple[str, ...]:
    """A list typed a line each, without the dashes and closing marks people type with it."""
    bare = (line.strip().lstrip("-–+•").strip().rstrip(" ;.,") for line in text.splitlines())
    return tuple(line for line in bare if line)

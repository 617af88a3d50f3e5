"""A finished document taken apart into the components of Điều 8, found by their words.

A component that is wrong must still be recognised, so everything is searched for by folded text
and rough place; the rules then judge its exact words, style and place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from documents.nd30.copies import Copy, cut
from documents.nd30.header import ADDRESSING, Header, read_header
from documents.nd30.parts import Frame, Part, frame, split
from documents.nd30.reading import MM, SAME_ROW, Line, Sheet
from documents.nd30.tail import Tail, read_tail
from documents.nd30.text import Paragraph, paragraphs
from documents.nd30.types import ENACTING, OFFICIAL_LETTER, WITHOUT_SUBJECT, Type, fold

_ADDRESSEE_INDENT = 16 * MM  # "Kính gửi:" and its list stand further in than any paragraph
_AUTHORITIES = ("CHỦ TỊCH", "ỦY BAN", "UỶ BAN", "HỘI ĐỒNG", "TRƯỞNG", "GIÁM ĐỐC", "BỘ TRƯỞNG")
_FIRST_ARTICLE = re.compile(r"^Điều \d")
_SUBJECT_GAP = 2.2  # times the type size
_GROUNDS = re.compile(r"^(?:[-–+*]\s*)?(?:Căn cứ|Theo đề nghị|Thực hiện|Xét)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Paper:
    """The components of one document. ``type`` is None for a paper outside the decree's types.

    ``body`` are the lines of box 6 after the grounds and the operative words, tables included;
    ``paragraphs`` are those of its running text. ``signers`` are the lines of those who sign
    minutes side by side; ``copies`` what copying agencies put below the document.
    """

    parts: tuple[Part, ...]
    frame: Frame
    header: Header
    subject: tuple[Line, ...]
    addressees: tuple[Line, ...]
    authority: tuple[Line, ...]
    grounds: tuple[Paragraph, ...]
    enacting: Line | None
    body: tuple[Line, ...]
    paragraphs: tuple[Paragraph, ...]
    tail: Tail
    signers: tuple[Line, ...] = ()
    copies: tuple[Copy, ...] = ()

    @property
    def type(self) -> Type | None:
        return self.header.type

    @property
    def main(self) -> Part:
        return self.parts[0]

    @property
    def sheet(self) -> Sheet:
        """Page 1."""
        return self.main.sheets[0]

    def middle(self, page: int) -> tuple[float, float]:
        """Between which points a centred line may have its middle: that of the paper, or that of
        the widest text. Offices do both, and the decree does not say which."""
        width = next(s.width for part in self.parts for s in part.sheets if s.number == page)
        left = min(max(self.frame.left, 30 * MM), 35 * MM)
        return width / 2, (left + width - 15 * MM) / 2

    @property
    def is_annex(self) -> bool:
        """Whether the file holds nothing but an annex (Mẫu 2.1, 2.2)."""
        return self.main.role == "annex"

    @property
    def is_scanned_copy(self) -> bool:
        """Whether the file is a copy of scanned pages, signed in the corner (Mẫu 3.2)."""
        return bool(self.main.corner) and self._is_pictures

    @property
    def is_printed_copy(self) -> bool:
        """Whether pages of pictures stand above the block of a paper copy (Mẫu 3.1)."""
        return bool(self.copies) and self._is_pictures

    @property
    def _is_pictures(self) -> bool:
        words = any(sheet.lines for part in self.parts for sheet in part.sheets[1:])
        return bool(self.sheet.pictures) and not (self.main.lines or words)

    @property
    def is_extract(self) -> bool:
        """Whether it takes parts of another document: the articles it cites may be left out."""
        named = [copy.name for copy in self.copies] + [line.text for line in self.main.corner[:1]]
        return any(fold(name) == fold("TRÍCH SAO") for name in named)

    def is_a(self, *names: str) -> bool:
        return self.type is not None and self.type.name in names


class _Opening(NamedTuple):
    """What stands between the header and the body."""

    subject: tuple[Line, ...]
    addressees: tuple[Line, ...]
    authority: tuple[Line, ...]
    grounds: tuple[Line, ...]
    enacting: Line | None
    body: tuple[Line, ...]


def read_paper(sheets: Sequence[Sheet]) -> Paper:
    """The components of a file's main text, with its annexes as further parts."""
    sheets, copies = cut(sheets)
    parts = split(sheets)
    main, sheet = parts[0], sheets[0]
    header = read_header(sheet, main.lines)
    rest = [line for line in main.lines if line.page > 1 or line.baseline > header.end + 2]
    tail, text = read_tail(rest, sheet)
    edges = frame((line for line in rest if not main.in_table(line)), sheet)
    opening = _open(text, header, edges, sheet)
    body, signers = _split_signers(opening.body, header)
    flow = paragraphs(body, edges, main.in_table)
    grounds = paragraphs(opening.grounds, edges, main.in_table)
    if not grounds and opening.enacting is None:
        grounds, flow = _leading_grounds(flow)
    return Paper(
        parts=parts,
        frame=edges,
        header=header,
        subject=header.letter_subject or opening.subject,
        addressees=opening.addressees,
        authority=opening.authority,
        grounds=grounds,
        enacting=opening.enacting,
        body=body,
        paragraphs=flow,
        tail=tail,
        signers=signers,
        copies=copies,
    )


def _split_signers(
    body: tuple[Line, ...], header: Header
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The text of minutes, and from the first row on that names a signer, who signs them."""
    if header.type is None or header.type.name != "Biên bản":
        return body, ()
    named = next((line for line in body if fold(line.text) in ("THUKY", "CHUTOA")), None)
    if named is None:
        return body, ()
    page, top = named.page, named.baseline - SAME_ROW
    start = next(i for i, line in enumerate(body) if line.page == page and line.baseline >= top)
    return body[:start], body[start:]


def _open(text: Sequence[Line], header: Header, edges: Frame, sheet: Sheet) -> _Opening:
    lines = list(text)
    name = header.type.name if header.type else ""
    titled = header.type not in (None, OFFICIAL_LETTER) and name not in WITHOUT_SUBJECT
    subject = _take_subject(lines, sheet) if titled else ()
    if name in ENACTING:
        authority = _take(lines, _while(lines, lambda line: line.caps and not _enacts(line, name)))
        grounds, enacting = _take_grounds(lines, name)
        return _Opening(subject, (), authority, grounds, enacting, tuple(lines))
    return _Opening(subject, _take_addressees(lines, edges), (), (), None, tuple(lines))


def _enacts(line: Line, name: str) -> bool:
    """Whether a line is the operative words of a type, with or without their colon."""
    return fold(line.text).rstrip(":") == fold(ENACTING[name]).rstrip(":")


def _while(lines: Sequence[Line], wanted: Callable[[Line], bool]) -> int:
    """How many lines from the first on are wanted."""
    return next((i for i, line in enumerate(lines) if not wanted(line)), len(lines))


def _take(lines: list[Line], count: int) -> tuple[Line, ...]:
    """Remove the first lines and hand them out."""
    taken, lines[:count] = tuple(lines[:count]), []
    return taken


def _take_subject(lines: list[Line], sheet: Sheet) -> tuple[Line, ...]:
    """The centred lines under the type name, down to the ruled line or the next component."""
    middle = (sheet.width + 15 * MM) / 2
    if not lines or not _may_be_subject(lines[0], middle) or _names_authority(lines[0]):
        return ()
    count = 1
    for before, line in pairwise(lines):
        far = line.baseline - before.baseline > _SUBJECT_GAP * line.size
        ruled = any(before.baseline < stroke.y < line.top for stroke in sheet.strokes)
        if line.page > 1 or far or ruled or line.caps or not _may_be_subject(line, middle):
            break
        count += 1
    return _take(lines, count)


def _may_be_subject(line: Line, middle: float) -> bool:
    other = fold(line.text).startswith(ADDRESSING) or _GROUNDS.match(line.text)
    return not other and (line.bold > 0.5 or abs(line.centre - middle) < 15 * MM)


def _names_authority(line: Line) -> bool:
    return line.caps and line.text.startswith(_AUTHORITIES)


def _take_grounds(lines: list[Line], name: str) -> tuple[tuple[Line, ...], Line | None]:
    """The lines down to the operative words, or to ``Điều 1`` where these are missing."""
    count = _while(lines, lambda line: not (_enacts(line, name) or _FIRST_ARTICLE.match(line.text)))
    if count == len(lines):
        return (), None
    grounds = _take(lines, count)
    return grounds, lines.pop(0) if _enacts(lines[0], name) else None


def _take_addressees(lines: list[Line], edges: Frame) -> tuple[Line, ...]:
    if not lines or not fold(lines[0].text).startswith(ADDRESSING):
        return ()
    first = lines[0]

    def belongs(line: Line) -> bool:
        further_in = line.x0 - edges.left > _ADDRESSEE_INDENT
        return line is first or (line.page == first.page and further_in)

    return _take(lines, _while(lines, belongs))


def _leading_grounds(
    flow: Sequence[Paragraph],
) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """Grounds that open a plan or a submission: a list closed by ``;``, or set in italics.

    "Căn cứ … , Phòng … kính trình …" is a sentence of the body and is left there.
    """
    end = next((i for i, p in enumerate(flow) if not _GROUNDS.match(p.text)), len(flow))
    listed = end and (flow[0].text.endswith(";") or flow[0].share(lambda line: line.italic) > 0.9)
    return (tuple(flow[:end]), tuple(flow[end:])) if listed else ((), tuple(flow))

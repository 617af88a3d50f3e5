"""From the bytes of a PDF to what the eye sees on each page: lines of text and ruled lines.

Nothing here knows the decree. Lengths are PDF points, measured from the top left corner.
"""

from __future__ import annotations

import io
import statistics
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise
from typing import Any, Literal, NamedTuple

from documents.nd30 import drawing, faces
from documents.nd30.drawing import Box, Picture, Stroke
from documents.nd30.faces import Face
from documents.nd30.unpacking import UnpacksTooMuch, bounded

MM = 72 / 25.4
ASCENT, DESCENT = 0.891, 0.216  # of Times New Roman, in parts of the type size
SAME_ROW = 2.0
WORD_GAP = 0.18
COLUMN_GAP = 0.6


class UnreadablePdfError(ValueError):
    """The bytes are not a PDF that can be read: ``reason`` says which way."""

    def __init__(
        self, reason: Literal["not-pdf", "encrypted", "no-page", "too-large", "too-many-pages"]
    ) -> None:
        super().__init__(reason)
        self.reason = reason


class Glyph(NamedTuple):
    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    face: Face
    black: bool
    red: bool = False
    spaced: bool = False  # a blank was typed before it


@dataclass(frozen=True)
class Line:
    """Neighbouring glyphs on one baseline, blanks left out; ``text`` is NFC with single blanks."""

    page: int
    text: str
    glyphs: tuple[Glyph, ...]

    @cached_property
    def x0(self) -> float:
        return self.glyphs[0].x0

    @cached_property
    def x1(self) -> float:
        return max(glyph.x1 for glyph in self.glyphs)

    @cached_property
    def baseline(self) -> float:
        return statistics.median(glyph.baseline for glyph in self.glyphs)

    @cached_property
    def size(self) -> float:
        return statistics.median(glyph.size for glyph in self.glyphs)

    @property
    def top(self) -> float:
        return self.baseline - ASCENT * self.size

    @property
    def bottom(self) -> float:
        return self.baseline + DESCENT * self.size

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @cached_property
    def bold(self) -> float:
        """The share of bold glyphs, 0 to 1."""
        return sum(glyph.face.bold for glyph in self.glyphs) / len(self.glyphs)

    @cached_property
    def italic(self) -> float:
        """The share of italic glyphs, 0 to 1."""
        return sum(glyph.face.italic for glyph in self.glyphs) / len(self.glyphs)

    @property
    def caps(self) -> bool:
        return self.text.isupper()


@dataclass(frozen=True)
class Sheet:
    """One page: its size, its lines from top to bottom, its horizontal strokes, its tables, the
    frames around a word or two, and its pictures."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    strokes: tuple[Stroke, ...]
    tables: tuple[Box, ...]
    frames: tuple[Box, ...] = ()
    pictures: tuple[Picture, ...] = ()


def read(data: bytes, most_pages: int | None = None) -> tuple[Sheet, ...]:
    """The pages of a PDF. Raises :class:`UnreadablePdfError`, also for more than ``most_pages``."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    try:
        with bounded(), pdfplumber.open(io.BytesIO(data)) as pdf:
            _refuse_more(pdf, most_pages)
            sheets = tuple(_sheet(page) for page in pdf.pages)
    except UnreadablePdfError:
        raise
    except Exception as error:  # a damaged file fails in the parser in a hundred ways
        causes = list(_causes(error))
        if any(isinstance(cause, UnpacksTooMuch) for cause in causes):
            raise UnreadablePdfError("too-large") from error
        locked = any(isinstance(cause, PDFPasswordIncorrect) for cause in causes)
        raise UnreadablePdfError("encrypted" if locked else "not-pdf") from error
    if not sheets:
        raise UnreadablePdfError("no-page")
    return sheets


def _refuse_more(pdf: Any, most: int | None) -> None:
    """Count the pages without opening them: each costs a hundred milliseconds."""
    from pdfminer.pdfpage import PDFPage

    if most is None:
        return
    pages = PDFPage.create_pages(pdf.doc)
    if next(islice(pages, most, None), None) is not None:
        raise UnreadablePdfError("too-many-pages")


def _causes(error: BaseException) -> Iterator[object]:
    """The error, what it wraps in its arguments, and what it was raised from."""
    current: BaseException | None = error
    while current is not None:
        yield current
        yield from current.args
        current = current.__cause__ or current.__context__


def _sheet(page: Any) -> Sheet:
    glyphs = _glyphs(page)
    return Sheet(
        number=page.page_number,
        width=float(page.width),
        height=float(page.height),
        lines=tuple(_lines(glyphs, page.page_number)),
        strokes=drawing.strokes(page),
        tables=drawing.tables(page),
        frames=drawing.frames(page),
        pictures=drawing.pictures(page),
    )


def _glyphs(page: Any) -> list[Glyph]:
    known = faces.of_page(page)
    return [
        Glyph(
            text=char["text"],
            x0=char["x0"],
            x1=char["x1"],
            # pdfplumber's box hangs by the font's own descent; the text matrix has the baseline
            baseline=char["bottom"] + char["y0"] - char["matrix"][5],
            size=char["size"],
            face=known.face(char["fontname"], slanted=abs(char["matrix"][2]) > 0.1),
            black=drawing.is_black(char["non_stroking_color"], char["ncs"]),
            red=drawing.is_red(char["non_stroking_color"]),
        )
        for char in page.chars
        if char["upright"]
    ]


def _lines(glyphs: list[Glyph], page: int) -> Iterator[Line]:
    for row in _rows(glyphs):
        for segment in _segments(row):
            yield _line(segment, page)


def _rows(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.baseline):
        if row and glyph.baseline - row[0].baseline > SAME_ROW:
            yield row
            row = []
        row.append(glyph)
    if row:
        yield row


def _gaps(glyphs: Sequence[Glyph]) -> Iterable[float]:
    return (after.x0 - before.x1 for before, after in pairwise(glyphs))


def _segments(row: list[Glyph]) -> Iterator[list[Glyph]]:
    """Cut a row where a gap is much wider than its other gaps.

    A justified line has wide gaps too, but all alike: so a column is told from a blank by the
    row's own median.
    """
    inked = _inked(row)
    if not inked:
        return
    size = statistics.median(glyph.size for glyph in inked)
    blanks = [gap for gap in _gaps(inked) if gap > WORD_GAP * size]
    usual = statistics.median_low(blanks) if len(blanks) > 1 else COLUMN_GAP * size
    limit = max(COLUMN_GAP * size, 2 * usual)
    segment = [inked[0]]
    for before, after in pairwise(inked):
        if after.x0 - before.x1 > limit:
            yield segment
            segment = []
        segment.append(after)
    yield segment


def _inked(row: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs of a row without its blanks, from left to right; they know where a blank was."""
    found: list[Glyph] = []
    blank = False
    for glyph in sorted(row, key=lambda glyph: glyph.x0):
        if glyph.text.isspace():
            blank = True
            continue
        found.append(glyph._replace(spaced=blank))
        blank = False
    return found


def _line(glyphs: list[Glyph], page: int) -> Line:
    text = glyphs[0].text
    for before, after in pairwise(glyphs):
        text += f" {after.text}" if _parted(before, after) else after.text
    return Line(page=page, text=unicodedata.normalize("NFC", text), glyphs=tuple(glyphs))


def _parted(before: Glyph, after: Glyph) -> bool:
    """Whether two glyphs belong to two words. Between "A" and "V" kerning takes half of a blank
    away, and a program that sets no blanks leaves a gap."""
    gap = after.x0 - before.x1
    return (after.spaced and gap > 0) or gap > WORD_GAP * max(before.size, after.size)

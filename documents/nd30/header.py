"""Boxes 1 to 5 of a document's first page, found by their words and rough place."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from documents.nd30.reading import MM, Line, Sheet
from documents.nd30.types import ENACTING, OFFICIAL_LETTER, Type, by_title, fold

_NUMBER = re.compile(r"^S[ốôo]\s*[:.]?.*/", re.IGNORECASE)
_DATE = re.compile(r"ng[àa]y\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})", re.IGNORECASE)
_DATE_LINE = re.compile(r"NGAY.*(?:THANG|NAM|/)")
_LETTER_SUBJECT = re.compile(r"^(?:V/V|VEVIEC)")
ADDRESSING = ("KINHGUI", "KINHTRINH")


@dataclass(frozen=True)
class Header:
    """``issuer`` is box 2 from top to bottom; ``letter_subject`` is box 5b of a công văn."""

    national: Line | None
    motto: Line | None
    issuer: tuple[Line, ...]
    number: Line | None
    place_date: Line | None
    letter_subject: tuple[Line, ...]
    title: Line | None
    type: Type | None

    @cached_property
    def date(self) -> datetime.date | None:
        """The date of box 4, if it is one."""
        return read_date(self.place_date.text) if self.place_date else None

    @property
    def end(self) -> float:
        """The baseline after which the text begins, on page 1."""
        if self.title:
            return self.title.baseline
        head = (self.national, self.motto, self.number, self.place_date, *self.letter_subject)
        return max((line.baseline for line in head if line), default=0.0)


def read_date(text: str) -> datetime.date | None:
    """The date written in words, or None where there is none or no such day."""
    match = _DATE.search(text)
    if not match:
        return None
    day, month, year = map(int, match.groups())
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def read_header(sheet: Sheet, lines: Sequence[Line]) -> Header:
    """The header among the lines of the main text; ``sheet`` is page 1."""
    first = [line for line in lines if line.page == sheet.number]
    motto = _first(first, lambda text: "DOCLAP" in text and "HANHPHUC" in text)
    title = _title(first, sheet, motto)
    limit = title.baseline if title else sheet.height / 2
    head = [line for line in first if line.baseline < limit]
    left = [line for line in head if line.centre < sheet.width / 2]
    right = [line for line in head if line.centre >= sheet.width / 2]
    number = next((line for line in left if _NUMBER.match(line.text)), None)
    subject = _letter_subject(left, number) if not title else ()
    return Header(
        national=_first(head, lambda text: "XAHOICHUNGHIA" in text),
        motto=motto,
        issuer=_issuer(left, number, motto),
        number=number,
        place_date=next((line for line in right if _DATE_LINE.search(fold(line.text))), None),
        letter_subject=subject,
        title=title,
        type=_type(first, title, number, subject),
    )


def _first(lines: Sequence[Line], wanted: Callable[[str], bool]) -> Line | None:
    return next((line for line in lines if wanted(fold(line.text))), None)


def _title(lines: Sequence[Line], sheet: Sheet, motto: Line | None) -> Line | None:
    """The first line that is nothing but the name of a type, about the middle of the page."""
    middle = (sheet.width + 15 * MM) / 2
    below = motto.baseline if motto else 0.0
    return next(
        (
            line
            for line in lines
            if line.baseline > below and abs(line.centre - middle) < 25 * MM and by_title(line.text)
        ),
        None,
    )


def _letter_subject(left: Sequence[Line], number: Line | None) -> tuple[Line, ...]:
    """``V/v …`` under the number, over as many lines as follow closely."""
    if number is None:
        return ()
    under = [line for line in left if line.baseline > number.baseline + 2]
    if not under or not _LETTER_SUBJECT.match(fold(under[0].text)):
        return ()
    kept = [under[0]]
    for line in under[1:]:
        close = line.baseline - kept[-1].baseline < 1.8 * line.size
        if not close or fold(line.text).startswith(ADDRESSING):
            break
        kept.append(line)
    return tuple(kept)


def _issuer(left: Sequence[Line], number: Line | None, motto: Line | None) -> tuple[Line, ...]:
    below_motto = motto.baseline + 20 if motto else 0.0
    limit = number.baseline - 2 if number else below_motto
    return tuple(line for line in left if line.baseline < limit)


def _type(
    lines: Sequence[Line], title: Line | None, number: Line | None, subject: Sequence[Line]
) -> Type | None:
    if title:
        return by_title(title.text)
    for name, words in ENACTING.items():
        if any(fold(line.text) == fold(words) for line in lines):
            return by_title(name)  # the type name itself was left out
    addressed = any(fold(line.text).startswith(ADDRESSING) for line in lines)
    if subject or (number and addressed and not _other_heading(lines, number)):
        return OFFICIAL_LETTER
    return None


def _other_heading(lines: Sequence[Line], number: Line) -> bool:
    """Capitals between the header and ``Kính gửi``: a paper of the office's own invention."""
    for line in lines:
        if fold(line.text).startswith(ADDRESSING):
            return False
        if line.baseline > number.baseline + 2 and line.caps:
            return True
    return False

"""The text of two PDFs compared: ours, and what came back from another system.

Number, date and what a stamp adds are expected to differ and left out. Words drawn inside a
signature's own picture are no page text; any other note laid over a page counts as a difference.
"""

from __future__ import annotations

import datetime
import difflib
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from ..errors import DocumentRefused
from ..kinds import KINDS
from ..model import Content, nfc, to_json
from ..nd30.unpacking import bounded
from .codes import Code, code_of, codes_on, tokens_on

MOST_PAGES = 120
# Comparing takes the product of both lengths: a decision with a list of 300 people has 6,000.
_MOST_WORDS = 15_000
_CONTEXT = 6
_SMALL = 512 * 1024
_PAGE_NUMBER = re.compile(r"\d{1,3}")
_DAY = r"ngày\s*(\d{0,2})\s*tháng\s*(\d{0,2})\s*năm(?:\s*(\d{4}))?"
_OVERLAID = {"Widget", "Link"}


@dataclass(frozen=True)
class Difference:
    """One place where the texts part: the words around it, ours and theirs (either may be
    empty)."""

    before: str
    ours: str
    theirs: str
    after: str


@dataclass(frozen=True)
class Comparison:
    """What a file says beside our draft: its differences, and number and date where it has them.

    ``wordless``: no text at all, as in a scan; then nothing could be compared.
    """

    differences: list[Difference] = field(default_factory=list)
    number: int | None = None
    date: datetime.date | None = None
    wordless: bool = False

    @property
    def same(self) -> bool:
        return not self.differences and not self.wordless


def read_text(data: bytes) -> str:
    """The page text of a PDF in NFC with single blanks, page numbers left out.

    Raises :class:`~documents.errors.DocumentRefused` for what cannot be read.
    """
    return _read(data).text


def carried(data: bytes, tokens: Iterable[str]) -> set[str]:
    """Which of the public tokens the pages carry: written, linked, or in the QR code we drew.

    Raises like :func:`read_text`.
    """
    found = _read(data)
    return {token for token in tokens if token in found.tokens or code_of(token) in found.codes}


def missing_words(contents: Iterable[Content], data: bytes) -> list[float]:
    """Of each content the share of its words that the file does not have: 0 where it has them all,
    1 where it has none. Cheap beside :func:`compare`: the file is read once, nothing is drawn.

    Raises like :func:`read_text`.
    """
    theirs = _words(read_text(data))
    every = (_words(" ".join(_strings(to_json(content)))) for content in contents)
    return [len(ours - theirs) / max(1, len(ours)) for ours in every]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for item in value.values() for text in _strings(item))
    elif isinstance(value, list | tuple):
        yield from (text for item in value for text in _strings(item))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", nfc(text).casefold()))


def compare(ours: bytes, theirs: bytes, content: Content, symbol: str) -> Comparison:
    """How the text of ``theirs`` differs from our rendering ``ours`` of ``content``.

    ``symbol`` is that of the series ("QĐ-UBND"). Raises
    :class:`~documents.errors.DocumentRefused` for a file that cannot be read.
    """
    read = _read(theirs)
    said, notes = read.text, read.notes
    if not said:
        return Comparison(wordless=True)
    number, date = _issue_in(said, content, symbol)
    own = _neutral(read_text(ours), content, symbol).split()
    other = _neutral(said, content, symbol).split()
    found = [d for d in _differences(own, other) if not _is_stamp(d, content)]
    if notes:
        over = _("(%(count)d ghi chú, hình vẽ dán thêm lên trang)") % {"count": notes}
        found.append(Difference("", "", over, ""))
    return Comparison(found, number, date)


# Reading ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Pages:
    """The text of all pages, how many notes are laid over them, the public addresses they carry."""

    text: str
    notes: int
    tokens: frozenset[str]
    codes: frozenset[Code]


def _read(data: bytes) -> _Pages:
    # One file is compared with several drafts, and one draft with several files.
    return _remembered(data) if len(data) <= _SMALL else _read_anew(data)


@lru_cache(maxsize=32)
def _remembered(data: bytes) -> _Pages:
    return _read_anew(data)


def _read_anew(data: bytes) -> _Pages:
    import pdfplumber

    try:
        with bounded(), pdfplumber.open(io.BytesIO(data), unicode_norm="NFC") as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise DocumentRefused(
                    _("Tệp có hơn %(most)d trang nên không phải văn bản này. Ông/bà chọn lại tệp.")
                    % {"most": MOST_PAGES}
                )
            return _joined([_page(page) for page in pdf.pages])
    except DocumentRefused:
        raise
    # The parser meets whatever somebody uploads: anything it raises means it cannot be read.
    except Exception as error:
        raise DocumentRefused(
            _("Tệp hỏng hoặc có mật khẩu nên không đọc được. Ông/bà lưu lại PDF rồi tải lên.")
        ) from error


def _joined(pages: list[_Pages]) -> _Pages:
    return _Pages(
        nfc(" ".join(page.text for page in pages)),
        sum(page.notes for page in pages),
        frozenset().union(*(page.tokens for page in pages)),
        frozenset().union(*(page.codes for page in pages)),
    )


def _page(page: Any) -> _Pages:
    text = _lines(page)
    tokens = frozenset(tokens_on(page, text))
    return _Pages(text, _notes(page), tokens, frozenset(codes_on(page)))


def _lines(page: Any) -> str:
    lines = (page.extract_text() or "").splitlines()
    return " ".join(line for line in lines if not _PAGE_NUMBER.fullmatch(line.strip()))


def _notes(page: Any) -> int:
    kinds = (str(note["data"].get("Subtype", "")).strip("/'") for note in page.annots)
    return sum(kind not in _OVERLAID for kind in kinds)


# What may differ --------------------------------------------------------------------------------


def _loose(text: str) -> str:
    """A pattern of the text in which any blanks, or none, may stand between its words."""
    return r"\s*".join(re.escape(word) for word in nfc(text).split())


def _number_line(symbol: str) -> re.Pattern[str]:
    return re.compile(rf"Số\s*:\s*(\d{{0,6}})\s*/\s*{_loose(symbol)}")


def _date_line(content: Content) -> re.Pattern[str]:
    return re.compile(rf"{_loose(content.letterhead.place)}\s*,\s*{_DAY}")


def _annex_line(content: Content, symbol: str) -> re.Pattern[str]:
    name = KINDS[content.kind].name
    named = rf"\(\s*Kèm\s*theo\s*{_loose(name)}\s*số\s*\d{{0,6}}\s*/\s*{_loose(symbol)}"
    return re.compile(rf"{named}\s*{_DAY}")


def _neutral(text: str, content: Content, symbol: str) -> str:
    """The text with number and date left open, and only where they stand by the decree."""
    text = _number_line(symbol).sub(f"Số: …/{symbol}", text, count=1)
    text = _date_line(content).sub(f"{content.letterhead.place}, …", text, count=1)
    return _annex_line(content, symbol).sub("(Kèm theo …", text)


def _issue_in(text: str, content: Content, symbol: str) -> tuple[int | None, datetime.date | None]:
    """Number and date as the file carries them; None where it does not."""
    numbered, dated = _number_line(symbol).search(text), _date_line(content).search(text)
    number = int(numbered[1]) if numbered and numbered[1] else None
    if not dated or not all(dated.groups()):
        return number, None
    day, month, year = (int(part) for part in dated.groups())
    try:
        return number, datetime.date(year, month, day)
    except ValueError:
        return number, None


def _differences(own: list[str], other: list[str]) -> Iterator[Difference]:
    if len(own) > _MOST_WORDS or len(other) > _MOST_WORDS:
        if own != other:
            yield Difference("", " ".join(own[:200]), " ".join(other[:200]), "")
        return
    matcher = difflib.SequenceMatcher(None, own, other, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what != "equal":
            yield Difference(
                before=" ".join(own[max(0, a - _CONTEXT) : a]),
                ours=" ".join(own[a:b]),
                theirs=" ".join(other[c:d]),
                after=" ".join(own[b : b + _CONTEXT]),
            )


def _is_stamp(difference: Difference, content: Content) -> bool:
    """Whether it is only what signing software or a receiving office prints on the page.

    The names in it are those the document has anyway: a stamp cannot carry a sentence in.
    """
    if difference.ours:
        return False
    names = [content.signature.name, " ".join(content.letterhead.lines), content.issued_by]
    known = "|".join(_loose(name) for name in names if name)
    stamp = (
        rf"(?:Người\s+ký|Ký\s+bởi|Ký\s+số\s+bởi|Cơ\s+quan|Đơn\s+vị)\s*:?\s*(?:{known})"
        r"|(?:Thời\s+gian\s+ký|Ngày\s+ký)\s*:?\s*[\d/.:T+\s-]{6,40}"
        r"|Email\s*:?\s*[\w.@-]+|ĐẾN|Số\s*:\s*\d*|Ngày\s*:\s*[\d/.\s-]*|Chuyển\s*:"
    )
    text = unicodedata.normalize("NFC", difference.theirs)
    return re.fullmatch(rf"(?:(?:{stamp})\s*)+", text, re.IGNORECASE) is not None

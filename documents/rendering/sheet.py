"""From a document's content to what its template prints: every string final.

Templates only lay out. Numbers, blanks, closing marks, annex headings and line breaks of headings
are decided here, in NFC and in letters our fonts have.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any, TypeVar

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from documents import words
from documents.kinds import KINDS, Kind
from documents.model import Block, Chapter, Content, Copied, Issue, Paragraph, Table, nfc
from documents.rendering.typeface import alphabet, arranged, text_width

Printed = TypeVar("Printed", Content, Issue)

PRINTED_INSTEAD = "\N{REPLACEMENT CHARACTER}"
SUBJECT_WIDTH, ANNEX_WIDTH, NOTE_WIDTH = 140, 160, 86  # mm, of the 165 between the margins
LETTER_WIDTH = 62  # mm: box 5b stands under the number, in the left cell of the head
DATE_WIDTH = 97  # mm: the right half of the head
FIRST_LINE = 152.3  # mm: 165 less the indent of 12.7

# A word of its own: a line that may not break must not swallow an endless neighbour.
_NUMBER = re.compile(r"(?<!\S)(\d{1,6}/[\w/-]{1,20})(?=[.,;:)]*(?:\s|$))")


def annex_sheet(content: Content, issue: Issue, kind: Kind, position: int) -> dict[str, Any]:
    """The context of an annex in a file of its own; ``position`` counts from 0.

    Electronically the agency signs in the top right corner, in words (Phụ lục I.III.1d).
    """
    text, issue = printable(content), printable(issue)
    symbol = issue.symbol or kind.symbol(words.BLANK)
    annex = _annexes(text, kind, symbol, issue)[position]
    corner = [words.number_line(issue.number, symbol)]
    return {
        "content": text,
        "title": f"{annex['heading']}: {text.annexes[position].title}",
        "annex": annex,
        "corner": _corner(corner, issue) if issue.medium == "electronic" else [],
        "created": _created(issue),
    }


def copy_sheet(content: Content, issue: Issue | None, kind: Kind) -> dict[str, Any]:
    """The context of a copy: that of what is copied, and what the copying agency puts below it on
    paper (Mẫu 3.1) or, electronically, in the corner of the first page (Mẫu 3.2)."""
    text, issue = printable(content), printable(issue) if issue else None
    copied = content.copied
    assert copied is not None
    below = sheet(content, issue, kind, draft=False) | {"form": kind.copy}
    if copied.content is None:
        if issue and issue.medium == "paper":
            return below | {"copies": [below]}
        lines = (
            _corner([kind.copy, text.issued_by], issue) if issue and issue.moment else [kind.copy]
        )
        return below | {"corner": lines, "copies": []}
    above = _copied_sheet(copied)
    above |= {"title": below["title"], "created": below["created"], "signed": True}
    if issue and issue.moment:
        return above | {"corner": _corner([kind.copy, text.issued_by], issue)}
    return above | {"copies": [*above.get("copies", []), below]}


def _copied_sheet(copied: Copied) -> dict[str, Any]:
    """What is copied, with the parts a trích sao takes; annexes keep their numbers."""
    assert copied.content is not None
    source = KINDS[copied.content.kind]
    if source.copy:
        return copy_sheet(copied.content, copied.issue, source)
    above = sheet(_extracted(copied), copied.issue, source, draft=False)
    if copied.annexes is not None:
        above["annexes"] = [a for a in above["annexes"] if a["place"] in copied.annexes]
    return above


def _extracted(copied: Copied) -> Content:
    """The document with the blocks a trích sao takes; whole where none is named."""
    assert copied.content is not None
    body = copied.content.body
    kept = tuple(body[place] for place in copied.excerpt) or body
    return dataclasses.replace(copied.content, body=kept)


def _corner(lines: list[str], issue: Issue) -> list[str]:
    """Box 14: what the agency signs in words, ending with the moment."""
    return [*lines, words.moment_words(issue.moment)] if issue.moment else lines


def _created(issue: Issue | None) -> str:
    return f"{issue.date.isoformat()}T00:00:00+07:00" if issue else ""


def sheet(content: Content, issue: Issue | None, kind: Kind, *, draft: bool) -> dict[str, Any]:
    """The context of an official template.

    Without ``issue``, for a numbered kind without number, and for a draft, number and date are
    blanks; the year and symbol of an issue are printed in any case.
    """
    text, issue = printable(content), printable(issue) if issue else None
    known = issue is not None and (issue.number is not None or not kind.numbered)
    issued = issue if known and not draft else None
    date_line = _date_line(text.letterhead.place, issue, issued)
    symbol = issue.symbol if issue and issue.symbol else kind.symbol(words.BLANK)
    return {
        "kind": kind,
        "content": text,
        "title": _title(text, kind, issued),
        "heading": text.title or kind.title,
        "number_line": _number_line(kind, symbol, issued),
        "date_line": date_line if kind.dated else "",
        "date_is_wide": _is_wide(date_line),
        "subject": _subject(text, kind),
        "grounds": [unbroken(line) for line in words.listed(text.grounds)],
        "addressees": _addressees(text.addressees),
        "recipients": words.listed(text.recipients),
        "body": _blocks(text.body) if kind.key != "application" else [*map(_block, text.body)],
        "annexes": [item for item in _annexes(text, kind, symbol, issued) if not item["apart"]],
        "attached": _attached(text, kind, symbol, issued),
        "note": arranged(text.note, "Italic", 11, NOTE_WIDTH),
        "qr": _qr(issue.verify_url) if issue and issue.verify_url and not draft else "",
        "created": _created(issue),
    }


def printable(value: Printed) -> Printed:
    """The same in NFC, with :data:`PRINTED_INSTEAD` for characters our fonts do not have.

    Direction marks and other invisible characters are among these: a name must not read
    differently on paper from what it is.
    """
    result: Printed = _mapped(value, printable_text)
    return result


def printable_text(value: Any) -> Any:
    """Text in NFC and in letters our fonts have; anything but text as it is."""
    if not isinstance(value, str):
        return value
    known = alphabet()
    return "".join(char if char in known else PRINTED_INSTEAD for char in nfc(value))


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_mapped(item, change) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        changed = {name: _mapped(getattr(value, name), change) for name in names}
        return dataclasses.replace(value, **changed)
    return value


def _title(text: Content, kind: Kind, issued: Issue | None) -> str:
    """What a viewer shows as the name of the file's document."""
    if issued is None or issued.number is None:
        return f"{(text.title or kind.name).capitalize()}: {text.subject}"
    return f"{kind.name} số {words.number_words(issued.number, issued.symbol)}: {text.subject}"


def _subject(text: Content, kind: Kind) -> str:
    """Box 5a under the name of the type, or box 5b of a công văn (Phụ lục I.II.5b)."""
    if kind.title or kind.copy:
        return arranged(text.subject, "Bold", 14, SUBJECT_WIDTH)
    return arranged(text.subject, "Regular", 12, LETTER_WIDTH)


def _number_line(kind: Kind, symbol: str, issued: Issue | None) -> str:
    return words.number_line(issued.number if issued else None, symbol) if kind.numbered else ""


def _date_line(place: str, issue: Issue | None, issued: Issue | None) -> str:
    date, year = issued.date if issued else None, issue.date.year if issue else None
    return words.date_line(place, date, year=year)


def _is_wide(date_line: str) -> bool:
    """Whether a line too long for its half at 14 pt still fits it, nearly centred, at 13 pt."""
    at_14, at_13 = (text_width(date_line, "Italic", points) for points in (14, 13))
    return at_14 > DATE_WIDTH and at_13 <= DATE_WIDTH + 4


def _addressees(names: tuple[str, ...]) -> list[str]:
    """One stands bare beside "Kính gửi:"; several are a closed list (Phụ lục I.II.9)."""
    return [f"- {line}" for line in words.listed(names)] if len(names) > 1 else list(names)


def unbroken(text: str) -> SafeString:
    """Escaped text whose document numbers ("05/TTr-VHXH") stay on one line."""
    parts = (
        format_html('<span class="whole">{}</span>', part) if odd % 2 else part
        for odd, part in enumerate(_NUMBER.split(text))
    )
    return format_html_join("", "{}", ((part,) for part in parts))


def _blocks(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    """Blocks for the template, the last one closed with ``./.``."""
    if not blocks or not isinstance(blocks[-1], Paragraph):
        return [*map(_block, blocks), {"type": "end", "text": words.END_MARK}]
    last = dataclasses.replace(blocks[-1], text=words.ended(blocks[-1].text))
    return [*map(_block, blocks[:-1]), _block(last) | {"short": _on_one_line(last)}]


def _on_one_line(last: Paragraph) -> bool:
    """Such a closing line would stand alone with the signature: it takes the one before along."""
    width = text_width(last.lead, "Bold", 14) + text_width(f" {last.text}", "Regular", 14)
    return width <= FIRST_LINE


def _block(block: Block) -> dict[str, Any]:
    drawn: dict[str, Any] = {"type": type(block).__name__.lower(), "block": block}
    if isinstance(block, Paragraph):
        drawn["text"] = unbroken(block.text)
    elif isinstance(block, Chapter):
        drawn["title"] = arranged(block.title, "Bold", 14, SUBJECT_WIDTH)
    elif isinstance(block, Table):
        aligns = [column.align for column in block.columns]
        drawn["rows"] = [
            [{"text": cell, "align": align} for cell, align in zip(row, aligns, strict=True)]
            for row in block.rows
        ]
    return drawn


def _source(text: Content, kind: Kind, symbol: str, issued: Issue | None) -> str:
    """ "(Kèm theo …)"; the number is repeated on paper only (Phụ lục I.III.1c)."""
    filled = issued if issued and issued.medium == "paper" else None
    number, date = (filled.number, filled.date) if filled else (None, None)
    line = words.annex_line(kind.name, symbol, text.issued_by, number, date)
    return arranged(line, "Italic", 13, ANNEX_WIDTH)


def _annexes(text: Content, kind: Kind, symbol: str, issued: Issue | None) -> list[dict[str, Any]]:
    line = _source(text, kind, symbol, issued)
    return [
        {
            "heading": words.annex_heading(position, len(text.annexes)),
            "title": arranged(annex.title.upper(), "Bold", 14, ANNEX_WIDTH),
            "line": line,
            "blocks": _blocks(annex.blocks),
            "apart": annex.apart,
            "place": position - 1,
        }
        for position, annex in enumerate(text.annexes, start=1)
    ]


def _attached(
    text: Content, kind: Kind, symbol: str, issued: Issue | None
) -> dict[str, Any] | None:
    """The document a decision promulgates, under a header of its own (Mẫu 1.3)."""
    if text.attached is None:
        return None
    return {
        "heading": text.attached.title,
        "subject": arranged(text.attached.subject, "Bold", 14, SUBJECT_WIDTH),
        "line": _source(text, kind, symbol, issued),
        "blocks": _blocks(text.attached.blocks),
    }


def _qr(url: str) -> str:
    """The address as a QR code in an SVG ``data:`` address."""
    import segno

    code = segno.make(url, error="m", boost_error=False, micro=False)
    address: str = code.svg_data_uri(border=0, dark="#000", omitsize=True)
    return address

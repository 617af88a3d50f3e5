"""What an official document says: frozen, without layout and without Django.

One value of :class:`Content` feeds every renderer and is stored as the document's snapshot, so a
stored document can be drawn again to the same bytes. All text is plain Unicode (NFC); markup in it
is printed literally.
"""

from __future__ import annotations

import dataclasses
import datetime
import unicodedata
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Letterhead:
    """Box 2 of Decree 30/2020, Phụ lục I: who issues.

    ``parent`` is printed regular, ``lines`` bold; both in capitals as given. ``place`` is the
    place name of box 4 ("Tam Quang").
    """

    lines: tuple[str, ...]
    place: str
    parent: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A justified paragraph with first-line indent. ``lead`` is printed bold before the text
    (``"Điều 1."``)."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Heading:
    """``I. TÊN MỤC``: bold, on a line of its own."""

    text: str


@dataclass(frozen=True)
class Column:
    """A table column: heading, share of the width in percent, alignment of its cells."""

    title: str
    width: int
    align: Literal["left", "center"] = "left"


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Heading | Table


@dataclass(frozen=True)
class SignatureBlock:
    """Boxes 7a and 7b: lines of authority and position in capitals (``("KT. CHỦ TỊCH",
    "PHÓ CHỦ TỊCH")``) and the signer's name without any academic title."""

    lines: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Annex:
    """An annex in the same file (Decree 30, Phụ lục I.III.1). ``title`` is printed in capitals."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Content:
    """One document.

    ``kind`` is a key of :mod:`documents.kinds`. ``subject`` is the trích yếu without a full stop.
    ``authority`` is the authority line of a decision ("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TAM QUANG").
    ``grounds`` are the căn cứ without their closing mark: the renderer ends each with ``;`` and
    the last with ``.``. ``addressees`` are those of ``Kính gửi:``. ``recipients`` are the lines of
    ``Nơi nhận:`` without dash and closing mark, the last being the file line ("Lưu: VT, VHXH").
    ``issued_by`` completes the annex line "(Kèm theo Quyết định số … của <issued_by>)".
    ``note`` is a small line under the signature ("Đã gửi qua hệ thống lúc …"), used by papers
    that are not among the decree's types.
    The body ends with ``./.``, added by the renderer.
    """

    kind: str
    letterhead: Letterhead
    subject: str
    body: tuple[Block, ...]
    signature: SignatureBlock
    authority: str = ""
    grounds: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    issued_by: str = ""
    note: str = ""


@dataclass(frozen=True)
class Issue:
    """What becomes known when a document is issued: number, symbol, Hanoi date, public address.

    ``number`` is None for papers that carry none. ``symbol`` is ``"QĐ-UBND"``. ``medium`` decides
    whether the annex line is filled (paper) or left blank (electronic): Phụ lục I.III.1c.
    """

    date: datetime.date
    number: int | None = None
    symbol: str = ""
    verify_url: str = ""
    medium: Literal["electronic", "paper"] = "electronic"


_BLOCKS: dict[str, type[Block]] = {"paragraph": Paragraph, "heading": Heading, "table": Table}


def nfc(text: str) -> str:
    """Text in Unicode NFC with runs of white space reduced to one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def to_json(content: Content) -> dict[str, Any]:
    """A JSON-ready dictionary from which :func:`from_json` restores an equal value."""

    def plain(value: Any) -> Any:
        if isinstance(value, tuple):
            return [plain(item) for item in value]
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            fields = {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
            tag = next((name for name, kind in _BLOCKS.items() if isinstance(value, kind)), None)
            return {"block": tag, **fields} if tag else fields
        return value

    result: dict[str, Any] = plain(content)
    return result


def from_json(data: dict[str, Any]) -> Content:
    """The content stored by :func:`to_json`."""

    def block(item: dict[str, Any]) -> Block:
        fields = {key: value for key, value in item.items() if key != "block"}
        if item["block"] == "table":
            return Table(
                columns=tuple(Column(**column) for column in fields["columns"]),
                rows=tuple(tuple(row) for row in fields["rows"]),
            )
        return _BLOCKS[item["block"]](**fields)

    def blocks(items: list[dict[str, Any]]) -> tuple[Block, ...]:
        return tuple(block(item) for item in items)

    head, signature = data["letterhead"], data["signature"]
    return Content(
        **{
            **data,
            "letterhead": Letterhead(
                lines=tuple(head["lines"]), place=head["place"], parent=head["parent"]
            ),
            "body": blocks(data["body"]),
            "signature": SignatureBlock(lines=tuple(signature["lines"]), name=signature["name"]),
            "annexes": tuple(
                Annex(title=annex["title"], blocks=blocks(annex["blocks"]))
                for annex in data["annexes"]
            ),
            "grounds": tuple(data["grounds"]),
            "addressees": tuple(data["addressees"]),
            "recipients": tuple(data["recipients"]),
        }
    )

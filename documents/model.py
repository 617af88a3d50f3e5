"""What an official document says: frozen, without layout and without Django.

One value of :class:`Content` feeds every renderer and is stored as the document's snapshot, so a
stored document can be drawn again to the same bytes. All text is plain Unicode (NFC); markup in it
is printed literally.

A field added after documents were stored is marked ``_LATER``: the snapshot leaves it out while
it has its default, so that the JSON of an older document, and its digest, stay what they were.
"""

from __future__ import annotations

import dataclasses
import datetime
import unicodedata
from dataclasses import dataclass, field
from typing import Any, Literal

Urgency = Literal["", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"]


# A field that stored snapshots may lack.
_LATER = {"later": True}


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
    (``"Điều 1."``). A ``free`` one may be reworded by the clerk before the signature, its lead
    excepted: :mod:`documents.issuing.free_text`."""

    text: str
    lead: str = ""
    free: bool = field(default=False, metadata=_LATER)


@dataclass(frozen=True)
class Heading:
    """``I. TÊN MỤC``: bold, on a line of its own."""

    text: str


@dataclass(frozen=True)
class Chapter:
    """``Chương I`` over ``QUY ĐỊNH CHUNG``: two centred bold lines (Phụ lục I.II.6đ)."""

    number: str
    title: str


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


Block = Paragraph | Heading | Chapter | Table


@dataclass(frozen=True)
class SignatureBlock:
    """Boxes 7a and 7b: lines of authority and position in capitals (``("KT. CHỦ TỊCH",
    "PHÓ CHỦ TỊCH")``) and the signer's name without any academic title."""

    lines: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Annex:
    """An annex (Decree 30, Phụ lục I.III.1), in the same file, or ``apart`` in one of its own
    (Mẫu 2.1, 2.2). ``title`` is printed in capitals."""

    title: str
    blocks: tuple[Block, ...]
    apart: bool = field(default=False, metadata=_LATER)


@dataclass(frozen=True)
class Attached:
    """A document a decision promulgates (Mẫu 1.3), in the same file under a header of its own.

    ``title`` is its type in capitals ("QUY CHẾ"), ``subject`` its trích yếu.
    """

    title: str
    subject: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Scan:
    """A page of a paper original, kept apart as a picture (JPEG or PNG) with this SHA-256."""

    sha256: str


@dataclass(frozen=True)
class Copied:
    """What a copy is taken from (Điều 25): our own document with what was known when it was
    issued, or the scanned pages of a paper one.

    ``excerpt`` are the places of the blocks of the body a trích sao takes, in order, ``annexes``
    those of the annexes that go with it (None: all of them); all else of the form stays.
    """

    content: Content | None = None
    issue: Issue | None = None
    scans: tuple[Scan, ...] = ()
    excerpt: tuple[int, ...] = ()
    annexes: tuple[int, ...] | None = field(default=None, metadata=_LATER)


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

    ``title`` replaces the name of the kind where that is not fixed ("ĐƠN XIN THAM GIA").
    ``urgency`` is box 10b. ``beside`` signs on the left: the secretary of a meeting (Mẫu 1.9), the
    guardian of a child. ``opinions`` head empty boxes below the signature of an application.
    ``attached`` is promulgated with a decision, ``copied`` is what a copy is a copy of.
    ``free_recipients`` lets the clerk change who is told, the first and the file line excepted.
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
    title: str = field(default="", metadata=_LATER)
    urgency: Urgency = field(default="", metadata=_LATER)
    beside: SignatureBlock | None = field(default=None, metadata=_LATER)
    opinions: tuple[str, ...] = field(default=(), metadata=_LATER)
    attached: Attached | None = field(default=None, metadata=_LATER)
    copied: Copied | None = field(default=None, metadata=_LATER)
    free_recipients: bool = field(default=False, metadata=_LATER)


@dataclass(frozen=True)
class Issue:
    """What becomes known when a document is issued: number, symbol, Hanoi date, public address.

    ``number`` is None for papers that carry none. ``symbol`` is ``"QĐ-UBND"``. ``medium`` decides
    whether the annex line is filled (paper) or left blank (electronic): Phụ lục I.III.1c.
    ``moment`` is when the agency signs an annex in a file of its own or a copy: it is printed in
    words beside that signature (Phụ lục I.III.1d).
    """

    date: datetime.date
    number: int | None = None
    symbol: str = ""
    verify_url: str = ""
    medium: Literal["electronic", "paper"] = "electronic"
    moment: datetime.datetime | None = field(default=None, metadata=_LATER)


_BLOCKS: dict[str, type[Block]] = {
    "paragraph": Paragraph,
    "heading": Heading,
    "chapter": Chapter,
    "table": Table,
}


def nfc(text: str) -> str:
    """Text in Unicode NFC with runs of white space reduced to one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def to_json(content: Content) -> dict[str, Any]:
    """A JSON-ready dictionary from which :func:`from_json` restores an equal value."""
    result: dict[str, Any] = _plain(content)
    return result


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime.date):  # a moment too
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        kept = (f for f in dataclasses.fields(value) if not _left_out(f, getattr(value, f.name)))
        fields = {item.name: _plain(getattr(value, item.name)) for item in kept}
        tag = next((name for name, kind in _BLOCKS.items() if isinstance(value, kind)), None)
        return {"block": tag, **fields} if tag else fields
    return value


def _left_out(item: dataclasses.Field[Any], value: Any) -> bool:
    return bool(item.metadata.get("later")) and value == item.default


def from_json(data: dict[str, Any]) -> Content:
    """The content stored by :func:`to_json`."""
    letterhead, beside = data["letterhead"], data.get("beside")
    attached, copied = data.get("attached"), data.get("copied")
    annexes = (Annex(**{**annex, "blocks": _blocks(annex["blocks"])}) for annex in data["annexes"])
    return Content(
        **{
            **data,
            "letterhead": Letterhead(**{**letterhead, "lines": tuple(letterhead["lines"])}),
            "body": _blocks(data["body"]),
            "signature": _signature(data["signature"]),
            "annexes": tuple(annexes),
            "grounds": tuple(data["grounds"]),
            "addressees": tuple(data["addressees"]),
            "recipients": tuple(data["recipients"]),
            "opinions": tuple(data.get("opinions", ())),
            "beside": _signature(beside) if beside else None,
            "attached": attached
            and Attached(**{**attached, "blocks": _blocks(attached["blocks"])}),
            "copied": copied and _copied(copied),
        }
    )


def _signature(data: dict[str, Any]) -> SignatureBlock:
    return SignatureBlock(lines=tuple(data["lines"]), name=data["name"])


def _copied(data: dict[str, Any]) -> Copied:
    return Copied(
        content=from_json(data["content"]) if data["content"] else None,
        issue=_issue(data["issue"]) if data["issue"] else None,
        scans=tuple(Scan(**scan) for scan in data["scans"]),
        excerpt=tuple(data["excerpt"]),
        annexes=tuple(data["annexes"]) if "annexes" in data else None,
    )


def _issue(data: dict[str, Any]) -> Issue:
    moment = data.get("moment")
    return Issue(
        **{
            **data,
            "date": datetime.date.fromisoformat(data["date"]),
            "moment": datetime.datetime.fromisoformat(moment) if moment else None,
        }
    )


def _blocks(items: list[dict[str, Any]]) -> tuple[Block, ...]:
    return tuple(_block(item) for item in items)


def _block(item: dict[str, Any]) -> Block:
    fields = {key: value for key, value in item.items() if key != "block"}
    if item["block"] == "table":
        return Table(
            columns=tuple(Column(**column) for column in fields["columns"]),
            rows=tuple(tuple(row) for row in fields["rows"]),
        )
    return _BLOCKS[item["block"]](**fields)

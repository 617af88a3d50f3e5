"""Words a clerk may change before the signature, and those nobody may (Điều 12 khoản 2).

A content declares its zones itself: the paragraphs marked ``free``, and who is told, between a
"Như trên" and the file line. All else is protected, because nothing here can reach it: the
letterhead, number and date, the grounds a rule gave, the authority, leads ("Điều 1."), headings,
tables, annexes, the signature. A change makes another content, with its own digest: a number
reserved for the old one is void and the signer reads the new one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..errors import DocumentRefused
from ..model import Block, Content, Paragraph, nfc
from ..rendering.sheet import PRINTED_INSTEAD, printable_text
from ..rendering.typeface import alphabet
from ..words import END_MARK

RECIPIENTS = "recipients"
LONGEST = 4000
_BODY = "body."


@dataclass(frozen=True)
class Zone:
    """Text that may be changed: ``key`` names it in a form, ``lead`` stands before it and stays.

    The recipients are one zone, a line each.
    """

    key: str
    text: str
    lead: str = ""


def free_text(content: Content) -> tuple[Zone, ...]:
    """The zones of a content, in the order of the page; none for one that declares none."""
    found = [
        Zone(f"{_BODY}{place}", block.text, block.lead)
        for place, block in enumerate(content.body)
        if isinstance(block, Paragraph) and block.free
    ]
    if content.free_recipients and content.recipients:
        found.append(Zone(RECIPIENTS, "\n".join(_recipients(content)[1])))
    return tuple(found)


def with_free_text(content: Content, changes: Mapping[str, str]) -> Content:
    """The content with some of its zones reworded; the same content for no change.

    Raises :class:`~documents.errors.DocumentRefused` for a key that is no zone of this content, an
    empty or endless text, one with letters our fonts lack, or with the mark that ends a text.
    """
    known = {zone.key for zone in free_text(content)}
    if unknown := sorted(set(changes) - known):
        raise DocumentRefused(
            _("Phần này của văn bản không sửa được: %(keys)s.") % {"keys": ", ".join(unknown)}
        )
    body = tuple(
        _reworded(block, changes.get(f"{_BODY}{place}")) for place, block in enumerate(content.body)
    )
    recipients = content.recipients
    if RECIPIENTS in changes:
        first, _between, last = _recipients(content)
        recipients = (*first, *_lines(changes[RECIPIENTS]), *last)
    return dataclasses.replace(content, body=body, recipients=recipients)


def _reworded(block: Block, text: str | None) -> Block:
    if text is None or not isinstance(block, Paragraph):
        return block
    return dataclasses.replace(block, text=_checked(text))


def _recipients(content: Content) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The first line where the decree fixes it ("Như trên"), those between, the file line."""
    *told, filed = content.recipients
    fixed = 1 if told and told[0].startswith("Như ") else 0
    return tuple(told[:fixed]), tuple(told[fixed:]), (filed,)


def reworded(content: Content, edits: Iterable[tuple[str, str]]) -> Content:
    """A content written anew, with edits kept from before as (text read, text put in its place).

    An edit whose text nobody would read any more is left out: it was about other words. Raises as
    :func:`with_free_text`.
    """
    for before, after in edits:
        zone = next((zone for zone in free_text(content) if zone.text == before), None)
        if zone:
            content = with_free_text(content, {zone.key: after})
    return content


def changed_zones(before: Content, after: Content) -> tuple[tuple[Zone, str], ...]:
    """Each zone that reads differently with its new text: what a record of the act keeps."""
    now = {zone.key: zone.text for zone in free_text(after)}
    return tuple(
        (zone, now[zone.key])
        for zone in free_text(before)
        if zone.key in now and now[zone.key] != zone.text
    )


def unprintable(text: str) -> str:
    """The characters of a text our fonts lack, each as often as it stands there."""
    known = alphabet()
    return "".join(char for char in nfc(text) if char not in known)


def _lines(text: str) -> tuple[str, ...]:
    lines = (line.strip().lstrip("-–+•").strip().rstrip(" ;.") for line in text.splitlines())
    kept = tuple(_checked(line) for line in lines if line)
    if any(line.casefold().startswith("lưu:") for line in kept):
        raise DocumentRefused(_("Dòng “Lưu” đứng cuối và không sửa ở đây."))
    return kept


def _checked(text: str) -> str:
    plain = nfc(text)
    if not plain:
        raise DocumentRefused(_("Phần sửa không được để trống."))
    if len(plain) > LONGEST:
        raise DocumentRefused(_("Phần sửa quá dài; tối đa %(most)d chữ.") % {"most": LONGEST})
    if PRINTED_INSTEAD in printable_text(plain):
        raise DocumentRefused(_("Phần sửa có ký tự không in được; hãy gõ lại bằng chữ thường."))
    if END_MARK in plain:
        raise DocumentRefused(_("Dấu “./.” do hệ thống ghi ở cuối văn bản, không gõ vào."))
    return plain

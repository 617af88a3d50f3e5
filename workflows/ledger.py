"""Writing and checking the ledger: one hash chain per agency."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from .models import Agency, Chain, Event

if TYPE_CHECKING:
    from .states import Record

START = "0" * 64


@dataclass(frozen=True)
class Fault:
    """One departure found in an agency's chain."""

    agency: str
    sequence: int
    sentence: str


def content_of(event: Event) -> str:
    """The canonical text an event's hash is taken over (every column but hash and mac)."""
    return json.dumps(
        [
            event.agency_id,
            event.sequence,
            event.at.astimezone(UTC).isoformat(timespec="microseconds"),
            event.actor_id,
            event.actor_name,
            event.capacity,
            event.record_type,
            event.record_id,
            event.act,
            event.from_state,
            event.to_state,
            event.revision,
            event.note,
            event.facts,
            event.digest,
            event.previous,
        ],
        ensure_ascii=False,
        sort_keys=True,
    )


def hash_of(event: Event) -> str:
    return hashlib.sha256(content_of(event).encode()).hexdigest()


@cache
def _key(path: Path) -> bytes:
    return bytes.fromhex(path.read_text().strip())


def mac_of(digest: str) -> str:
    """HMAC of a hash with the office's key, which lives outside the database."""
    return hmac.new(_key(settings.LEDGER_KEY_FILE), digest.encode(), "sha256").hexdigest()


def append(agency: Agency, **columns: Any) -> Event:
    """Append one event inside the caller's transaction and move the chain's head.

    Takes the chain's row lock: the last lock of the order process, record, counter, chain.
    """
    chains = Chain.objects.select_for_update()
    chain = chains.filter(agency=agency).first() or chains.get_or_create(agency=agency)[0]
    event = Event(agency=agency, sequence=chain.length + 1, previous=chain.head, **columns)
    event.hash = hash_of(event)
    event.mac = mac_of(event.hash)
    event.save()
    chain.length, chain.head = event.sequence, event.hash
    chain.save(update_fields=["length", "head"])
    return event


def anchor(agency: Agency) -> str:
    """The head of the chain as the text that goes into a sealed document: "code/length/hash"."""
    chain = Chain.objects.filter(agency=agency).first()
    length, head = (chain.length, chain.head) if chain else (0, START)
    return f"{agency.code}/{length}/{head}"


def verify(agency: Agency, anchors: Iterable[str] = ()) -> Iterator[Fault]:
    """Walk the agency's chain and yield every fault found.

    Edits, deletions, swaps and insertions break the chain itself. A cut tail and a chain computed
    anew from the start are found by the ``anchors`` read from sealed documents.
    """
    expected, previous, heads = 1, START, {0: START}
    for event in Event.objects.filter(agency=agency).order_by("sequence").iterator():
        if event.sequence != expected:
            yield Fault(agency.code, expected, _("Thiếu dòng nhật ký hoặc số thứ tự bị đổi."))
        if event.previous != previous:
            yield Fault(agency.code, event.sequence, _("Dòng này không nối tiếp dòng trước."))
        if event.hash != hash_of(event):
            yield Fault(agency.code, event.sequence, _("Nội dung dòng này đã bị sửa."))
        if not hmac.compare_digest(event.mac, mac_of(event.hash)):
            yield Fault(agency.code, event.sequence, _("Mã xác thực của cơ quan không khớp."))
        heads[event.sequence] = event.hash
        expected, previous = event.sequence + 1, event.hash
    yield from _head_faults(agency, expected - 1, previous)
    yield from _anchor_faults(agency, heads, anchors)


def _head_faults(agency: Agency, length: int, head: str) -> Iterator[Fault]:
    chain = Chain.objects.filter(agency=agency).first()
    if (chain.length, chain.head) != (length, head) if chain else length:
        yield Fault(agency.code, length, _("Đầu chuỗi không khớp với dòng cuối của nhật ký."))


def _anchor_faults(
    agency: Agency, heads: dict[int, str], anchors: Iterable[str]
) -> Iterator[Fault]:
    for text in anchors:
        code, _slash, rest = text.partition("/")
        length, _slash, head = rest.partition("/")
        sequence = int(length) if length.isdigit() else 0
        # Another code is a fault too: renaming the agency must not disarm its anchors.
        if code != agency.code or heads.get(sequence) != head:
            yield Fault(
                agency.code,
                sequence,
                _("Nhật ký không còn khớp với dấu neo trong văn bản đã đóng dấu."),
            )


def history(record: Record) -> QuerySet[Event]:
    """What was done on a record, oldest first."""
    return Event.objects.filter(record_type=record._meta.label_lower, record_id=record.pk).order_by(
        "sequence"
    )

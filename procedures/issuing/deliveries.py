"""The recipients of a released decision: whom it names, what was sent to whom, and what is late.

The list is computed: the lines of "Nơi nhận" in the decision as it was stored, the posts of the
places it concerns, and the places the clerk added. The delivery book says how far each has come.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Medium
from workflows.deadlines import Calendar
from workflows.errors import Refusal

from .. import deadlines
from ..models.deliveries import Delivery, Entry, Way
from ..people import names

if TYPE_CHECKING:
    from ..models import Dossier

# Register and pass on within the day, at the latest on the next working day.
RECEIVED_SAME_OR_NEXT_DAY = "Điều 4 khoản 2 điểm c Nghị định 30/2020/NĐ-CP"
_FILE_LINE = "lưu"
MOST = 100


@dataclass(frozen=True)
class Recipient:
    """One place and how far the decision has come to it.

    ``last`` is its newest line in the delivery book. ``detail`` says whom "Như Điều 4" means,
    ``added`` is a place the decision does not name. ``late`` counts the working days by which it
    was sent, or is still to be sent, too late.
    """

    key: str
    name: str
    post_id: int | None = None
    detail: str = ""
    added: bool = False
    last: Delivery | None = None
    late: int = 0

    @property
    def sent(self) -> datetime.date | None:
        return self.last.sent if self.last else None

    @property
    def way(self) -> str:
        return self.last.way if self.last else ""

    @property
    def received(self) -> datetime.date | None:
        return self.last.received if self.last else None


@dataclass(frozen=True)
class Summary:
    """ "Đã gửi 5/7 nơi, 4 nơi đã nhận"; ``late`` places are unsent past ``due``."""

    total: int
    sent: int
    received: int
    late: int
    due: datetime.date


def is_ours(dossier: Dossier) -> bool:
    """Whether the dossier ended in a decision that this office releases and sends."""
    decision = dossier.decision
    return bool(decision and decision.released and decision.medium != Medium.ELSEWHERE)


def recipients(dossier: Dossier, calendar: Calendar | None = None) -> list[Recipient]:
    """Every place the decision goes to, in the order of the paper, then the posts, then what was
    added. Empty before the release."""
    places = places_of(dossier)
    if not places:
        return []
    due = last_day(dossier, calendar := calendar or Calendar.current())
    return [replace(p, late=_late(p, due, calendar)) for p in places]


def places_of(dossier: Dossier) -> list[Recipient]:
    """The same without the question whether any of them is late."""
    if not is_ours(dossier):
        return []
    book = {key_of(row.recipient, row.post_id): row for row in dossier.deliveries.order_by("pk")}
    named = [*_printed(dossier), *_posts(dossier)]
    known = {place.key for place in named}
    added = [
        Recipient(key, row.recipient, row.post_id, added=True)
        for key, row in book.items()
        if key not in known and not row.dropped
    ]
    return [replace(place, last=book.get(place.key)) for place in (*named, *added)]


def key_of(name: str, post: int | None) -> str:
    """What tells places apart: the post, else the name however its marks were typed."""
    if post:
        return f"p{post}"
    return "t" + hashlib.sha256(names.fold(name).encode()).hexdigest()[:12]


def _printed(dossier: Dossier) -> Iterator[Recipient]:
    content: dict[str, Any] = dossier.written("decision").content
    for line in dict.fromkeys(content["recipients"]):
        # "Lưu: VT" is where the original stays, not where a copy goes.
        if not line.casefold().startswith(_FILE_LINE):
            yield Recipient(key_of(line, None), line, detail=_meant(line, content))


def _meant(line: str, content: dict[str, Any]) -> str:
    """Whom "Như Điều 4" means: the people that article charges with carrying it out; "Như trên"
    are those the paper is addressed to."""
    if line == "Như trên":
        return ", ".join(content["addressees"])
    article = line.removeprefix("Như ")
    texts = (block["text"] for block in content["body"] if block.get("lead") == f"{article}.")
    found = next(texts, "").partition(" chịu trách nhiệm")[0]
    return f"{article}: {found}" if found else ""


def _posts(dossier: Dossier) -> Iterator[Recipient]:
    for post in dossier.addressees():
        yield Recipient(key_of("", post.pk), post.title, post.pk)


def last_day(dossier: Dossier, calendar: Calendar) -> datetime.date:
    """The last day on which the decision is sent in time (Điều 18 khoản 1)."""
    return calendar.add(deadlines.signed_on(dossier), 1)


def _late(place: Recipient, due: datetime.date, calendar: Calendar) -> int:
    return max(0, calendar.between(due, place.sent or timezone.localdate()))


def summary(dossier: Dossier, places: Iterable[Recipient], calendar: Calendar) -> Summary:
    places = list(places)
    return Summary(
        total=len(places),
        sent=sum(place.sent is not None for place in places),
        received=sum(place.received is not None for place in places),
        late=sum(place.sent is None and place.late > 0 for place in places),
        due=last_day(dossier, calendar),
    )


# What the clerk records -------------------------------------------------------------------------


def judged(dossier: Dossier, entries: Iterable[Entry], note: str) -> list[Delivery]:
    """The lines to write for ``entries``; :class:`Refusal` with the sentence and its field."""
    entries, places = list(entries), {place.key: place for place in recipients(dossier)}
    if not is_ours(dossier):
        raise Refusal(_("Quyết định ban hành ngoài hệ thống do cơ quan ban hành gửi đi."))
    if not entries:
        raise Refusal(_("Ông/bà chọn ít nhất một nơi nhận."), field="places")
    if len(places) + sum(not entry.key for entry in entries) > MOST:
        raise Refusal(_("Một văn bản ghi được nhiều nhất %(n)d nơi nhận.") % {"n": MOST})
    return [_line(dossier, places, entry, note) for entry in entries]


def _line(dossier: Dossier, places: dict[str, Recipient], entry: Entry, note: str) -> Delivery:
    place = _added(places, entry) if not entry.key else places.get(entry.key)
    if place is None:
        raise Refusal(_("Không có nơi nhận này trong danh sách."), field="places")
    _refuse_dates(dossier, entry)
    _refuse_silent_change(place, entry, note)
    if entry.dropped and not place.added:
        raise Refusal(_("Nơi nhận in trong Quyết định thì không bỏ được."), field="dropped")
    return Delivery(
        recipient=place.name,
        post_id=place.post_id,
        way=entry.way,
        sent=entry.sent,
        received=entry.received,
        received_by=entry.received_by,
        own=bool(place.last and place.last.own and entry.received == place.received),
        dropped=entry.dropped,
    )


def _added(places: dict[str, Recipient], entry: Entry) -> Recipient:
    name = names.clean(entry.name)
    if not name:
        raise Refusal(_("Ghi tên nơi nhận."), field="name")
    if key_of(name, None) in places:
        raise Refusal(_("%(name)s đã có trong danh sách.") % {"name": name}, field="name")
    return Recipient(key_of(name, None), name, added=True)


def _refuse_dates(dossier: Dossier, entry: Entry) -> None:
    released, today = dossier.written("decision").released, timezone.localdate()
    if bool(entry.way) != bool(entry.sent):
        raise Refusal(_("Ghi đủ cách gửi và ngày gửi."), field="way" if entry.sent else "sent")
    if entry.received and not entry.sent:
        raise Refusal(_("Chưa ghi việc gửi thì chưa ghi nhận được."), field="received")
    for field in ("sent", "received"):
        day: datetime.date | None = getattr(entry, field)
        if day and day > today:
            raise Refusal(_("Ngày này ở tương lai. Ông/bà xem lại."), field=field)
    if entry.sent and released and entry.sent < timezone.localdate(released):
        raise Refusal(_("Ngày gửi không thể trước ngày phát hành."), field="sent")
    if entry.received and entry.sent and entry.received < entry.sent:
        raise Refusal(_("Ngày nhận không thể trước ngày gửi."), field="received")


def _refuse_silent_change(place: Recipient, entry: Entry, note: str) -> None:
    last = place.last
    if last is None or not last.sent:
        return
    if last.own and (entry.received, entry.received_by) != (last.received, last.received_by):
        raise Refusal(
            _("%(place)s đã tự báo nhận nên phần nhận không sửa được.") % {"place": place.name},
            field="received",
        )
    kept = (last.received, last.received_by)
    changed = (last.way, last.sent) != (entry.way, entry.sent) or entry.dropped
    changed |= last.received is not None and kept != (entry.received, entry.received_by)
    if changed and not note.strip():
        raise Refusal(
            _("%(place)s đã ghi rồi. Muốn sửa, ông/bà bấm “Sửa” ở dòng ấy và ghi rõ lý do.")
            % {"place": place.name},
            field="note",
        )


def fact(row: Delivery) -> dict[str, str]:
    """A line as the ledger keeps it beside the act."""
    said = {
        "place": row.recipient,
        "way": row.way,
        "sent": f"{row.sent or ''}",
        "received": f"{row.received or ''}",
        "dropped": "yes" if row.dropped else "",
    }
    return {name: value for name, value in said.items() if value}


__all__ = [
    "Entry",
    "Recipient",
    "Summary",
    "Way",
    "fact",
    "is_ours",
    "judged",
    "key_of",
    "last_day",
    "recipients",
    "summary",
]

"""The register of outgoing documents: its ten columns, and what became of every number.

Source: Nghị định 30/2020/NĐ-CP, Điều 15, Điều 16 khoản 2 điểm b and Phụ lục IV. What the caller
knows of the dispatch comes in as :class:`Sent`; the rest stands in the documents.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ..issuing.relations import told
from ..kinds import COPIES, KINDS
from ..models import Document, Issuer, Medium, Mode, Relation, Series, State
from ..models.document import sealed_alone

_FILE_LINE = "Lưu:"
_AS_ABOVE = "Như trên"
_LAST_COPIES = frozenset(COPIES) - {"true_copy"}


@dataclass(frozen=True)
class Sent:
    """When a document first left the office, and in how many copies on paper."""

    first: datetime.date | None = None
    copies: int = 0


@dataclass(frozen=True)
class Entry:
    """One line, in the words of the ten columns; "Ký nhận" is left to the pen."""

    document: Document
    recipients: str
    kept_by: str
    copies: str
    sent: datetime.date | None
    note: str

    @property
    def what(self) -> str:
        """Type and excerpt: "Quyết định về việc …", "Công văn V/v …", "Bản sao y Quyết định …"."""
        subject = self.document.subject
        if subject[1:2].islower() and not KINDS[self.document.kind].copy:
            subject = subject[:1].lower() + subject[1:]
        return f"{KINDS[self.document.kind].name} {subject}"

    @property
    def signer(self) -> str:
        """Who signed, nobody where it was void before; an electronic copy bears the signature of
        the agency alone."""
        return "" if self.void and not self.document.issued else _signer(self.document)

    @property
    def may_be_copied(self) -> bool:
        """Whether a copy could be taken of it: of a copy, only of a sao y (Điều 25)."""
        released = self.document.state == State.RELEASED
        return released and self.document.kind not in _LAST_COPIES

    @property
    def number(self) -> int:
        return self.document.number or 0

    @property
    def void(self) -> bool:
        return bool(self.document.state == State.VOID)


def numbered(issuer: Issuer, year: int) -> QuerySet[Document]:
    """Everything that took a number in a year, voids included, in the order of issue."""
    rows = Document.objects.filter(issuer=issuer, year=year, series__isnull=False)
    found: QuerySet[Document] = rows.select_related("series").order_by("date", "series", "number")
    return found


def years(issuer: Issuer) -> list[int]:
    """The years in which it took numbers, the newest first."""
    rows = Document.objects.filter(issuer=issuer, series__isnull=False)
    return list(rows.order_by("-year").values_list("year", flat=True).distinct())


def entries(documents: Sequence[Document], sent: Mapping[int, Sent]) -> list[Entry]:
    """The lines of the register for these documents: one query more."""
    undergone: dict[int, list[Relation]] = defaultdict(list)
    relations = Relation.objects.filter(target__in=[document.pk for document in documents])
    for relation in relations.select_related("document"):
        undergone[relation.target_id].append(relation)
    return [_entry(d, sent.get(d.pk, Sent()), undergone[d.pk]) for d in documents]


def _entry(document: Document, sent: Sent, undergone: Iterable[Relation]) -> Entry:
    return Entry(
        document=document,
        recipients=_recipients(document),
        kept_by=_kept_by(document),
        copies=_copies(document, sent),
        sent=sent.first,
        note=". ".join([*_standing(document), *(told(relation) for relation in undergone)]),
    )


def _signer(document: Document) -> str:
    return _("Cơ quan ký số") if sealed_alone(document) else str(document.signer_name)


def _recipients(document: Document) -> str:
    """Where it goes; "Như trên" says nothing in a book, so those it is addressed to stand there."""
    lines: list[str] = []
    for line in document.content["recipients"]:
        if line.startswith(_AS_ABOVE):
            lines += document.content["addressees"]
        elif not line.startswith(_FILE_LINE):
            lines.append(line)
    return "; ".join(dict.fromkeys(lines or document.content["addressees"]))


def _kept_by(document: Document) -> str:
    """ "VT, VHXH": who keeps the copy on file."""
    lines = (line for line in document.content["recipients"] if line.startswith(_FILE_LINE))
    return next(lines, "").removeprefix(_FILE_LINE).strip(" .")


def _copies(document: Document, sent: Sent) -> str:
    if document.state == State.VOID:
        return ""
    if sent.copies:
        return f"{sent.copies:02d}"
    return _("điện tử") if document.medium == Medium.ELECTRONIC else ""


def _standing(document: Document) -> list[str]:
    """What the note says of a document that did not come into force."""
    if document.state == State.VOID:
        return [_("Đã hủy số: %(reason)s") % {"reason": document.void_reason.rstrip(". ")}]
    if document.state in (State.RESERVED, State.PREPARED):
        return [_("Đã cấp số, chưa ký")]
    if document.state != State.RELEASED:
        return [_("Đã ký, chưa phát hành")]
    return [_("Bản giấy")] if document.medium == Medium.PAPER else []


# -- every number explained ----------------------------------------------------------------------


@dataclass(frozen=True)
class Number:
    """A number of a series and what became of it."""

    number: int
    documents: list[Document]
    ours: bool
    symbol: str = ""

    @property
    def reference(self) -> str:
        """ "05/SY-UBND": as the document bears it, for a series may hold several kinds."""
        own = self.documents[0].symbol if self.documents else self.symbol
        return f"{self.number:02d}/{own}"

    @property
    def missing(self) -> bool:
        """Given by us, and in no document: nothing explains it."""
        return self.ours and not self.documents

    @property
    def steps(self) -> list[str]:
        """What happened, in order, in sentences."""
        return [sentence for document in self.documents for sentence in _history(document)]


@dataclass(frozen=True)
class Account:
    """All numbers of a series in a year. ``gaps`` are those without a document."""

    series: Series
    year: int
    numbers: list[Number]
    gaps: list[int]

    @property
    def ours(self) -> bool:
        return bool(self.series.mode == Mode.OURS)

    @property
    def voids(self) -> int:
        return sum(all(d.state == State.VOID for d in n.documents) for n in self.taken)

    @property
    def taken(self) -> list[Number]:
        return [number for number in self.numbers if number.documents]

    @property
    def complete(self) -> bool:
        """Whether no number of ours is without a document."""
        return self.ours and not self.gaps


def account(series: Series, year: int) -> Account:
    """What became of every number from 1 to the last: two queries."""
    by_number: dict[int, list[Document]] = defaultdict(list)
    rows = Document.objects.filter(series=series, year=year).select_related("series")
    for document in rows.order_by("number", "pk"):
        by_number[document.number].append(document)
    last = max([_counted(series, year), *by_number], default=0)
    gaps = [number for number in range(1, last + 1) if number not in by_number]
    ours = series.mode == Mode.OURS
    numbers = [Number(n, by_number.get(n, []), ours, series.symbol) for n in range(1, last + 1)]
    return Account(series, year, numbers, gaps)


def _counted(series: Series, year: int) -> int:
    """The last number given: one that was given and is in no document is a gap at the end."""
    if series.mode != Mode.OURS:
        return 0
    counter = series.counters.filter(year=year).first()
    return int(counter.value) if counter else 0


def _history(document: Document) -> list[str]:
    steps = [_begun(document)]
    if document.issued and not sealed_alone(document):
        steps.append(_("Ký lúc %(at)s.") % {"at": _moment(document.issued)})
    if document.released:
        steps.append(_("Phát hành lúc %(at)s.") % {"at": _moment(document.released)})
    if document.state == State.VOID:
        steps.append(_("Đã hủy: %(reason)s") % {"reason": document.void_reason})
    elif not document.issued:
        steps.append(_("Chưa ký."))
    return steps


def _begun(document: Document) -> str:
    """By whom the number was taken: the signer's own act, or the clerk's."""
    values = {"at": _moment(document.created), "who": document.signer_name}
    if sealed_alone(document):
        return _("Lấy số lúc %(at)s, khi Văn thư ký số của cơ quan lên bản sao điện tử.") % values
    if document.medium == Medium.PAPER:
        return _("Văn thư ghi số lúc %(at)s cho văn bản giấy do %(who)s ký.") % values
    if document.series and document.series.mode == Mode.OURS:
        return _("Phần mềm cấp số lúc %(at)s, khi %(who)s bấm ký.") % values
    return _("Số văn thư lấy từ sổ của cơ quan, ghi lúc %(at)s, khi %(who)s bấm ký.") % values


def _moment(at: datetime.datetime) -> str:
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}"

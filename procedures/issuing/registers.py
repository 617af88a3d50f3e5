"""What the registers know beyond the documents: where each was sent, which case it belongs to, and
the papers of superiors that came in with a case.

Source: Nghị định 30/2020/NĐ-CP, Điều 16, Điều 22 and Phụ lục IV. The numbers of arrival ("Số đến")
are given by the office's own book: what came in is shown to be cited, not as the register.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import words
from documents.models import Document
from documents.registry.register import Sent

from ..models import Commune, CopyRequest, Delivery, Dossier, ListRequest, ReportCall, TargetSet
from ..models.deliveries import Way

_ON_PAPER = (Way.PAPER, Way.IN_PERSON)


def dispatch(documents: Sequence[Document]) -> dict[int, Sent]:
    """What the delivery books say of these documents, and how many of a copy were made: two
    queries."""
    rows = Delivery.objects.filter(dossier__decision__in=[d.pk for d in documents])
    last: dict[tuple[int | None, str, int | None], Delivery] = {}
    for row in rows.select_related("dossier").order_by("pk"):
        last[row.dossier.decision_id, row.recipient, row.post_id] = row
    places: dict[int | None, list[Delivery]] = defaultdict(list)
    for (document, _recipient, _post), row in last.items():
        if row.sent and not row.dropped:
            places[document].append(row)
    made = CopyRequest.objects.filter(copy__in=[d.pk for d in documents], medium="paper")
    quantities = dict(made.values_list("copy", "quantity"))
    return {document: Sent(copies=quantity) for document, quantity in quantities.items()} | {
        document: _sent(rows) for document, rows in places.items() if document
    }


def _sent(rows: Iterable[Delivery]) -> Sent:
    rows = list(rows)
    first = min(row.sent for row in rows if row.sent)
    return Sent(first=first, copies=sum(row.way in _ON_PAPER for row in rows))


def cases(documents: Sequence[Document]) -> dict[int, int]:
    """The dossier each document belongs to: {document: dossier}."""
    keys = [document.pk for document in documents]
    found: dict[int, int] = {}
    holding = Q(submission__in=keys) | Q(decision__in=keys)
    for pk, *papers in Dossier.objects.filter(holding).values_list("pk", "submission", "decision"):
        found |= {paper: pk for paper in papers if paper in keys}
    return found


def copies(documents: Sequence[Document]) -> dict[int, int]:
    """The page of each document that is a copy: {document: copy request}."""
    found = CopyRequest.objects.filter(copy__in=[document.pk for document in documents])
    return dict(found.values_list("copy", "pk"))


# What came in -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Incoming:
    """A paper of an office above, as far as a case keeps it. ``answered`` is our reply to it."""

    arrived: datetime.date
    author: str
    number: str
    date: datetime.date | None
    kind: str
    about: str
    due: datetime.date | None
    receiver: str
    title: str
    route: str
    key: int
    scanned: bool
    answered: str

    @property
    def cited(self) -> str:
        """ "Công văn số 12/SKHCN ngày 05 tháng 3 năm 2026 của Sở …": to copy into a document."""
        number = f" số {self.number}" if self.number else ""
        day = f" {words.day_words(self.date)}" if self.date else ""
        return f"{self.kind}{number}{day} của {self.author}"

    @property
    def late(self) -> bool:
        return bool(self.due and not self.answered and self.due < timezone.localdate())


def incoming(commune: Commune) -> list[Incoming]:
    """The papers of superiors that cases of the commune answer, the newest first."""
    found = [*_calls(commune), *_targets(commune), *_lists(commune)]
    return sorted(found, key=attrgetter("arrived"), reverse=True)


def _calls(commune: Commune) -> Iterator[Incoming]:
    calls = ReportCall.objects.filter(commune=commune).exclude(issuer="")
    read_with_it = calls.select_related("unit", "opened_by")
    for call in read_with_it.prefetch_related("upward__dossier__decision"):
        yield Incoming(
            arrived=timezone.localdate(call.opened),
            author=call.issuer,
            number=call.number,
            date=call.dated,
            kind=_("Công văn"),
            about=call.title,
            due=call.due,
            receiver=f"{call.unit.name}: {call.opened_by}",
            title=_("Kỳ báo cáo"),
            route="report-call",
            key=call.pk,
            scanned=bool(call.scan),
            answered=_reply(report.dossier for report in call.upward.all()),
        )


def _targets(commune: Commune) -> Iterator[Incoming]:
    given = TargetSet.objects.filter(dossier__commune=commune, origin="superior")
    deep = ("dossier__decision", "dossier__unit", "dossier__author")
    for target in given.exclude(issuer="").select_related(*deep):
        yield Incoming(
            author=target.issuer,
            number=target.number,
            date=target.date,
            kind=target.paper or _("Công văn"),
            about=target.excerpt,
            due=target.due,
            scanned=bool(target.scan),
            **_case(target.dossier),
        )


def _lists(commune: Commune) -> Iterator[Incoming]:
    asked = ListRequest.objects.filter(dossier__commune=commune).exclude(asked_by="")
    deep = ("dossier__decision", "dossier__unit", "dossier__author")
    for request in asked.select_related(*deep):
        yield Incoming(
            author=request.asked_by,
            number=request.reference,
            date=request.date,
            kind=_("Công văn"),
            about=request.about,
            due=request.due,
            scanned=False,
            **_case(request.dossier),
        )


def _case(dossier: Dossier) -> dict[str, Any]:
    return {
        "arrived": timezone.localdate(dossier.created),
        "receiver": f"{dossier.unit.name}: {dossier.author}",
        "title": dossier.title,
        "route": "dossier",
        "key": dossier.pk,
        "answered": _reply([dossier]),
    }


def _reply(dossiers: Iterable[Dossier]) -> str:
    """The numbers under which an answer went out, empty while none did."""
    papers = (dossier.decision for dossier in dossiers)
    return ", ".join(paper.reference for paper in papers if paper and paper.released)

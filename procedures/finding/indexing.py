"""The words under which cases and their papers are kept for search, without marks and case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils.translation import gettext as _

from documents.kinds import KINDS
from documents.models import Document
from workflows.service import performed

from .. import access
from ..models import Commune, CopyRequest, Dossier, Report, SearchEntry
from ..people import names

_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of a text without marks and case: "Số 05/QĐ-UBND" -> so, 05, qd, ubnd."""
    return _WORD.findall(names.fold(text))


def folded(*texts: str) -> str:
    """Texts as they are kept for search: each word once, after a space; "05" also as "5"."""
    found = [word for text in texts for word in words(text)]
    bare = [word.lstrip("0") for word in found if word.isdecimal() and word.startswith("0")]
    return "".join(f" {word}" for word in dict.fromkeys(found + bare) if word)


@receiver(performed, sender=Dossier, dispatch_uid="search")
def after_act(sender: Any, record: Dossier, **kwargs: Any) -> None:
    index(record.pk)


@receiver(performed, sender=Report, dispatch_uid="search-reports")
def after_report(sender: Any, record: Report, **kwargs: Any) -> None:
    index_reports([record])


@receiver(performed, sender=CopyRequest, dispatch_uid="search-copies")
def after_copy(sender: Any, record: CopyRequest, **kwargs: Any) -> None:
    index_copies([record])


@transaction.atomic
def index_copies(copies: Iterable[CopyRequest]) -> None:
    """Remake the entries of copies: what is copied, for whom, under which number."""
    copies = list(copies)
    SearchEntry.objects.filter(copy__in=copies).delete()
    SearchEntry.objects.bulk_create(_copy_entry(asked) for asked in copies)


def _copy_entry(asked: CopyRequest) -> SearchEntry:
    made = asked.copy
    numbered = (made.reference, made.signer_name, _date(made)) if made else ()
    said = (asked.title, asked.original.subject, asked.recipients, str(asked.author), *numbered)
    return _entry(SearchEntry.Kind.COPY, asked, said, copy=asked)


@transaction.atomic
def index_reports(reports: Iterable[Report]) -> None:
    """Remake the entries of reports: the call, the team, its leader and who asked."""
    reports = list(reports)
    SearchEntry.objects.filter(report__in=reports).delete()
    SearchEntry.objects.bulk_create(_report_entry(report) for report in reports)


def _report_entry(report: Report) -> SearchEntry:
    call = report.call
    said = (_("báo cáo"), report.title, call.cited, report.post.title, str(report.author))
    return _entry(SearchEntry.Kind.REPORT, report, said, report=report)


def _entry(
    kind: str, record: CopyRequest | Report, said: Iterable[str], **of: CopyRequest | Report
) -> SearchEntry:
    return SearchEntry(
        kind=kind,
        object_id=record.pk,
        title=record.title,
        folded=folded(*said),
        when=record.moved,
        **of,
    )


@transaction.atomic
def index(pk: int) -> None:
    """Remake the entries of one dossier from what it says now."""
    # The row lock puts two acts in order: the later one has the last word.
    dossier = Dossier.for_act().select_for_update(of=("self",)).get(pk=pk)
    SearchEntry.objects.filter(dossier=dossier).delete()
    SearchEntry.objects.bulk_create(_entries(dossier))


def rebuild(commune: Commune) -> int:
    """Remake the entries of a whole commune; how many dossiers, reports and copies it has."""
    pks = list(Dossier.objects.filter(commune=commune).values_list("pk", flat=True))
    for pk in pks:
        index(pk)
    reports = list(Report.for_act().filter(call__commune=commune))
    index_reports(reports)
    copies = list(CopyRequest.for_act().filter(commune=commune))
    index_copies(copies)
    return len(pks) + len(reports) + len(copies)


def _entries(dossier: Dossier) -> Iterator[SearchEntry]:
    who = f"{dossier.author} {dossier.post.title} {dossier.entered_by or ''}"
    places = [change.place for change in dossier.lines()]
    papers = _papers(dossier)
    numbers = [paper.reference for paper in papers]
    yield SearchEntry(
        dossier=dossier,
        kind=SearchEntry.Kind.CASE,
        object_id=dossier.pk,
        title=dossier.title,
        folded=folded(
            _("hồ sơ"), str(dossier.pk), dossier.receipt, dossier.title, who, *places, *numbers
        ),
        when=dossier.moved,
    )
    for paper in papers:
        yield SearchEntry(
            dossier=dossier,
            kind=SearchEntry.Kind.PAPER,
            object_id=paper.pk,
            title=_title(paper),
            folded=folded(_title(paper), paper.signer_name, _date(paper)),
            when=paper.created,
        )


def _papers(dossier: Dossier) -> list[Document]:
    """Its own papers, and the decisions on which single lines rest."""
    own = [paper for kind in access.PAPERS if (paper := dossier.paper(kind))]
    named = dossier.changes.filter(own_decision__isnull=False).values("own_decision")
    lines = Document.objects.filter(pk__in=named)
    return list({paper.pk: paper for paper in (*own, *lines)}.values())


def _title(paper: Document) -> str:
    """ "Quyết định số 05/QĐ-UBND về việc thành lập …"."""
    number = _(" số %(number)s") % {"number": paper.reference} if paper.reference else ""
    return f"{KINDS[paper.kind].label}{number}: {paper.subject}"


def _date(paper: Document) -> str:
    return f"{paper.date:%d/%m/%Y}" if paper.date else ""

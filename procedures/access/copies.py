"""Copies of documents: the office sees those of its commune; the clerk copies what its registers
and its cases hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from documents.models import Document, State
from workflows import authority
from workflows.authority import Capacity

from ..models import CopyRequest
from .dossiers import document_for
from .office import found_or_404, offices
from .registers import registers_of


def copies_of(user: Any, held: Sequence[Capacity] | None = None) -> QuerySet[CopyRequest]:
    """The copies of the offices ``user`` works in."""
    held = authority.capacities(user) if held is None else held
    return CopyRequest.objects.filter(agency__in=offices(held))


def copy_for(user: Any, pk: int) -> CopyRequest:
    """A copy of his office; :class:`Http404` otherwise."""
    seen = copies_of(user).values("pk")
    found: CopyRequest = found_or_404(CopyRequest.for_act().filter(pk__in=seen), pk)
    return found


def copies_taken_of(user: Any, papers: Iterable[int]) -> QuerySet[Document]:
    """The released copies of these documents, and those taken of such a copy, that he may see."""
    papers = list(papers)
    of_these = Q(original__in=papers) | Q(original__original__in=papers)
    own = Q(copy_request__in=copies_of(user), state=State.RELEASED)
    found: QuerySet[Document] = Document.objects.filter(own, of_these)
    found = found.select_related("issuer", "original__original")
    return found.order_by("pk")


def original_for(user: Any, pk: int) -> Document:
    """A numbered document in a register of his, or of a case he sees; :class:`Http404`
    otherwise."""
    issuers = [register.issuer for register in registers_of(user)]
    rows = Document.objects.select_related("issuer").filter(number__isnull=False)
    try:
        found: Document = found_or_404(rows.filter(issuer__in=issuers), pk)
    except Http404:
        document_for(user, pk)
        found = found_or_404(rows, pk)
    return found

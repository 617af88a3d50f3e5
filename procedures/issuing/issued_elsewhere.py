"""Decisions that the office issues in its own document system: drafts out, issued files back.

What an uploaded file says is read here, outside any transaction; the act
(:mod:`procedures.models.issued_elsewhere`) is told the result.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import service as documents
from documents.model import Content
from documents.models import Mode, Series, digest_of
from documents.service import Comparison
from workflows.authority import Capacity
from workflows.errors import Refusal
from workflows.models import Agency
from workflows.service import perform
from workflows.states import State

from .. import papers
from ..models import Commune, Dossier
from . import ink, series, signers
from .signing import refusing

# As many as one page compares before a person gives up waiting.
MOST_AT_ONCE = 60


@dataclass(frozen=True)
class Draft:
    """Our rendering for one possible signer, number and date blank."""

    capacity: Capacity
    content: Content
    data: bytes
    name: str


@dataclass(frozen=True)
class Read:
    """What an issued file says beside the draft it is nearest to."""

    draft: Draft
    comparison: Comparison

    @property
    def ready(self) -> bool:
        """Same text, and number and date are on the page: nothing is left to type."""
        found = self.comparison
        return found.same and found.number is not None and found.date is not None


def waiting(agency: Agency) -> list[Dossier]:
    """The dossiers whose decision the office could issue in its own system now."""
    cleared = Dossier.for_act().filter(agency=agency, state=State.CLEARED).order_by("moved", "pk")
    free = cleared.filter(Q(hold_until=None) | Q(hold_until__lte=timezone.now()))
    symbols = _symbols_outside(agency)
    return list(islice((dossier for dossier in free if _symbol(dossier) in symbols), MOST_AT_ONCE))


def _symbols_outside(agency: Agency) -> set[str]:
    """The symbols the office numbers in its own system."""
    issuers = Commune.objects.filter(agency=agency).values("issuer")
    outside = Series.objects.filter(issuer__in=issuers, mode=Mode.EXTERNAL)
    return set(outside.values_list("symbol", flat=True))


def _symbol(dossier: Dossier) -> str:
    return series.symbol(dossier.kind_of("decision"), dossier.unit)


def is_outside(dossier: Dossier) -> bool:
    """Whether the office numbers this dossier's decision itself."""
    return bool(dossier.series("decision").mode == Mode.EXTERNAL)


class Drafts:
    """The drafts one request needs, each drawn when it is first asked for and only once."""

    def __init__(self) -> None:
        self._able: dict[int, list[tuple[Capacity, Content]]] = {}
        self._drawn: dict[tuple[int, int], Draft] = {}

    def able(self, dossier: Dossier) -> list[tuple[Capacity, Content]]:
        """Who may sign, the holder of the post first, and what the decision says then."""
        if dossier.pk not in self._able:
            capacities = signers.able_to_sign(dossier, "decision")
            self._able[dossier.pk] = [(one, content_for(dossier, one)) for one in capacities]
        return self._able[dossier.pk]

    def of(self, dossier: Dossier) -> Iterator[Draft]:
        """One rendering for each who may sign."""
        for capacity, content in self.able(dossier):
            key = (dossier.pk, capacity.user.pk)
            if key not in self._drawn:
                self._drawn[key] = _drawn(dossier, capacity, content)
            yield self._drawn[key]


def drafts(dossier: Dossier) -> Iterator[Draft]:
    """One rendering for each who may sign, the holder of the post first."""
    return Drafts().of(dossier)


def content_for(dossier: Dossier, capacity: Capacity) -> Content:
    """What the decision says when it is signed in this capacity."""
    block = signers.signature_block(dossier.kind_of("decision"), capacity)
    return papers.content("decision", dossier, block)


def draft(dossier: Dossier, capacity: Capacity) -> Draft:
    """The rendering for one signer. Call outside any transaction: it is drawn."""
    return _drawn(dossier, capacity, content_for(dossier, capacity))


def _drawn(dossier: Dossier, capacity: Capacity, content: Content) -> Draft:
    owner, numbered = dossier.owner_of_token, dossier.series("decision")
    data = documents.handed_out(content, numbered, timezone.localdate(), owner=owner)
    return Draft(capacity, content, data, f"HS{dossier.pk}-{mark(owner, content)}.pdf")


def mark(owner: str, content: Content) -> str:
    """A short mark of the address in the QR code: a file keeps it in its name."""
    return hashlib.sha256(documents.token_of(owner, content).encode()).hexdigest()[:8]


# What came back ---------------------------------------------------------------------------------


def read(dossier: Dossier, data: bytes, made: Drafts | None = None) -> Read:
    """The draft the file is nearest to, and how it differs. ``made`` are those of the request.

    Raises :class:`Refusal` for what is no readable PDF, or when nobody may sign.
    """
    with refusing("file"):
        documents.refuse_bad_upload(data)
        symbol = dossier.series("decision").symbol
        found = []
        for item in (made or Drafts()).of(dossier):
            found.append(Read(item, documents.compare(item.data, data, item.content, symbol)))
            if found[-1].comparison.same:
                return found[-1]
    if not found:
        raise Refusal(_("Chưa có người giữ chức vụ ký văn bản này."))
    return min(found, key=lambda item: len(item.comparison.differences))


def read_as(dossier: Dossier, data: bytes, typed: dict[str, Any]) -> Read:
    """How the file differs from the draft for the signer and the day that were typed."""
    capacity = ink.capacity_on_paper(dossier, "decision", typed)
    own = draft(dossier, capacity)
    with refusing("file"):
        symbol = dossier.series("decision").symbol
        return Read(own, documents.compare(own.data, data, own.content, symbol))


def record(
    dossier: Dossier, *, by: Any, seen: int, data: bytes, typed: dict[str, Any], note: str = ""
) -> Dossier:
    """Record the issued file under the signer, number and date typed.

    Raises :class:`Refusal`; a text that differs needs ``note``.
    """
    found = read_as(dossier, data, typed)
    count = 1 if found.comparison.wordless else len(found.comparison.differences)
    said = {"file": data, "differences": count, "says": digest_of(found.draft.content)}
    return perform(dossier, "record_elsewhere", by=by, seen=seen, note=note, **{**typed, **said})

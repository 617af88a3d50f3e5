"""Decisions that the office issues in its own document system: drafts out, issued files back.

What an uploaded file says is read here, outside any transaction; the act
(:mod:`procedures.models.issued_elsewhere`) is told the result.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from documents import service as documents
from documents.model import Content
from documents.models import Mode, digest_of
from documents.service import Comparison
from workflows.authority import Capacity
from workflows.errors import Refusal
from workflows.models import Agency
from workflows.service import perform
from workflows.states import State

from .. import papers
from ..models import Dossier
from . import signers
from .signing import refusing

# As many as one page compares before a person gives up waiting.
MOST_AT_ONCE = 60
_NAME = re.compile(r"HS(\d{1,12})-([0-9a-f]{8})", re.IGNORECASE)


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
    found = (dossier for dossier in cleared[: 3 * MOST_AT_ONCE] if is_outside(dossier))
    return [dossier for dossier in found if not dossier.held][:MOST_AT_ONCE]


def is_outside(dossier: Dossier) -> bool:
    """Whether the office numbers this dossier's decision itself."""
    return bool(dossier.series("decision").mode == Mode.EXTERNAL)


def drafts(dossier: Dossier) -> Iterator[Draft]:
    """One rendering for each who may sign, the holder of the post first."""
    for capacity in signers.able_to_sign(dossier, "decision"):
        yield draft(dossier, capacity)


def draft(dossier: Dossier, capacity: Capacity) -> Draft:
    """The rendering for one signer. Call outside any transaction: it is drawn."""
    block = signers.signature_block(dossier.kind_of("decision"), capacity)
    content = papers.content("decision", dossier, block)
    owner, series = dossier.owner_of_token, dossier.series("decision")
    data = documents.handed_out(content, series, timezone.localdate(), owner=owner)
    return Draft(capacity, content, data, f"HS{dossier.pk}-{_mark(owner, content)}.pdf")


def _mark(owner: str, content: Content) -> str:
    """A short mark of the address in the QR code: a file keeps it in its name."""
    return hashlib.sha256(documents.token_of(owner, content).encode()).hexdigest()[:8]


# What came back ---------------------------------------------------------------------------------


def read(dossier: Dossier, data: bytes) -> Read:
    """The draft the file is nearest to, and how it differs.

    Raises :class:`Refusal` for what is no readable PDF, or when nobody may sign.
    """
    with refusing("file"):
        documents.refuse_bad_upload(data)
        symbol = dossier.series("decision").symbol
        found = []
        for item in drafts(dossier):
            found.append(Read(item, documents.compare(item.data, data, item.content, symbol)))
            if found[-1].comparison.same:
                return found[-1]
    if not found:
        raise Refusal(_("Chưa có người giữ chức vụ ký văn bản này."))
    return min(found, key=lambda item: len(item.comparison.differences))


def read_as(dossier: Dossier, data: bytes, typed: dict[str, Any]) -> Read:
    """How the file differs from the draft for the signer and the day that were typed."""
    capacity = signers.capacity_on_paper(dossier, "decision", typed)
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


def match(name: str, dossiers: Sequence[Dossier]) -> Dossier | None:
    """The dossier whose draft carried this file name, whatever another system put around it."""
    found = _NAME.search(name)
    if not found:
        return None
    named = next((dossier for dossier in dossiers if dossier.pk == int(found[1])), None)
    if named is None:
        return None
    blocks = (
        signers.signature_block(named.kind_of("decision"), capacity)
        for capacity in signers.able_to_sign(named, "decision")
    )
    contents = (papers.content("decision", named, block) for block in blocks)
    marks = {_mark(named.owner_of_token, content) for content in contents}
    return named if found[2].lower() in marks else None


def match_by_text(data: bytes, dossiers: Iterable[Dossier]) -> Dossier | None:
    """The one dossier whose draft says exactly what the file says; None where none or several."""
    found = []
    for dossier in dossiers:
        try:
            if read(dossier, data).comparison.same:
                found.append(dossier)
        except Refusal:
            continue
    return found[0] if len(found) == 1 else None

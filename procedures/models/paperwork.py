"""The documents of a dossier: drawn up, numbered, signed on paper, voided.

What the acts of :mod:`procedures.models.dossiers` do with documents, always through
:mod:`documents.service`.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from documents.kinds import KINDS
from documents.models import Document
from workflows import engine
from workflows.authority import Capacity
from workflows.errors import Refusal
from workflows.models import Unit
from workflows.states import Step

from .. import papers
from ..issuing import ink, series, signers
from .places import Commune

if TYPE_CHECKING:
    from ..road import DossierPage
    from .dossiers import Dossier

PAPERS = ("proposal", "submission", "decision")
NUMBERED = ("submission", "decision")
# What the slot ``decision`` holds where it is no decision, by the remedy of the dossier.
_INSTEAD = {"correct": "official_letter", "recall": "notice"}
# States of a document that is not released yet.
_ISSUABLE = ("reserved", "prepared", "signed", "countersigned", "sealed")
# What a slot may hold.
_HELD = {"submission": ("submission",), "decision": series.ISSUED}


class Paperwork(models.Model):
    """The papers of a dossier, each in its slot: "proposal", "submission", "decision".

    The slot ``decision`` holds the paper the dossier ends in, whatever its kind.
    ``ends_in`` is its kind where an author picks that (:mod:`procedures.models.draft_paper`).
    ``decision_number`` and ``decision_date`` are filled only where the office numbers in its own
    system.
    """

    proposal = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    submission = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    decision_number = models.PositiveIntegerField(null=True, blank=True)
    decision_date = models.DateField(null=True, blank=True)
    ends_in = models.SlugField(_("Loại văn bản"), max_length=30, blank=True, default="")

    if TYPE_CHECKING:
        commune: Commune
        unit: Unit
        remedy: str
        hold: UUID | None

    class Meta:
        abstract = True

    @property
    def _dossier(self) -> Dossier:
        return cast("Dossier", self)

    @property
    def flow(self) -> type[DossierPage]:
        """The page of its procedure in ``procedures/flows/``."""
        return cast("type[DossierPage]", engine.flow_of(self._dossier))

    @classmethod
    def pages(cls) -> list[type[DossierPage]]:
        """The page of every procedure that moves a dossier."""
        return [cast("type[DossierPage]", f) for f in engine.flows() if f.record_class is cls]

    def kind_of(self, slot: str) -> str:
        """The kind of document a slot holds: a key of :mod:`documents.kinds`."""
        if slot != "decision":
            return slot
        return _INSTEAD.get(self.remedy) or self.ends_in or self._dossier.flow.ends_in

    @classmethod
    def ending_in(cls, kinds: Collection[str]) -> models.Q:
        """Filter of the dossiers whose slot ``decision`` holds one of the kinds."""
        remedies = [remedy for remedy, kind in _INSTEAD.items() if kind in kinds]
        fixed = [page.code for page in cls.pages() if page.ends_in in kinds]
        usual = models.Q(ends_in="", procedure__in=fixed) | models.Q(ends_in__in=kinds)
        return models.Q(remedy__in=remedies) | (~models.Q(remedy__in=_INSTEAD) & usual)

    @staticmethod
    def holding(document: Document) -> models.Q:
        """Filter of the dossiers a document belongs to."""
        held = models.Q(proposal=document) | models.Q(submission=document)
        held |= models.Q(decision=document) | models.Q(corrects=document)
        # A request that goes on in a round sees the decision on it, not the round.
        held |= models.Q(changes__own_decision=document)
        return held | models.Q(given_lines__dossier__decision=document)

    @classmethod
    def closed_to(cls, capacity: Capacity) -> models.Q | None:
        slot = signers.SIGNED_AT.get(capacity.post.role)
        if slot is None:
            return None
        kinds = [kind for kind in _HELD[slot] if signers.admitted(kind, capacity)]
        if slot != "decision":
            return None if kinds or capacity.delegation is None else models.Q()
        matters = {page.code: page.matter for page in cls.pages() if page.matter}
        asked = (matter.closed_to(capacity) for matter in matters.values())
        closed = [query for query in asked if query is not None]
        if capacity.delegation:
            by_himself = [code for code, matter in matters.items() if matter.in_person]
            closed.append(models.Q(procedure__in=by_himself))
            closed += [] if len(kinds) == len(_HELD[slot]) else [~cls.ending_in(kinds)]
        return functools.reduce(operator.or_, closed) if closed else None

    def takes(self, capacity: Capacity) -> bool:
        slot = signers.SIGNED_AT.get(capacity.post.role)
        return slot is None or signers.may_sign(self._dossier, slot, capacity)

    def name_of(self, slot: str) -> str:
        """ "Quyết định": how the document of a slot is called."""
        return str(KINDS[self.kind_of(slot)].label)

    @property
    def final_name(self) -> str:
        """ "Quyết định": the paper the dossier ends in."""
        return self.name_of("decision")

    def series(self, kind: str) -> Any:
        """Where a document of the slot takes its number: the commune's or the division's own."""
        if kind == "decision":
            symbol = series.symbol(self.kind_of(kind), self.unit)
            return self.commune.issuer.series.get(symbol=symbol)
        return self.unit.division.issuer.series.get(symbol__startswith="TTr-")

    def paper(self, kind: str) -> Document | None:
        """The document of a kind ("proposal", "submission", "decision"), if it exists."""
        document: Document | None = getattr(self, kind)
        return document

    def written(self, kind: str) -> Document:
        """The document of a kind; :class:`Refusal` when there is none yet."""
        document = self.paper(kind)
        if document is None:
            raise Refusal(_t("Chưa có văn bản này."))
        return document

    def reserve_number(self, kind: str, step: Step) -> Document:
        series = self.series(kind)
        block = signers.signature_block(self.kind_of(kind), step.capacity)
        assert self.hold is not None  # the engine gave the ticket out before the act
        number, date = step.data.get("number"), step.data.get("date")
        if kind == "decision":
            number, date = self.decision_number, self.decision_date
        return documents.reserve(
            issuer=series.issuer,
            kind=self.kind_of(kind),
            series=series,
            content=self._dossier.signed_here(kind, papers.content(kind, self._dossier, block)),
            attempt=self.hold,
            signer=signers.signer(step.capacity, block),
            secretary=self._dossier.second_signer(kind),
            today=timezone.localdate(),
            document=self._open_reservation(kind),
            external_number=number,
            external_date=date,
        )

    def record_paper(self, kind: str, step: Step) -> Document:
        """*Ký giấy*: who signed in which capacity is checked as if he signed here."""
        if not step.data.get("scan"):
            raise Refusal(_t("Cần bản quét hoặc ảnh chụp văn bản đã ký."), field="scan")
        capacity = ink.capacity_on_paper(self._dossier, kind, step.data)
        block = signers.signature_block(self.kind_of(kind), capacity)
        self.void_reserved(_t("Chuyển sang ký giấy."))
        series = self.series(kind)
        return documents.sign_paper(
            issuer=series.issuer,
            kind=self.kind_of(kind),
            series=series,
            content=papers.content(kind, self._dossier, block),
            signer=signers.signer(capacity, block),
            number=step.data.get("number"),
            date=step.data["date"],
            scan=step.data.get("scan"),
        )

    def release_paper(self, kind: str) -> None:
        """Put a paper into force; one Tờ trình for many decisions is released with the first."""
        paper = self.written(kind)
        if paper.state != "released":
            setattr(self, kind, documents.release(paper))

    def told(self, kind: str) -> list[Any] | None:
        """What the ledger's digest says of a document: enough to notice any change of it."""
        paper = self.paper(kind)
        if paper is None:
            return None
        # Between reservation and signature the file is prepared outside any act.
        state = "reserved" if paper.state == "prepared" else paper.state
        told = [paper.reference, paper.date, state, paper.medium, paper.content_digest]
        return [*told, paper.signer_key, paper.signer_capacity]

    def _others_rest_on(self, kind: str, paper: Document) -> bool:
        """Whether the paper is that of other cases too: one Tờ trình asks for a whole round."""
        rows = type(self._dossier)._default_manager.exclude(pk=self._dossier.pk)
        return rows.filter(**{kind: paper}).exists()

    @property
    def has_reservation(self) -> bool:
        return any(self._open_reservation(kind) for kind in NUMBERED)

    def void_overdue(self) -> bool:
        """Void a number whose day passed without a signature; whether there was one."""
        open_papers = filter(None, (self._open_reservation(kind) for kind in NUMBERED))
        if not any(paper.date and paper.date < timezone.localdate() for paper in open_papers):
            return False
        return self.void_reserved(_t("Hết ngày ghi trên văn bản mà chưa ký."))

    def _open_reservation(self, kind: str) -> Document | None:
        paper = self.paper(kind)
        return paper if paper and paper.state in ("reserved", "prepared") else None

    def void_reserved(self, reason: str) -> bool:
        """Void what has a number but no signature; whether there was any."""
        return any([self._void(kind, reason, ("reserved", "prepared")) for kind in NUMBERED])  # noqa: C419

    def void_papers(self, reason: str) -> None:
        for kind in NUMBERED:
            self._void(kind, reason, _ISSUABLE)
        self._dossier.forget_checks()

    def _void(self, kind: str, reason: str, states: tuple[str, ...]) -> bool:
        paper = self.paper(kind)
        if paper is None or paper.state not in states or self._others_rest_on(kind, paper):
            return False
        setattr(self, kind, documents.void(paper, reason))
        return True

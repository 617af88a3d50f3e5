"""The author's acts: writing his proposal, sending it, withdrawing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from workflows.states import AUTHOR, State, Step, act

from .. import papers
from ..idempotency import claims, receipts
from ..teams import roster
from .places import Commune

if TYPE_CHECKING:
    from documents.models import Document
    from workflows.states import Record as Base

    from .dossiers import Dossier
else:
    Base = models.Model


WRITTEN = (State.DRAFT, State.RETURNED)
UNDER_REVIEW = (
    State.SUBMITTED, State.CHECKED, State.APPRAISED, State.OFFICE_REVIEW, State.CLEARED,
)  # fmt: skip


class ReceiptCounter(models.Model):
    """The last code given in a commune; written by :mod:`procedures.idempotency.receipts` alone."""

    commune = models.OneToOneField(Commune, models.PROTECT, related_name="+")
    value = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.commune_id}: {self.value}"


class Sending(Base):
    """What its author does. ``receipt`` ("16933-0007") is given once, when it is first sent."""

    receipt = models.CharField(_("Mã hồ sơ"), max_length=20, blank=True, default="")
    submitted = models.DateTimeField(_("Gửi lúc"), null=True, blank=True)

    if TYPE_CHECKING:
        commune: Commune
        proposal: Document | None

    class Meta:
        abstract = True

    @property
    def _dossier(self) -> Dossier:
        return cast("Dossier", self)

    @act(label=_("Lưu"), desk=AUTHOR, source=WRITTEN)
    def edit(self, step: Step) -> None:
        """What its author writes, as the page of its procedure keeps it."""
        self._dossier.flow.keep(self._dossier, step)

    @act(label=_("Gửi"), desk=AUTHOR, source=WRITTEN, target=State.SUBMITTED)
    def submit(self, step: Step) -> None:
        """Its author sends it himself."""
        self._dossier.forget_entry()
        self.send(step, step.by, acting=step.capacity.kind == "ACTING")

    @act(
        label=_("Rút hồ sơ"),
        desk=AUTHOR,
        source=(*WRITTEN, *UNDER_REVIEW, State.AWAITING_CONSENT, State.AGREED),
        target=State.WITHDRAWN,
        ends=True,
    )
    def withdraw(self, step: Step) -> None:
        self._dossier.void_papers(step.note or _t("Người lập rút hồ sơ."))
        self._dossier.give_back(step)

    def write_lists(self, step: Step) -> None:
        """The seats of the changes in ``step.data["seats"]``: {change pk: [columns]}."""
        seats: dict[int, list[dict[str, Any]]] = step.data["seats"]
        for change in self._dossier.lines():
            if change.pk in seats:
                change.replace_seats(seats[change.pk])
        self._dossier.write_words(step.data)

    def send(self, step: Step, author: Any, *, acting: bool) -> None:
        """Record the people named, and the Đề xuất as sent for ``author``."""
        claims.claim_places(self._dossier)
        self.author = author
        roster.identify_people(self._dossier)
        if self.submitted is None:
            self._dossier.take_the_way_of(self.commune)
        self.submitted = step.at
        if self._dossier.gathers:
            return  # its requests each have their own code and Đề xuất
        self.receipt = self.receipt or receipts.next_code(self.commune)
        step.data.setdefault("facts", {})["receipt"] = self.receipt
        if self._dossier.asked_by_office or not papers.has_proposal(self._dossier):
            return
        paper = papers.proposal(self._dossier, author=author, at=step.at, acting=acting)
        self.proposal = documents.record(self.commune.issuer, paper)

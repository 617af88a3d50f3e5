"""A scan that comes later: of a decision signed on paper or issued outside the system."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from documents.models import Document, Medium, Stage
from workflows.authority import Desk
from workflows.errors import Refusal
from workflows.states import Act, State, Step, act

from ..roles import Role

if TYPE_CHECKING:
    from workflows.states import Record as Base

    from .dossiers import Dossier
else:
    Base = object

KEEPER = "keeper"
# Whose file here is the very document.
_WHOLE = (Medium.ELECTRONIC, Medium.UPLOADED)


class Scans(Base):
    """Adding the scan a stored document lacks; its number, date and signer stay as they are."""

    def desks(self, act: Act) -> list[Desk]:
        if act.desk != KEEPER:
            return super().desks(act)
        return [self.desk(Role.CLERK), self.desk(Role.SPECIALIST)]

    def why_not(self, act: Act, step: Step) -> None:
        super().why_not(act, step)
        if act.name == "add_scan" and not self.lacking_scans():
            raise Refusal(_t("Các văn bản của hồ sơ này đều có tệp hoặc bản quét."))

    def lacking_scans(self) -> list[Document]:
        """The papers of the dossier whose original is elsewhere and of which there is no scan."""
        dossier = cast("Dossier", self)
        papers = [dossier.submission, dossier.decision, *(c.own_decision for c in dossier.lines())]
        away = {p.pk: p for p in papers if p and p.medium not in _WHOLE}
        scanned = Document.objects.filter(pk__in=away, files__stage=Stage.SCAN) if away else []
        for paper in scanned:
            del away[paper.pk]
        return list(away.values())

    @act(label=_("Thêm bản quét của văn bản"), desk=KEEPER, source=State.RELEASED)
    def add_scan(self, step: Step) -> None:
        """Keep ``step.data["scan"]`` (bytes) of the paper whose key is ``step.data["paper"]``."""
        lacking = {paper.pk: paper for paper in self.lacking_scans()}
        paper = lacking.get(step.data.get("paper", 0))
        if paper is None:
            raise Refusal(_t("Văn bản này đã có bản quét hoặc không thuộc hồ sơ."), field="paper")
        stored = documents.add_scan(paper, step.data["scan"])
        told = {"paper": paper.reference, "sha256": stored.sha256}
        step.data.setdefault("facts", {}).update(told)

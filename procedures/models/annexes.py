"""An annex in a file of its own: wished by the specialist or the clerk before anybody signs.

All drafts show the annexes behind the text; what is signed electronically has them apart. On paper,
and in the office's own system, they stay with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from documents.model import Content
from documents.models import Purpose
from workflows.errors import Refusal
from workflows.states import Act, State, Step, act

if TYPE_CHECKING:
    from workflows.states import Record

    from .paperwork import Paperwork

    class Base(Paperwork, Record):
        def final_text(self) -> Content: ...

else:
    Base = models.Model

_BEFORE_THE_SIGNATURE = [State.SUBMITTED, State.APPRAISED]


class Annexes(Base):
    """``annexes_apart`` is the wish; by default an annex is in the file of its paper."""

    annexes_apart = models.BooleanField(_("Phụ lục để thành tệp riêng"), default=False)

    class Meta:
        abstract = True

    def off_road(self, act: Act) -> str:
        # Only then is there a text to look into: a request that went on in a round has none.
        asked = act.name == "set_annexes_apart" and self.state in act.sources
        if asked and (self.annexes_apart or not self.has_annexes):
            return _t("Văn bản không có phụ lục nào để tách.")
        if act.name == "put_annexes_back" and not self.annexes_apart:
            return _t("Phụ lục đang ở cùng tệp với văn bản.")
        return super().off_road(act)

    @property
    def has_annexes(self) -> bool:
        """Whether the paper the dossier ends in has any, as it stands."""
        return bool(self.final_text().annexes)

    @property
    def has_annex_files(self) -> bool:
        """Whether the annexes stand in files of their own, or will once it is signed here."""
        decision = self.paper("decision")
        if decision is None or decision.state in ("reserved", "prepared", "void"):
            return self.annexes_apart
        return bool(documents.annexes_apart(decision))

    @act(
        label=_("Để phụ lục thành tệp riêng"),
        source=_BEFORE_THE_SIGNATURE,
        impartial=True,
    )
    def set_annexes_apart(self, step: Step) -> None:
        """Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục III khoản 1 điểm d."""
        documents.with_annexes_apart(self.final_text())
        if documents.signs_only_outside(self._dossier.commune.issuer.key, Purpose.SEAL):
            raise Refusal(
                _t(
                    "Con dấu số của cơ quan ở thiết bị riêng, mỗi lần chỉ ký một tệp. Ông/bà để "
                    "phụ lục cùng tệp với văn bản."
                )
            )
        self.annexes_apart = True

    @act(
        label=_("Để phụ lục cùng tệp với văn bản"),
        source=_BEFORE_THE_SIGNATURE,
        impartial=True,
    )
    def put_annexes_back(self, step: Step) -> None:
        self.annexes_apart = False

    def signed_here(self, slot: str, content: Content) -> Content:
        """What is signed electronically in a slot: the annexes where the office wishes them."""
        wished = slot == "decision" and self.annexes_apart and content.annexes
        return documents.with_annexes_apart(content) if wished else content

    def told_annexes(self) -> dict[str, Any]:
        """What the ledger's digest says of the wish."""
        return {"annexes_apart": True} if self.annexes_apart else {}

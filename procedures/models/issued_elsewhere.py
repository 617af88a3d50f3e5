"""A case that ends in the office's own document system: signed, numbered and sealed there.

Our rendering goes out with number and date blank; what comes back is kept as it came. How its text
differs from ours is told before it is recorded, and a difference needs a reason in the ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from documents.models import Document, digest_of
from workflows.errors import Refusal
from workflows.states import Act, State, Step, act

from .. import papers
from ..issuing import ink, signers
from ..roles import Role

if TYPE_CHECKING:
    from workflows.states import Record as Base

    from .dossiers import Dossier
else:
    Base = object


class IssuedElsewhere(Base):
    """Recording the decision that the office issued in its own system."""

    if TYPE_CHECKING:
        decision: Document | None

    @property
    def _case(self) -> Dossier:
        return cast("Dossier", self)

    @property
    def owner_of_token(self) -> str:
        """Under which the public address of what goes out is derived."""
        return f"dossier:{self.pk}"

    def draws(self, act: Act) -> bool:
        """The usual road has the steps of the signature and of the seal, one after the other."""
        return act.name != "record_elsewhere" and super().draws(act)

    @act(
        label=_("Ghi nhận Quyết định ban hành ở hệ thống khác"),
        desk=Role.CLERK,
        source=State.CLEARED,
        target=State.SEALED,
        impartial=True,
    )
    def record_elsewhere(self, step: Step) -> None:
        """``step.data``: signer, number, date, file (bytes), and what was found outside the lock:
        ``says`` (digest of the content compared) and ``differences`` (their count)."""
        said = step.data
        if not said.get("file"):
            raise Refusal(_t("Cần bản PDF đã ban hành."), field="file")
        capacity = ink.capacity_on_paper(self._case, "decision", said)
        block = signers.signature_block(self._case.kind_of("decision"), capacity)
        content = papers.content("decision", self._case, block)
        self._refuse_uncompared(said, digest_of(content))
        if said["differences"] and not step.note:
            raise Refusal(
                _t("Bản tải lên khác bản dự thảo: ông/bà ghi lý do vì sao vẫn là văn bản này."),
                field="note",
            )
        self._case.void_reserved(_t("Chuyển sang ban hành ở hệ thống khác."))
        series = self._case.series("decision")
        self.decision = documents.record_uploaded(
            issuer=series.issuer,
            series=series,
            content=content,
            number=said["number"],
            date=said["date"],
            signer=signers.signer(capacity, block),
            data=said["file"],
            owner=self.owner_of_token,
        )
        told = {"differences": said["differences"], "sha256": documents.sha256(said["file"])}
        said.setdefault("facts", {}).update(told)
        self._case.when_signed(step)

    def _refuse_uncompared(self, said: dict[str, Any], digest: str) -> None:
        """What was compared must be what is recorded: the draft may have changed meanwhile."""
        if said.get("says") != digest:
            raise Refusal(_t("Nội dung hồ sơ vừa thay đổi. Ông/bà so lại bản tải lên với bản mới."))

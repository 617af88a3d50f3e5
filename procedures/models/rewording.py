"""The clerk rewords what is free in the paper before it goes to the leader (Điều 12 khoản 2).

Only the zones the paper declares: :mod:`documents.issuing.free_text`. The paper itself is written
anew from the record each time, with the edits put in again; the signer reads the page as it then
is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from documents.model import Content, SignatureBlock
from workflows.errors import Refusal
from workflows.states import State, Step, act

from .. import papers

if TYPE_CHECKING:
    from .dossiers import Dossier
    from .paperwork import Paperwork as Base
else:
    Base = models.Model


class Rewording(Base):
    """``rewordings`` are pairs: what stood in a zone, what the clerk put in its place."""

    rewordings = models.JSONField(_("Phần văn thư sửa"), default=list, blank=True)

    class Meta:
        abstract = True

    def final_text(self) -> Content:
        """What the last paper says as it stands, signed by nobody yet."""
        return papers.content("decision", cast("Dossier", self), SignatureBlock((), ""))

    @act(label=_("Sửa trước khi trình ký"), source=State.APPRAISED, impartial=True)
    def reword(self, step: Step) -> None:
        """Put ``step.data["texts"]`` ({zone: text}) in place; the ledger tells what changed."""
        before = self.final_text()
        after = documents.with_free_text(before, step.data.get("texts", {}))
        changed = documents.changed_zones(before, after)
        if not changed:
            raise Refusal(_t("Chưa có chữ nào được sửa."))
        self._refuse_private_phone([text for _zone, text in changed])
        pairs: list[Any] = [[zone.text, text] for zone, text in changed]
        # Edits are kept by the words they replace: they must find the same places again.
        if documents.reworded(before, [(was, text) for was, text in pairs]) != after:
            raise Refusal(
                _t("Có hai đoạn giống hệt nhau. Ông/bà sửa từng đoạn một, từ trên xuống.")
            )
        self.rewordings = [*self.rewordings, *pairs]
        step.data["facts"] = {"changed": pairs}

    def _refuse_private_phone(self, texts: list[str]) -> None:
        """What its author may not publish, the clerk does not either
        (:func:`procedures.rules.drafted.no_personal_phone_is_published`)."""
        dossier = cast("Dossier", self)
        published = dossier.kind_of("decision") == "notice"
        if published and any(map(dossier.commune.has_private_phone, texts)):
            raise Refusal(
                _t(
                    "Có số điện thoại riêng của một thành viên tổ, không công bố. Ông/bà ghi số "
                    "của cơ quan."
                ),
                "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 9",
            )

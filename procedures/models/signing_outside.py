"""Signing with one's own tool: the prepared file leaves, and comes back signed.

The ticket of the reservation is good until the end of the Hanoi day, which is the last on which
this number can be signed (Nghị định 30/2020/NĐ-CP, Điều 15 khoản 3).
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from documents.models import Document, Purpose
from workflows.errors import Refusal
from workflows.states import Act, State, Step, act

from ..issuing import signers

if TYPE_CHECKING:
    from uuid import UUID

    from workflows.states import Record as Base

    class _Papers(Base):
        def written(self, kind: str) -> Document: ...

else:
    _Papers = object

_RESERVING = ("reserve_submission", "reserve_decision")


class SigningOutside(_Papers):
    """What differs where the signer's key is in a tool of his own. ``step.data["outside"]``."""

    if TYPE_CHECKING:
        hold: UUID | None

    def lease(self, step: Step) -> datetime.datetime:
        if not step.data.get("outside"):
            return super().lease(step)
        # Hanoi has no summer time: midnight is always 24 hours after the last one.
        day = timezone.localtime(step.at).replace(hour=0, minute=0, second=0, microsecond=0)
        return day + datetime.timedelta(days=1)

    def why_not(self, act: Act, step: Step) -> None:
        super().why_not(act, step)
        if act.name in _RESERVING and step.data.get("outside"):
            key = signers.signer_key(step.by)
            if documents.certificate_of(key, Purpose.SIGNER) is None:
                raise Refusal(
                    _t(
                        "Hệ thống chưa biết chứng thư số của ông/bà nên chưa nhận được chữ ký. "
                        "Ông/bà nhờ Văn thư đăng ký chứng thư rồi làm lại."
                    )
                )

    def off_road(self, act: Act) -> str:
        if act.name == "put_back_signing" and not (self.held and self.held_for_the_day):
            return _t("Không có văn bản nào đang được lấy về ký.")
        return super().off_road(act)

    @act(label=_("Để lại, chưa ký"), source=[State.CHECKED, State.CLEARED], hold="drop")
    def put_back_signing(self, step: Step) -> None:
        """Back into the tray. The number stays reserved for whoever signs it today."""

    def signed_file(self, kind: str, step: Step) -> Document:
        """Take the signed file in, from the key here or from the signer's own tool."""
        ticket, data = step.data["hold"], step.data["file"]
        if not step.data.get("outside"):
            return documents.store_signed(self.written(kind), attempt=ticket, data=data)
        return documents.store_signed_outside(self.written(kind), attempt=ticket, data=data)

    def sealed_file(self, decision: Document, step: Step) -> Document:
        """Take the sealed file in, from the agency's key here or from its own token."""
        if not step.data.get("outside"):
            annexes = step.data.get("annexes", ())
            return documents.store_sealed(decision, step.data["file"], annexes)
        return documents.store_sealed_outside(decision, step.data["file"])

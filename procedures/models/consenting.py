"""A request about one member: the leader asks, the division looks, the Chairman agrees.

The consent is an act in the ledger; no document is signed for it. What was agreed to waits in the
pool (state ``agreed``, no step open) for the decision that gathers it.

Source: Kế hoạch of UBND xã Tam Quang (2025), mục II.2.1.d.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows.errors import Refusal
from workflows.states import Act, State, Step, act

from ..codes import CHANGE_MEMBERS, JOIN_TEAM, MEMBER_REQUESTS
from ..people import names
from ..roles import Role
from .teams import SeatRole

if TYPE_CHECKING:
    from workflows.states import Record as Base

    from .dossiers import Dossier
else:
    Base = object

# What such a request shares with a proposal on its way to a decision.
_SHARED = {
    "edit", "submit", "withdraw", "return_for_correction", "return_to_specialist", "reject",
    "take_back_proposal",
}  # fmt: skip
_BESIDE_THE_ROAD = ("enter", "edit_entered", "submit_entered")


class Consenting(Base):
    """The acts of a request that needs the Chairman's consent and no paper of its own."""

    @property
    def asks_consent(self) -> bool:
        return self._dossier.procedure in MEMBER_REQUESTS

    def knows(self, act: Act) -> bool:
        """Such a request knows few of a decision's acts; what gathers them has no list to edit."""
        if self.asks_consent and not act.only:
            return act.name in _SHARED
        if self._dossier.procedure == CHANGE_MEMBERS and act.name == "edit":
            return False
        return super().knows(act)

    def draws(self, act: Act) -> bool:
        if self.asks_consent:
            return self.knows(act) and act.name not in _BESIDE_THE_ROAD
        return super().draws(act)

    def off_road(self, act: Act) -> str:
        if act.name == "collaborate" and self.asks_consent and self._collaborates():
            return _t("Người này đã được đề nghị vào nhóm cộng tác viên.")
        return super().off_road(act)

    @act(
        label=_("Nội dung đạt, xin ý kiến lãnh đạo"),
        source=State.SUBMITTED,
        target=State.AWAITING_CONSENT,
        impartial=True,
        only=MEMBER_REQUESTS,
    )
    def pass_for_consent(self, step: Step) -> None:
        """The specialist has read it: whether the person fits the team and the list."""

    @act(
        label=_("Lấy lại: kiểm tra nội dung thêm"),
        desk=Role.SPECIALIST,
        source=State.AWAITING_CONSENT,
        target=State.SUBMITTED,
        undoes="pass_for_consent",
        only=MEMBER_REQUESTS,
    )
    def take_back_passing(self, step: Step) -> None:
        """The Chairman has not answered."""

    @act(
        label=_("Đồng ý"),
        source=State.AWAITING_CONSENT,
        target=State.AGREED,
        impartial=True,
        only=MEMBER_REQUESTS,
    )
    def consent(self, step: Step) -> None:
        """The Chairman, or a Deputy for him, agrees; a decision follows."""

    @act(
        label=_("Lấy lại: xem thêm"),
        desk=Role.CHAIRMAN,
        source=State.AGREED,
        target=State.AWAITING_CONSENT,
        undoes="consent",
        only=MEMBER_REQUESTS,
    )
    def take_back_consent(self, step: Step) -> None:
        """No decision has gathered it."""

    @act(
        label=_("Kiểm tra lại đề nghị đã được đồng ý"),
        desk=Role.SPECIALIST,
        source=State.AGREED,
        target=State.SUBMITTED,
        reason=True,
        impartial=True,
        only=MEMBER_REQUESTS,
    )
    def reopen(self, step: Step) -> None:
        """Something changed while it lay in the pool: the consent is asked for anew."""

    @act(
        label=_("Đưa vào nhóm cộng tác viên"),
        source=[State.SUBMITTED, State.AWAITING_CONSENT],
        impartial=True,
        reason=True,
        only=JOIN_TEAM,
    )
    def collaborate(self, step: Step) -> None:
        """Offered where a team is full: a collaborator does not count in its size."""
        if self._collaborates():
            raise Refusal(_t("Người này đã được đề nghị vào nhóm cộng tác viên."))
        for change in self._dossier.lines():
            for seat in change.seats.all():
                seat.role = SeatRole.COLLABORATOR
                seat.save(update_fields=["role"])

    def write_words(self, data: dict[str, Any]) -> None:
        """Why somebody leaves: ``data["words"]`` is {change pk: {cause, reason, heard}}."""
        for change in self._dossier.lines():
            if words := data.get("words", {}).get(change.pk):
                change.cause = words["cause"]
                change.reason = names.clean(words.get("reason", ""))
                change.heard = names.clean(words.get("heard", ""))
                change.save(update_fields=["cause", "reason", "heard"])

    def _collaborates(self) -> bool:
        seats = (seat for change in self._dossier.lines() for seat in change.seats.all())
        return any(seat.role == SeatRole.COLLABORATOR for seat in seats)

    @property
    def _dossier(self) -> Dossier:
        return cast("Dossier", self)

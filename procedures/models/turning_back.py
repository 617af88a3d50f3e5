"""Going back: a return to a chosen earlier step, and taking one's own act back.

Signing, numbering, sealing and release are never taken back (Nghị định 30/2020/NĐ-CP, Điều 14,
15, 18): what is wrong with a signed paper is voided or corrected by another paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from workflows.states import AUTHOR, State, Step, act

from ..roles import Role

if TYPE_CHECKING:
    from .paperwork import Paperwork as Base
else:
    Base = object


class TurningBack(Base):
    """The acts that lead backwards on the road of a decision."""

    @act(
        label=_("Trả về người lập để sửa"),
        source=[
            State.AWAITING_CONSENT,
            State.SUBMITTED,
            State.CHECKED,
            State.APPRAISED,
            State.OFFICE_REVIEW,
            State.CLEARED,
        ],
        target=State.RETURNED,
        reason=True,
        impartial=True,
    )
    def return_for_correction(self, step: Step) -> None:
        self.void_papers(step.note)

    @act(
        label=_("Trả về chuyên viên kiểm tra lại"),
        source=[
            State.AWAITING_CONSENT,
            State.CHECKED,
            State.APPRAISED,
            State.OFFICE_REVIEW,
            State.CLEARED,
        ],
        target=State.SUBMITTED,
        reason=True,
        impartial=True,
    )
    def return_to_specialist(self, step: Step) -> None:
        self.void_papers(step.note)

    @act(
        label=_("Trả về Trưởng phòng trình lại"),
        source=[State.APPRAISED, State.OFFICE_REVIEW, State.CLEARED],
        target=State.CHECKED,
        reason=True,
        impartial=True,
    )
    def return_to_head(self, step: Step) -> None:
        self.void_papers(step.note)

    @act(
        label=_("Trả về văn thư kiểm tra lại thể thức"),
        source=[State.OFFICE_REVIEW, State.CLEARED],
        target=State.APPRAISED,
        reason=True,
        impartial=True,
    )
    def return_to_clerk(self, step: Step) -> None:
        """The Tờ trình stands; only a number taken for the decision is voided."""
        self.void_reserved(step.note)

    @act(
        label=_("Lấy lại để sửa"),
        desk=AUTHOR,
        source=State.SUBMITTED,
        target=State.RETURNED,
        undoes="submit",
    )
    def take_back_proposal(self, step: Step) -> None:
        """Nobody has looked at it yet."""

    @act(
        label=_("Lấy lại: kiểm tra nội dung thêm"),
        desk=Role.SPECIALIST,
        source=State.CHECKED,
        target=State.SUBMITTED,
        undoes="check_content",
    )
    def take_back_content_check(self, step: Step) -> None:
        """The head of division has not signed."""

    @act(
        label=_("Lấy lại: kiểm tra thể thức thêm"),
        desk=Role.CLERK,
        source=State.CLEARED,
        target=State.APPRAISED,
        undoes="check_form",
    )
    def take_back_form_check(self, step: Step) -> None:
        """Nobody has taken a number for the decision."""

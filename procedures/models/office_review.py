"""The optional step of the Chánh Văn phòng, between the clerk's check and the leader."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext_lazy as _

from workflows.states import State, Step, act

from ..roles import Role

if TYPE_CHECKING:
    from .dossiers import Dossier
    from .paperwork import Paperwork as Base
else:
    Base = object


class OfficeReview(Base):
    """Acts of dossiers whose office has the step; of others they are not on the road."""

    @act(
        label=_("Thể thức đạt, chuyển Chánh Văn phòng"),
        source=State.APPRAISED,
        target=State.OFFICE_REVIEW,
        impartial=True,
    )
    def pass_to_office(self, step: Step) -> None:
        """Điều 12 khoản 2, as :meth:`Dossier.check_form`."""
        cast("Dossier", self).take_number(step)

    @act(
        label=_("Đã xem, trình lãnh đạo"),
        source=State.OFFICE_REVIEW,
        target=State.CLEARED,
        impartial=True,
    )
    def approve_draft(self, step: Step) -> None:
        """The Chánh Văn phòng initials the draft: the ledger says who and when."""

    @act(
        label=_("Trả về Chánh Văn phòng xem lại"),
        source=State.CLEARED,
        target=State.OFFICE_REVIEW,
        reason=True,
        impartial=True,
    )
    def return_to_office(self, step: Step) -> None:
        """As a return to the clerk: only a number taken for the decision is voided."""
        self.void_reserved(step.note)

    @act(
        label=_("Lấy lại: kiểm tra thể thức thêm"),
        desk=Role.CLERK,
        source=State.OFFICE_REVIEW,
        target=State.APPRAISED,
        undoes="pass_to_office",
    )
    def take_back_to_clerk(self, step: Step) -> None:
        """The Chánh Văn phòng has not acted."""

    @act(
        label=_("Lấy lại: xem thêm dự thảo"),
        desk=Role.CHIEF_OF_OFFICE,
        source=State.CLEARED,
        target=State.OFFICE_REVIEW,
        undoes="approve_draft",
    )
    def take_back_approval(self, step: Step) -> None:
        """Nobody has taken a number for the decision."""

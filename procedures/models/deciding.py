"""The acts that lead a dossier to its decision: checks, Tờ trình, signature, seal and release.

Source: Nghị định 30/2020/NĐ-CP, Điều 12 to 18.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from documents.models import Medium, Mode
from workflows.errors import Refusal
from workflows.states import State, Step, act

from ..roles import Role
from ..teams import roster
from .sending import UNDER_REVIEW
from .ways import Asking

if TYPE_CHECKING:
    from .paperwork import Paperwork as Base
else:
    Base = object


class Deciding(Base):
    """What the office does with a request until its decision is released."""

    # The checks ------------------------------------------------------------------------------

    @act(
        label=_("Nội dung đạt, trình Trưởng phòng"),
        source=State.SUBMITTED,
        target=State.CHECKED,
        impartial=True,
    )
    def check_content(self, step: Step) -> None:
        """Điều 12 khoản 1 Nghị định 30/2020/NĐ-CP."""

    @act(
        label=_("Thể thức đạt, trình ký"),
        source=State.APPRAISED,
        target=State.CLEARED,
        impartial=True,
    )
    def check_form(self, step: Step) -> None:
        """Điều 12 khoản 2 Nghị định 30/2020/NĐ-CP."""
        self.take_number(step)

    def take_number(self, step: Step) -> None:
        """Where the office numbers elsewhere, its number is typed at the form check, unless its own
        system gives it when it issues the document there."""
        self.decision_number = step.data.get("number")
        self.decision_date = step.data.get("date")
        series = self.series("decision")
        if series.mode != Mode.EXTERNAL:
            return
        if step.data.get("later"):
            self.decision_number = self.decision_date = None
            return
        if not self.decision_number or not self.decision_date:
            raise Refusal(
                _t("Sổ văn bản của cơ quan ở ngoài hệ thống: văn thư ghi số và ngày văn bản."),
                field="number",
            )
        documents.check_number(series, self.decision_date, self.decision_number)

    @act(
        label=_("Không chấp thuận"),
        source=(State.AWAITING_CONSENT, *UNDER_REVIEW),
        target=State.REJECTED,
        reason=True,
        impartial=True,
    )
    def reject(self, step: Step) -> None:
        self.void_papers(step.note)
        self._dossier.let_go(step)

    # The Tờ trình ----------------------------------------------------------------------------

    @act(label=_("Lấy số Tờ trình"), source=State.CHECKED, hold="take", impartial=True)
    def reserve_submission(self, step: Step) -> None:
        self.submission = self.reserve_number("submission", step)

    @act(
        label=_("Ký Tờ trình"),
        source=State.CHECKED,
        target=State.APPRAISED,
        hold="use",
        impartial=True,
    )
    def sign_submission(self, step: Step) -> None:
        self.submission = self._dossier.signed_file("submission", step)

    @act(
        label=_("Ghi nhận Tờ trình ký giấy"),
        desk=Role.CLERK,
        source=State.CHECKED,
        target=State.APPRAISED,
        impartial=True,
    )
    def record_paper_submission(self, step: Step) -> None:
        self.submission = self.record_paper("submission", step)

    # The decision ----------------------------------------------------------------------------

    @act(label=_("Lấy số Quyết định"), source=State.CLEARED, hold="take", impartial=True)
    def reserve_decision(self, step: Step) -> None:
        self.decision = self.reserve_number("decision", step)

    @act(
        label=_("Ký Quyết định"),
        source=State.CLEARED,
        target=State.SIGNED,
        hold="use",
        impartial=True,
    )
    def sign_decision(self, step: Step) -> None:
        self.decision = self._dossier.signed_file("decision", step)
        self._dossier.when_signed(step)

    @act(
        label=_("Ghi nhận Quyết định ký giấy"),
        desk=Role.CLERK,
        source=State.CLEARED,
        target=State.SIGNED,
        impartial=True,
    )
    def record_paper_decision(self, step: Step) -> None:
        self.decision = self.record_paper("decision", step)
        self._dossier.when_signed(step)

    @act(
        label=_("Thôi ký, hủy số đã lấy"),
        source=[State.CHECKED, State.CLEARED],
        hold="drop",
        reason=True,
    )
    def drop_signing(self, step: Step) -> None:
        """A change of mind: the number stays in the series, void with its reason."""
        self.void_reserved(step.note)

    # Seal and release ------------------------------------------------------------------------

    @act(label=_("Đóng dấu"), source=State.SIGNED, target=State.SEALED)
    def seal_decision(self, step: Step) -> None:
        decision = self.written("decision")
        if decision.medium == Medium.PAPER:
            self.decision = documents.seal_paper(decision)
        elif "file" in step.data:
            self.decision = self._dossier.sealed_file(decision, step)
        else:
            raise Refusal(_t("Chưa có tệp đã đóng dấu."), field="passphrase")

    @act(
        label=_("Hủy văn bản đã ký để làm lại"),
        desk=Role.CLERK,
        source=[State.AWAITING_SECRETARY, State.SIGNED, State.SEALED],
        target=State.APPRAISED,
        reason=True,
        impartial=True,
    )
    def void_decision(self, step: Step) -> None:
        """A wrong paper noticed before release: it stays in the register, void with its reason."""
        self._dossier.when_voided(step)
        self.decision = documents.void(self.written("decision"), step.note)

    @act(label=_("Phát hành"), source=State.SEALED, target=State.RELEASED)
    def release_decision(self, step: Step) -> None:
        """From here on the decision counts: the roster follows it."""
        if self._dossier.asking == Asking.SUBMISSION:
            self.release_paper("submission")
        self.release_paper("decision")
        self._dossier.put_right()
        roster.apply(self._dossier)
        self._dossier.take_effect(step)

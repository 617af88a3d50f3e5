"""How a division asks the Chairman, and who looks at a draft before him.

Offices differ: a numbered Tờ trình, an internal Phiếu trình, or the initials of the head of
division on the draft; in some the Chánh Văn phòng looks at it before the leader does. The way of
the commune is written on the dossier when it is sent, so that a later change of the setting never
changes a case under way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from workflows.errors import Refusal
from workflows.service import history
from workflows.states import Act, State, Step, act

from .. import papers
from ..issuing import signers
from ..roles import Role
from .ways import Asking, Ways

if TYPE_CHECKING:
    from .dossiers import Dossier

# The acts that belong to one way of asking alone.
_OF_WAY: dict[str, str] = {
    "reserve_submission": Asking.SUBMISSION,
    "sign_submission": Asking.SUBMISSION,
    "record_paper_submission": Asking.SUBMISSION,
    "agree_by_slip": Asking.SLIP,
    "take_back_slip": Asking.SLIP,
    "initial_draft": Asking.INITIALS,
    "take_back_initials": Asking.INITIALS,
}
# With the step of the Chánh Văn phòng, and without it.
_WITH_REVIEW = (
    "pass_to_office", "approve_draft", "return_to_office", "take_back_to_clerk",
    "take_back_approval", "carry_to_office", "take_back_from_office",
)  # fmt: skip
_WITHOUT_REVIEW = ("check_form", "take_back_form_check", "carry_to_leader", "take_back_from_leader")


class OwnRoad(Ways):
    """The road of one dossier, and the acts of the ways that are not the usual one.

    ``form_checked`` says that the form was checked together with the content, by one person at
    both desks, before the head of division agreed (project/decisions/0011).
    """

    form_checked = models.BooleanField(default=False, editable=False)

    if TYPE_CHECKING:
        state: Any
        submission: Any

    # Acts of which none is on the road of a dossier without the step they belong to.
    _CARRYING: ClassVar[tuple[str, ...]] = ("carry_to_leader", "carry_to_office")
    _CARRIED_BACK: ClassVar[tuple[str, ...]] = ("take_back_from_leader", "take_back_from_office")

    class Meta:
        abstract = True

    @property
    def _on(self) -> Dossier:
        return cast("Dossier", self)

    def off_road(self, act: Act) -> str:
        """Why an act is no step of this dossier's road; empty when it is one."""
        way = _OF_WAY.get(act.name)
        if way and way != self.asking:
            return _t("Hồ sơ này trình lãnh đạo bằng cách khác: %(way)s.") % {
                "way": Asking(self.asking).label
            }
        if act.name == "drop_signing" and self.state == State.CHECKED and not self._signs_to_ask:
            return _t("Phòng không lấy số để trình nên không có số nào để hủy.")
        if act.name in (_WITHOUT_REVIEW if self.office_review else _WITH_REVIEW):
            return _t("Hồ sơ này đi đường khác: việc này không có trong các bước của nó.")
        if act.name in self._CARRIED_BACK and self._signs_to_ask:
            return _t("Tờ trình đã ký thì không lấy lại được; lãnh đạo hoặc văn thư trả về.")
        if act.name in self._CARRYING and not self.form_checked:
            return _t("Thể thức chưa được kiểm tra cùng nội dung; văn thư kiểm tra ở bước này.")
        if act.name == "check_form_ahead" and self._signs_to_ask:
            return _t("Tờ trình được ký giữa hai lần kiểm tra nên thể thức kiểm tra sau.")
        return ""

    def take_the_way_of(self, office: Ways) -> None:
        """Write down how the office asks when it is first sent: it keeps this road."""
        self.asking, self.office_review = office.asking, office.office_review

    @property
    def _signs_to_ask(self) -> bool:
        return bool(self.asking == Asking.SUBMISSION)

    def forget_checks(self) -> None:
        """What the division had asked with is no more: the draft goes back before it."""
        self.form_checked = False
        if self.submission and not self.submission.number:
            self.submission = None

    def checked_by(self) -> str:
        """Who checked the content last: "Lương Thị Thảo, 20/11/2026"; empty before anybody did."""
        checks = history(self._on).filter(act="check_content")
        last = checks.order_by("-sequence").first()
        return f"{last.actor_name}, {timezone.localtime(last.at):%d/%m/%Y}" if last else ""

    def told_of_road(self) -> dict[str, Any]:
        """What the ledger's digest says of the road, where it is not the usual one."""
        told = {
            "asking": self.asking if self.asking != Asking.SUBMISSION else "",
            "office_review": self.office_review,
            "form_checked": self.form_checked,
        }
        return {name: value for name, value in told.items() if value}

    # The head of division, without a Tờ trình -------------------------------------------------

    @act(
        label=_("Đồng ý Phiếu trình"),
        source=State.CHECKED,
        target=State.APPRAISED,
        impartial=True,
    )
    def agree_by_slip(self, step: Step) -> None:
        """The Phiếu trình is kept as the head agreed to it; it takes no official number."""
        block = signers.signature_block("submission", step.capacity)
        self.submission = documents.record(
            self._on.unit.division.issuer, papers.slip(self._on, block, at=step.at)
        )

    @act(
        label=_("Ký nháy dự thảo"),
        source=State.CHECKED,
        target=State.APPRAISED,
        impartial=True,
    )
    def initial_draft(self, step: Step) -> None:
        """One act and no paper: the ledger says who and as what."""
        signers.signature_block("submission", step.capacity)

    @act(
        label=_("Lấy lại: xem thêm Phiếu trình"),
        desk=Role.DIVISION_HEAD,
        source=State.APPRAISED,
        target=State.CHECKED,
        undoes="agree_by_slip",
    )
    def take_back_slip(self, step: Step) -> None:
        self.submission = None

    @act(
        label=_("Lấy lại: xem thêm dự thảo"),
        desk=Role.DIVISION_HEAD,
        source=State.APPRAISED,
        target=State.CHECKED,
        undoes="initial_draft",
    )
    def take_back_initials(self, step: Step) -> None:
        """Nobody has looked at it since."""

    # Both checks by one person ----------------------------------------------------------------

    @act(
        label=_("Thể thức đạt (kiểm tra cùng nội dung)"),
        desk=Role.CLERK,
        source=State.CHECKED,
        impartial=True,
    )
    def check_form_ahead(self, step: Step) -> None:
        """Điều 12 khoản 2, by who has just checked the content (khoản 1): neither is skipped."""
        last = history(self._on).last()
        if last is None or (last.act, last.actor_id) != ("check_content", step.by.pk):
            raise Refusal(_t("Chỉ người vừa kiểm tra nội dung kiểm tra luôn thể thức ở bước này."))
        self._on.take_number(step)
        self.form_checked = True

    @act(
        label=_("Lấy lại: kiểm tra nội dung và thể thức thêm"),
        desk=Role.SPECIALIST,
        source=State.CHECKED,
        target=State.SUBMITTED,
        undoes="check_form_ahead",
    )
    def take_back_checks(self, step: Step) -> None:
        self.form_checked = False

    @act(
        label=_("Thể thức đã kiểm tra, trình lãnh đạo"),
        desk=Role.DIVISION_HEAD,
        source=State.APPRAISED,
        target=State.CLEARED,
    )
    def carry_to_leader(self, step: Step) -> None:
        """The clerk's step is not waited for: it was done together with the content check."""
        self.form_checked = False

    @act(
        label=_("Thể thức đã kiểm tra, chuyển Chánh Văn phòng"),
        desk=Role.DIVISION_HEAD,
        source=State.APPRAISED,
        target=State.OFFICE_REVIEW,
    )
    def carry_to_office(self, step: Step) -> None:
        """As :meth:`carry_to_leader`, where the Chánh Văn phòng comes before the leader."""
        self.form_checked = False

    @act(
        label=_("Lấy lại: xem thêm trước khi trình"),
        desk=Role.DIVISION_HEAD,
        source=State.CLEARED,
        target=State.CHECKED,
        undoes="carry_to_leader",
    )
    def take_back_from_leader(self, step: Step) -> None:
        self._take_back_carried()

    @act(
        label=_("Lấy lại: xem thêm trước khi trình"),
        desk=Role.DIVISION_HEAD,
        source=State.OFFICE_REVIEW,
        target=State.CHECKED,
        undoes="carry_to_office",
    )
    def take_back_from_office(self, step: Step) -> None:
        self._take_back_carried()

    def _take_back_carried(self) -> None:
        """The agreement is no more; the check made ahead still stands."""
        self.forget_checks()
        self.form_checked = True

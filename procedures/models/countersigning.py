"""Minutes signed electronically: by their chair, then by the secretary of the meeting (Mẫu 1.9).

The chair signs as everybody signs a decision, number and all; the secretary then signs the file,
which takes no number. Why in this order: project/decisions/0032.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from documents.kinds import KINDS
from workflows.authority import HOLDER, Desk
from workflows.errors import Refusal
from workflows.states import Act, State, Step, act

from ..issuing import secretaries, signers
from ..roles import SECRETARY, Role
from .draft_paper import DRAFT_PAPER, MINUTES

if TYPE_CHECKING:
    from workflows.models import Holding
    from workflows.states import Record

    from .dossiers import Dossier
    from .paperwork import Paperwork

    class Base(Paperwork, Record): ...
else:
    Base = object

_OF_TWO = ("sign_minutes", "countersign_minutes", "decline_minutes")


class Countersigning(Base):
    """The acts of minutes whose chair and secretary were chosen among the people of the office."""

    if TYPE_CHECKING:

        @property
        def _dossier(self) -> Dossier: ...

    @property
    def signed_by_two(self) -> bool:
        """Whether it ends in minutes that two chosen persons sign, with a key or with ink."""
        if self.ends_in != MINUTES:
            return False
        said = self._dossier.matter
        return bool(said.chair_holding_id and said.secretary_holding_id)

    @property
    def secretary(self) -> Holding:
        """Who signs minutes as their secretary."""
        chosen: Holding = self._dossier.matter.secretary_holding
        return chosen

    def signing_act(self, slot: str) -> str:
        """The act by which what stands in ``slot`` is signed with a key, after its reservation."""
        return "sign_minutes" if slot == "decision" and self.signed_by_two else f"sign_{slot}"

    def second_signer(self, slot: str) -> documents.Signer | None:
        """Who signs what stands in ``slot`` after its signer; None where nobody does."""
        if slot != "decision" or not self.signed_by_two:
            return None
        return secretaries.signer(self.secretary.user)

    def desk(self, role: str) -> Desk:
        """The secretary's is a desk of one person: nobody keeps the minutes for another."""
        if role != SECRETARY:
            return super().desk(role)
        name = _t("%(name)s, thư ký cuộc họp") % {"name": self.secretary.user.full_name}
        return Desk(HOLDER, self.secretary, name)

    @property
    def chair_desk(self) -> Desk:
        """The desk of the person who chaired."""
        chair: Holding = self._dossier.matter.chair_holding
        return Desk(HOLDER, chair, chair.user.full_name)

    @property
    def lacks_chair(self) -> bool:
        """Whether the chair who was chosen cannot sign any more: no successor takes his place."""
        minutes = self.state == State.CLEARED and self.kind_of("decision") == MINUTES
        chosen = minutes and self._dossier.matter.chair_holding_id
        return bool(chosen) and not any(signers.able_to_sign(self._dossier, "decision"))

    def desks(self, act: Act) -> list[Desk]:
        """Minutes whose chair is gone would lie at his desk for ever: the clerk sends them back."""
        freed = act.name == "return_for_correction" and self.lacks_chair
        return [*super().desks(act), *([self.desk(Role.CLERK)] if freed else [])]

    def way_out(self) -> str:
        """What to do where nobody sits at its desk and no successor would open it; else empty."""
        if self.state == State.AWAITING_SECRETARY:
            return _t(
                "%(desk)s, không còn ký được và không ai ký thay. Văn thư hủy văn bản đã ký để làm "
                "lại: chọn thư ký khác, hoặc in ra để hai người ký giấy."
            ) % {"desk": self.desk(SECRETARY).label}
        if self.lacks_chair:
            return _t(
                "%(chair)s là chủ tọa nhưng không còn ký được, không ai ký thay. Văn thư trả về "
                "để chọn chủ tọa khác."
            ) % {"chair": self.chair_desk.label}
        return ""

    def draws(self, act: Act) -> bool:
        return super().draws(act) or (act.name in _OF_TWO and self.signed_by_two)

    def off_road(self, act: Act) -> str:
        if act.name in ("sign_decision", *_OF_TWO) and self.signed_by_two is not (
            act.name in _OF_TWO
        ):
            return _t("Hồ sơ này đi đường khác: việc này không có trong các bước của nó.")
        return super().off_road(act)

    def refuse_ink_only(self) -> None:
        """Raise :class:`Refusal` for a paper that cannot be signed electronically, before any
        number is taken for it."""
        kind = KINDS[self.kind_of("decision")]
        if not kind.secretary:
            return
        if not self.signed_by_two:
            raise Refusal(
                _t(
                    "Biên bản này ghi tên thư ký mà không chọn người nên hai người ký giấy: in ra, "
                    "ký tay, rồi văn thư ghi nhận bản quét."
                )
            )
        secretaries.refuse_absent(self.secretary)

    @act(
        label=_("Chủ tọa ký Biên bản"),
        source=State.CLEARED,
        target=State.AWAITING_SECRETARY,
        hold="use",
        impartial=True,
        only=DRAFT_PAPER,
    )
    def sign_minutes(self, step: Step) -> None:
        self.decision = self._dossier.signed_file("decision", step)

    @act(
        label=_("Thư ký ký Biên bản"),
        source=State.AWAITING_SECRETARY,
        target=State.SIGNED,
        only=DRAFT_PAPER,
    )
    def countersign_minutes(self, step: Step) -> None:
        """No number is taken, so nothing is reserved: the revision that was shown keeps a second
        press out, and a paper that was voided meanwhile."""
        if "file" not in step.data:
            raise Refusal(_t("Chưa có tệp đã ký."), field="passphrase")
        minutes, data = self.written("decision"), step.data["file"]
        outside = step.data.get("outside")
        store = documents.store_countersigned_outside if outside else documents.store_countersigned
        self.decision = store(minutes, data)
        self._dossier.when_signed(step)

    @act(
        label=_("Không ký, trả về để sửa"),
        source=State.AWAITING_SECRETARY,
        target=State.RETURNED,
        reason=True,
        only=DRAFT_PAPER,
    )
    def decline_minutes(self, step: Step) -> None:
        """To whoever drew them up: the text is what the secretary objects to, and the chair's
        signature stands for no other. Number and reason stay in the register."""
        self.void_papers(step.note)

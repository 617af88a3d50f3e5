"""A copy of a released document: who asked for it, who allowed or signed it, what it became.

The head of the office decides what is copied and who signs copies (Nghị định 30/2020/NĐ-CP, Điều
27 khoản 1). A paper copy is signed by hand, and that is the decision; an electronic one bears the
agency's signature only (Mẫu 3.2), so the decision is an act of its own before the seal.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from documents.kinds import COPIES, KINDS
from documents.models import Document, Medium
from workflows.authority import Capacity
from workflows.errors import Refusal
from workflows.states import AUTHOR, Act, Record, State, Step, act

from ..issuing import ink, series, signers
from ..papers import copies as papers
from ..roles import Role
from .places import Commune

if TYPE_CHECKING:
    from documents.model import Content

COPY_DOCUMENT = "copy_document"
_WAYS = tuple((kind, KINDS[kind].label) for kind in COPIES)
_MEDIA = ((Medium.ELECTRONIC.value, _("Bản điện tử")), (Medium.PAPER.value, _("Bản giấy")))
_OPEN = (State.SUBMITTED, State.CLEARED, State.SIGNED)
# What the states of every procedure are called of a copy.
_WORDS = {
    State.SUBMITTED: _("Chờ lãnh đạo cho sao"),
    State.CLEARED: _("Chờ ký tay bản sao"),
    State.REJECTED: _("Không cho sao"),
    State.RELEASED: _("Đã phát hành bản sao"),
}


class CopyRequest(Record):
    """One copy of ``original``: its form, its medium and, of a trích sao, the parts it takes.

    ``places`` and ``annexes`` are those of :class:`documents.model.Copied`; ``scans`` are the
    SHA-256 of the scanned pages. ``copy`` is the document it became; ``taken_out`` is the moment
    printed in the file that the clerk took to sign it with the agency's own tool.
    """

    WAITS_FOR: ClassVar[dict[str, str]] = {
        State.SUBMITTED: Role.CHAIRMAN,
        State.CLEARED: Role.CLERK,
        State.SIGNED: Role.CLERK,
    }
    REFUSALS = (documents.DocumentRefused,)

    procedure = models.SlugField(_("Thủ tục"), max_length=40, default=COPY_DOCUMENT)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+")
    original = models.ForeignKey(Document, models.PROTECT, related_name="copy_requests")
    kind = models.CharField(_("Hình thức sao"), max_length=20, choices=_WAYS)
    medium = models.CharField(_("Bản sao"), max_length=10, choices=_MEDIA)
    places = models.JSONField(default=list, blank=True)
    annexes = models.JSONField(default=list, blank=True)
    scans = models.JSONField(default=list, blank=True)
    recipients = models.TextField(_("Nơi nhận bản sao"), blank=True)
    quantity = models.PositiveSmallIntegerField(_("Số lượng bản"), default=1)
    name = models.TextField(_("Văn bản được sao"))
    taken_out = models.DateTimeField(_("Lấy tệp để ký số"), null=True, editable=False)
    copy = models.OneToOneField(Document, models.PROTECT, null=True, related_name="copy_request")

    class Meta:
        verbose_name = _("sao văn bản")
        verbose_name_plural = _("sao văn bản")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["draft", *_OPEN, "released", "rejected", "withdrawn"]
                ),
                name="copy_state_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="released") | models.Q(copy__isnull=False),
                name="copy_made_is_there",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-id"], name="copies_of_agency")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def for_act(cls) -> models.QuerySet[Self]:
        deep = ("author", "commune__agency", "original__issuer", "copy")
        return super().for_act().select_related(*deep)

    @property
    def title(self) -> str:
        """ "Bản trích sao Quyết định số 31/QĐ-UBND"."""
        return f"{KINDS[self.kind].name} {self.name}"

    @property
    def by_hand(self) -> bool:
        return self.medium == Medium.PAPER

    @property
    def shown_state(self) -> str:
        return str(self.state)

    @property
    def is_open(self) -> bool:
        return self.state in _OPEN

    @property
    def series(self) -> Any:
        return series.of_copies(self.commune)

    def word(self, state: str) -> str:
        if state == State.SIGNED and not self.by_hand:
            return str(_("Lãnh đạo đã cho sao, chờ đóng dấu"))
        return str(_WORDS.get(State(state)) or super().word(state))

    def desk_label(self, role: str) -> str:
        return str(Role(role).label)

    def says(self, block: Any = None) -> Content:
        """What the copy says; signed under ``block`` on paper, by the agency alone without."""
        return papers.content(self, block)

    def able_to_sign(self, on: datetime.date | None = None) -> list[Capacity]:
        """Everyone who may sign this copy on a day (default today), the Chairman first."""
        return list(signers.able_to_sign(self, self.kind, on))

    def may_have_signed(self) -> list[tuple[Capacity, datetime.date]]:
        """Whoever could sign since it was drawn up, each with the last day on which he could."""
        return ink.able_since(self, self.kind, timezone.localdate(self.created))

    def snapshot(self) -> dict[str, Any]:
        copy = self.copy
        return {
            "procedure": self.procedure,
            "post": self.post_id,
            "author": self.author_id,
            "original": [self.original.reference, self.original.content_digest],
            "kind": self.kind,
            "medium": self.medium,
            "parts": [self.places, self.annexes, self.scans],
            "recipients": self.recipients,
            "quantity": self.quantity,
            "copy": [copy.reference, copy.date, copy.state, copy.content_digest] if copy else None,
            **({"taken_out": self.taken_out} if self.taken_out else {}),
        }

    def draws(self, act: Act) -> bool:
        return act.name not in ("refuse_copy", "withdraw_copy")

    def admits(self, act: Act, capacity: Capacity) -> bool:
        return act.name not in ("allow_copy", "refuse_copy") or signers.admitted(
            self.kind, capacity
        )

    @classmethod
    def closed_to(cls, capacity: Capacity) -> models.Q | None:
        closed = [kind for kind in COPIES if not _allows(kind, capacity)]
        return models.Q(kind__in=closed) if closed else None

    def takes(self, capacity: Capacity) -> bool:
        return _allows(self.kind, capacity)

    # What Dossier has for the table of who may sign: nothing of a copy is kept to one person.
    def kind_of(self, slot: str) -> str:
        return slot

    def signed_in_person(self, slot: str) -> bool:
        return False

    def signing_wish(self, slot: str) -> str:
        return ""

    def refuses_signer(self, slot: str, capacity: Capacity) -> str:
        return ""

    def why_not(self, act: Act, step: Step) -> None:
        super().why_not(act, step)
        if act.name in ("allow_copy", "refuse_copy"):
            signers.refuse_wrong_form(self.kind, step.capacity)
        if act.name.startswith("order_") or act.name == "seal_copy":
            papers.refuse_uncopied(self.original, self.kind, self.medium)

    # The clerk asks -----------------------------------------------------------------------------

    @act(label=_("Trình lãnh đạo cho sao"), desk=AUTHOR, source=State.DRAFT, target=State.SUBMITTED)
    def order_electronic_copy(self, step: Step) -> None:
        """Nobody signs an electronic copy: so it is asked first whether it may be made."""
        if self.by_hand:
            raise Refusal(_t("Bản sao giấy thì in ra, trình ký tay."))

    @act(label=_("Lập bản sao để ký tay"), desk=AUTHOR, source=State.DRAFT, target=State.CLEARED)
    def order_paper_copy(self, step: Step) -> None:
        """Whoever signs it by hand decides by that."""
        if not self.by_hand:
            raise Refusal(_t("Bản sao điện tử thì trình lãnh đạo cho sao."))

    @act(
        label=_("Thôi, không sao nữa"),
        desk=Role.CLERK,
        source=_OPEN,
        target=State.WITHDRAWN,
        reason=True,
        ends=True,
    )
    def withdraw_copy(self, step: Step) -> None:
        if self.copy is not None:
            self.copy = documents.void(self.copy, step.note)

    # Who decides --------------------------------------------------------------------------------

    @act(label=_("Cho sao"), source=State.SUBMITTED, target=State.SIGNED)
    def allow_copy(self, step: Step) -> None:
        """Điều 27 khoản 1 Nghị định 30/2020/NĐ-CP."""

    @act(label=_("Không cho sao"), source=State.SUBMITTED, target=State.REJECTED, reason=True)
    def refuse_copy(self, step: Step) -> None:
        """Điều 27 khoản 1 Nghị định 30/2020/NĐ-CP."""

    @act(label=_("Ghi nhận bản sao đã ký"), source=State.CLEARED, target=State.SIGNED)
    def record_paper_copy(self, step: Step) -> None:
        """``step.data``: "signer" (a user), "date", "number" where the office numbers elsewhere."""
        capacity = self._capacity_on(step.data["date"], step.data["signer"])
        block = signers.signature_block(self.kind, capacity)
        self.copy = documents.sign_paper(
            issuer=self.commune.issuer,
            kind=self.kind,
            series=self.series,
            content=self.says(block),
            number=step.data.get("number"),
            date=step.data["date"],
            signer=signers.signer(capacity, block),
            original=self.original,
        )

    def _capacity_on(self, date: datetime.date, signer: Any) -> Capacity:
        """The capacity in which ``signer`` signed by hand: that of the day of signing."""
        if date > timezone.localdate():
            raise Refusal(_t("Ngày sao không thể ở tương lai."), field="date")
        if date < timezone.localdate(self.created):
            raise Refusal(_t("Ngày sao không thể trước ngày lập bản sao."), field="date")
        able = {capacity.user.pk: capacity for capacity in self.able_to_sign(date)}
        if signer.pk not in able:
            raise Refusal(_t("Người này không ký được bản sao vào ngày đó."), field="signer")
        return able[signer.pk]

    @act(label=_("Lấy tệp để ký số bằng thiết bị của cơ quan"), source=State.SIGNED)
    def take_copy_out(self, step: Step) -> None:
        """The file prints this moment as the one at which the agency signs (Mẫu 3.2)."""
        if self.by_hand:
            raise Refusal(_t("Bản sao giấy thì đóng dấu bằng tay."))
        if documents.certificate_of(self.commune.issuer.key, "seal") is None:
            raise Refusal(_t("Chưa đăng ký chứng thư số của cơ quan. Ông/bà đăng ký trước."))
        self.taken_out = timezone.now().replace(microsecond=0)

    @act(label=_("Đóng dấu, phát hành bản sao"), source=State.SIGNED, target=State.RELEASED)
    def seal_copy(self, step: Step) -> None:
        """On paper sealed by hand; electronically ``step.data["sealed"]``, which
        :func:`procedures.issuing.copying.seal` made, and the "number" typed where need be."""
        if self.copy is not None:
            self.copy = documents.release(documents.seal_paper(self.copy))
            return
        sealed = step.data.get("sealed")
        if sealed is None or sealed.content != self.says():
            raise Refusal(_t("Chưa có bản sao đã đóng dấu."), field="passphrase")
        number = step.data.get("number")
        self.copy = documents.store_copy(self.original, self.series, sealed, number=number)


def _allows(kind: str, capacity: Capacity) -> bool:
    """Whether a copy of the kind is allowed in this capacity, where it opens the desk for that."""
    return capacity.post.role != Role.CHAIRMAN or signers.admitted(kind, capacity)

"""The dossier: the case for one decision, its lines of change, and the acts that move it."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from workflows.authority import Capacity
from workflows.errors import Refusal
from workflows.models import Unit
from workflows.service import history
from workflows.states import AUTHOR, Act, Record, State, Step

from .. import rules
from ..issuing import signers
from ..people import names
from ..roles import SECRETARY, Role, called
from ..teams import roster
from .annexes import Annexes
from .asking import OwnRoad
from .changes import Change, Seat
from .consenting import Consenting
from .correcting import Correcting
from .countersigning import Countersigning
from .deciding import Deciding
from .delivering import Delivering
from .drafted import Drafted
from .entering import Entering
from .existing import RECORD_TEAMS, Existing
from .gathering import Gathering
from .issued_elsewhere import IssuedElsewhere
from .listing_upward import ListingUpward
from .office_review import OfficeReview
from .paperwork import PAPERS, Paperwork
from .people import Person
from .places import Commune
from .reporting_upward import ReportingUpward
from .restructuring import Restructuring
from .rewording import Rewording
from .scans import Scans
from .sending import Sending
from .signing_outside import SigningOutside
from .targeting import Targeting
from .training_results import TrainingResults
from .turning_back import TurningBack
from .ways import Asking

_PLACED = Change.objects.select_related("hamlet__merger__into", "team__decision__issuer")


class Dossier(
    Deciding, Targeting, Existing, Entering, Consenting, Gathering, Restructuring, Correcting,
    Delivering, Sending, Scans, ReportingUpward, TurningBack, SigningOutside, OfficeReview,
    Annexes, Countersigning, Rewording, OwnRoad, Paperwork, ListingUpward, Drafted, TrainingResults,
    IssuedElsewhere, Record,
):  # fmt: skip
    """One request on its way to one decision of the Chairman.

    ``procedure`` is the code of its page in ``procedures/flows/``. ``name`` is what the case is
    called where its lines do not say it: a round, or a request whose line went on in one.
    """

    WAITS_FOR: ClassVar[dict[str, str]] = {
        State.DRAFT: AUTHOR,
        State.RETURNED: AUTHOR,
        State.SUBMITTED: Role.SPECIALIST,
        State.CHECKED: Role.DIVISION_HEAD,
        State.APPRAISED: Role.CLERK,
        State.OFFICE_REVIEW: Role.CHIEF_OF_OFFICE,
        State.CLEARED: Role.CHAIRMAN,
        State.AWAITING_CONSENT: Role.CHAIRMAN,
        State.AWAITING_SECRETARY: SECRETARY,
        State.SIGNED: Role.CLERK,
        State.SEALED: Role.CLERK,
    }

    REFUSALS = (documents.DocumentRefused,)

    procedure = models.SlugField(_("Thủ tục"), max_length=40)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="dossiers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Phòng"))
    name = models.CharField(_("Tên hồ sơ"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("hồ sơ")
        verbose_name_plural = _("hồ sơ")
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "receipt"],
                condition=~models.Q(receipt=""),
                name="receipt_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[choice.value for choice in State]),
                name="dossier_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(asking__in=Asking.values), name="dossier_asking_is_known"
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "-moved"], name="dossier_by_state")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def for_act(cls) -> models.QuerySet[Self]:
        return (
            super()
            .for_act()
            .select_related(
                "author",
                "post__hamlet",
                "commune__issuer",
                "unit__division__issuer",
                "corrects",
                "upward",
                *PAPERS,
            )
            .prefetch_related(models.Prefetch("changes", _PLACED), "changes__seats")
        )

    @property
    def title(self) -> str:
        """ "Thành lập Tổ công nghệ số cộng đồng bản Bãi Sở": what the people call the case."""
        if self.procedure == RECORD_TEAMS:
            return self.recorded_title
        if self.remedy:
            return self.correcting_title
        return self.name or "; ".join(change.title for change in self.lines())

    def lines(self) -> list[Change]:
        """Its changes with their places and seats; inside an act they are read already."""
        if "changes" in getattr(self, "_prefetched_objects_cache", {}):
            return list(self.changes.all())
        changes = self.changes.select_related("hamlet__merger__into", "team__decision__issuer")
        return list(changes.prefetch_related("seats"))

    def read_lines(self) -> None:
        """Read them once for a page that asks several times. No act may follow: it reads anew."""
        models.prefetch_related_objects(
            [self], models.Prefetch("changes", _PLACED), "changes__seats__was"
        )

    def forget_lines(self) -> None:
        """Lines were moved: what was read before the act must not be told after it."""
        getattr(self, "_prefetched_objects_cache", {}).pop("changes", None)

    def desk_owner(self, role: str) -> models.Model:
        return self.unit if role in (Role.SPECIALIST, Role.DIVISION_HEAD) else self.agency

    def desk_label(self, role: str) -> str:
        return called(role, self.commune.kind)

    def is_interested(self, user: Any) -> bool:
        """He sent it once, or it appoints him. A namesake counts as him unless the birth years
        tell them apart: it is for the author to add one."""
        if self._appoints(user):
            return True
        # A round is asked for by those whose requests it gathers, not by who gathers them.
        sent = history(self).filter(act="submit", actor=user.pk)
        if self.gathers or self.is_upward:
            return False
        return (
            super().is_interested(user) or sent.exists() or self.unseats(user) or self.rewards(user)
        )

    def _appoints(self, user: Any) -> bool:
        own = Person.objects.filter(user=user).first()
        year = own.birth_year if own else None
        for seat in Seat.objects.filter(change__dossier=self):
            another = seat.birth_year and year and seat.birth_year != year
            if names.same_name(seat.full_name, user.full_name) and not another:
                return True
            if own and seat.person_id == own.pk:
                return True
        return False

    def snapshot(self) -> dict[str, Any]:
        return {
            "procedure": self.procedure,
            "commune": self.commune_id,
            "post": self.post_id,
            "decision_number": self.decision_number,
            "decision_date": self.decision_date,
            "changes": [change.snapshot() for change in self.lines()],
            **({"name": self.name} if self.name else {}),
            "unit": self.unit_id,
            "author": self.author_id,
            "documents": [self.told(kind) for kind in PAPERS],
            **({"receipt": self.receipt} if self.receipt else {}),
            **self.entry_snapshot(),
            **({"delivered": book} if (book := self.delivered()) else {}),
            **self.told_of_road(),
            **self.told_remedy(),
            **self.told_request(),
            **self.told_targets(),
            **self.told_upward(),
            **self.told_matter(),
            **self.told_annexes(),
        }

    def admits(self, act: Act, capacity: Capacity) -> bool:
        return not act.impartial or self.takes(capacity)

    def why_not(self, act: Act, step: Step) -> None:
        super().why_not(act, step)
        sending = act.name in ("submit", "submit_entered")
        if sending or (act.impartial and not act.reason):
            signed = step.data.get("date") if "signer" in step.data else None
            rules.refuse_blocked(self, first_time=sending, signed=signed)
        # Whoever decides at a signing desk must be able to sign there: a refusal is a decision too.
        kind = signers.SIGNED_AT.get(step.capacity.post.role)
        if kind and act.impartial:
            signers.refuse_signer(self, kind, step.capacity)
        if act.name == "reserve_decision":
            self.refuse_ink_only()
        if act.name == "submit" and not self.gathers:
            signers.refuse_wrong_form("proposal", step.capacity)
        if act.name == "drop_signing" and not self.has_reservation:
            raise Refusal(_t("Chưa lấy số nào để hủy."))
        if act.name == "seal_decision":
            roster.refuse(self)

    def hold_broken(self, step: Step) -> None:
        self.void_reserved(step.note or _t("Lượt ký bị bỏ dở."))

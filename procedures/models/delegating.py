"""What the Chairman gives away by a decision: fields of work, everything, an authorisation."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows import locking
from workflows.authority import Desk
from workflows.errors import Refusal
from workflows.models import Delegation, Holding, Post, in_force
from workflows.states import State, Step
from workflows.terms import Paper, Term

from ..issuing import in_charge
from ..roles import FIELDS, Role
from .drafted import Matter
from .mandate_rows import MandateRow

DELEGATE_SIGNING = "delegate_signing"
# Who may receive what (Điều 13 khoản 1 and 3): the Deputies, or the heads below the Chairman.
DEPUTIES = (Role.DEPUTY_CHAIRMAN,)
HEADS = (Role.DIVISION_HEAD, Role.CHIEF_OF_OFFICE)


class Grant(models.TextChoices):
    """What a decision gives. Stored: never rename one."""

    FIELDS = "fields", _("Phân công lĩnh vực cho Phó Chủ tịch")
    CHARGE = "charge", _("Giao Phó Chủ tịch phụ trách, điều hành")
    AUTHORISE = "authorise", _("Ủy quyền ký (TUQ.)")
    END = "end", _("Chấm dứt phân công, ủy quyền")

    @property
    def kind(self) -> str:
        """The form of signature it gives."""
        authorised = self is Grant.AUTHORISE
        return Delegation.Kind.AUTHORISED if authorised else Delegation.Kind.DEPUTY

    @property
    def receivers(self) -> tuple[Role, ...]:
        return HEADS if self is Grant.AUTHORISE else DEPUTIES


class Mandate(Matter):
    """One decision about who signs for the Chairman.

    ``since`` is empty for the day of signing. ``until`` is the last day of what is given, or the
    last day of what is ended (empty: the day of the decision). ``kinds`` are the kinds of document
    an authorisation covers, keys of :mod:`documents.kinds`, and ``content`` limits it in words.

    What it gives is entered at its release, from its date: nobody signs by a paper that has not
    gone out. What it ends is over with the last day its signature tells, released or not: who
    signed on after that would have signed without a right (project/decisions/0026).
    """

    TYPED: ClassVar[tuple[str, ...]] = ("since", "until", "content", "kinds")
    ARTICLE: ClassVar[str] = "Điều 13 khoản 1, khoản 3 Nghị định 30/2020/NĐ-CP"
    in_person: ClassVar[bool] = True

    grant = models.CharField(_("Nội dung"), max_length=10, choices=Grant, default=Grant.FIELDS)
    since = models.DateField(_("Có hiệu lực từ ngày"), null=True, blank=True)
    until = models.DateField(_("Đến hết ngày"), null=True, blank=True)
    content = models.CharField(_("Nội dung được ủy quyền"), max_length=500, blank=True)
    kinds = models.JSONField(_("Loại văn bản được ký"), default=list, blank=True)

    class Meta:
        verbose_name = _("quyết định phân công, ủy quyền")
        verbose_name_plural = _("quyết định phân công, ủy quyền")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(grant__in=Grant.values), name="mandate_grant_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return str(Grant(self.grant).label)

    @property
    def gives(self) -> Grant:
        return Grant(self.grant)

    @cached_property
    def listed(self) -> list[Any]:
        """Its rows with their posts and, where something is ended, what stands."""
        rows = self.rows.select_related("delegate", "delegation__delegate", "delegation__principal")
        return list(rows) if self.pk else []

    @cached_property
    def holders(self) -> dict[int, str]:
        """{post: who holds it today}; a post nobody holds is missing."""
        posts = [row.receiver.pk for row in self.listed]
        held = Holding.objects.filter(in_force(), post__in=posts).select_related("user")
        return {holding.post_id: str(holding.user) for holding in held}

    def columns(self) -> dict[str, Any]:
        """``rows`` as :meth:`write` takes them."""
        return super().columns() | {"rows": [row.as_typed() for row in self.listed]}

    def write(self, typed: dict[str, Any], step: Step) -> None:
        """``typed["rows"]`` replace what is given: {"delegate": post, "field": code} each, or
        {"delegation": pk} of what is ended.

        Raises :class:`Refusal` for a post or a delegation that may not stand there.
        """
        super().write(typed, step)
        if "rows" not in typed:
            return
        rows = [self._row(row) for row in typed["rows"]]
        self.rows.all().delete()
        MandateRow.objects.bulk_create(rows)
        self.__dict__.pop("holders", None)

    def posts(self) -> models.QuerySet[Post]:
        """Those that may receive what is given."""
        roles = self.gives.receivers
        return Post.objects.filter(agency=self.dossier.agency_id, role__in=roles).order_by("pk")

    def standing(self) -> models.QuerySet[Delegation]:
        """What acts for the Chairman now or later."""
        rows = Delegation.objects.filter(
            Term(timezone.localdate()).overlapping,
            principal__agency=self.dossier.agency_id,
            principal__role=Role.CHAIRMAN,
        )
        return rows.select_related("delegate", "principal").order_by("pk")

    def _row(self, typed: dict[str, Any]) -> MandateRow:
        if self.gives is Grant.END:
            standing = self.standing().filter(pk=typed.get("delegation") or 0).first()
            if standing is None:
                raise Refusal(_t("Phân công, ủy quyền này không còn hiệu lực. Ông/bà chọn lại."))
            return MandateRow(mandate=self, delegation=standing)
        post = self.posts().filter(pk=typed.get("delegate") or 0).first()
        field = typed.get("field", "")
        fitting = field in FIELDS if self.gives is not Grant.CHARGE else not field
        if post is None or not fitting:
            raise Refusal(_t("Chức vụ hoặc lĩnh vực này không giao được. Ông/bà chọn lại."))
        return MandateRow(mandate=self, delegate=post, field=field)

    def snapshot(self) -> list[Any]:
        rows = [row.snapshot() for row in self.listed]
        told = [self.grant, self.since, self.until, self.content, rows]
        return [*told, self.kinds] if self.kinds else told

    def named(self) -> list[str]:
        return list(self.holders.values())

    def rewards(self, user: Any) -> bool:
        """Whoever holds a post that receives or loses something."""
        posts = [row.receiver.pk for row in self.listed]
        return Holding.objects.filter(in_force(), user=user, post__in=posts).exists()

    def when_signed(self, step: Step) -> None:
        """End what it ends, on the word of who signs it or records its signature."""
        if self.gives is Grant.END:
            self._hold_posts()
            for row in self.listed:
                row.end(step)

    def when_voided(self, step: Step) -> None:
        """Let what its signature ended stand again; what was ended otherwise since stays so."""
        self._hold_posts()
        for row in self.listed:
            if row.cut:
                row.resume(step)

    def take_effect(self, step: Step) -> None:
        """Enter what the decision gives, on the word of who releases it.

        Raises :class:`Refusal` where something else was entered in the meantime.
        """
        self._hold_posts()
        self.when_signed(step)  # what was signed before signatures ended anything
        if self.gives is Grant.CHARGE:
            in_charge.refuse_second(self.others_in_charge())
        if self.gives is not Grant.END:
            for row in self.listed:
                row.give(step)

    @property
    def term(self) -> Term:
        """From when until when what it gives would stand, were it signed today."""
        today = timezone.localdate()
        return Term(max(today, self.since or today), self.until)

    def others_in_charge(self) -> models.QuerySet[Delegation]:
        """Who else is in charge of everything on a day of its term."""
        others = in_charge.standing(self.dossier.agency_id, self.term)
        return others.exclude(delegate__in=[row.delegate_id for row in self.listed])

    def cut_by_another(self) -> list[Delegation]:
        """What it ends that the signature of another decision, not yet released, has ended: were
        that one voided, nobody could say what should stand."""
        signed = MandateRow.objects.filter(
            cut__isnull=False,
            delegation__in=[row.delegation_id for row in self.listed],
            mandate__dossier__state__in=(State.SIGNED, State.SEALED),
        ).exclude(mandate=self)
        cut = set(signed.values_list("delegation", flat=True))
        return [row.delegation for row in self.listed if row.delegation_id in cut]

    @property
    def chairman(self) -> Post:
        return Post.objects.get(agency=self.dossier.agency_id, role=Role.CHAIRMAN)

    def _hold_posts(self) -> None:
        locking.hold_posts([self.chairman, *(row.receiver for row in self.listed)])

    def desk(self, step: Step) -> Desk:
        """The desk of who acts: the Chairman's where he signs, the clerk's where a signature on
        paper is recorded."""
        return self.dossier.desk(step.capacity.post.role)

    def paper(self) -> Paper:
        """The signed decision, as what is entered rests on it."""
        decision = self.dossier.written("decision")
        assert decision.date is not None  # signed
        name = f"Quyết định số {decision.reference}"
        return Paper(name, decision.date, digest=decision.content_digest)

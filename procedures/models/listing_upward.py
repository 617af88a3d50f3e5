"""A dossier that ends in a công văn with the list of teams, for an office above that asked for it.

It carries no line of change: the roster stays what it is. What it says is the request it answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows.errors import Refusal
from workflows.models import in_force
from workflows.states import Step

from ..lists import viewings
from ..people import names
from .teams import Membership
from .viewings import Viewing

if TYPE_CHECKING:
    from workflows.states import Record as Base

    from .dossiers import Dossier
else:
    Base = object

LIST_UPWARD = "list_upward"
_TOLD = (
    "asked_by", "reference", "date", "about", "due", "form", "full_phones", "purpose",
)  # fmt: skip
_WORDS = ("asked_by", "reference", "about")


class Form(models.TextChoices):
    """The two forms of a list that the product knows by heart."""

    EIGHT = "eight", _("Mẫu 8 cột của Sở KH&CN tỉnh Thanh Hóa (2025)")
    SEVEN = "seven", _("Mẫu 7 cột của Sở TT&TT tỉnh Lào Cai (2022)")


class ListRequest(models.Model):
    """What an office above asked for: who, by which paper, until when, in which form.

    ``full_phones`` is true only after somebody said why (``purpose``), which the log of viewings
    keeps. Nothing here is required before it is sent (:mod:`procedures.rules.listing`).
    """

    dossier = models.OneToOneField("Dossier", models.CASCADE, related_name="list_request")
    asked_by = models.CharField(_("Cơ quan đề nghị"), max_length=150, blank=True)
    reference = models.CharField(_("Số, ký hiệu văn bản đề nghị"), max_length=60, blank=True)
    date = models.DateField(_("Ngày của văn bản đề nghị"), null=True, blank=True)
    about = models.CharField(_("Về việc"), max_length=300, blank=True)
    due = models.DateField(_("Hạn gửi"), null=True, blank=True)
    form = models.CharField(_("Mẫu danh sách"), max_length=10, choices=Form, default=Form.EIGHT)
    full_phones = models.BooleanField(_("In số điện thoại đầy đủ"), default=False)
    purpose = models.CharField(_("Vì sao cần số đầy đủ"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("yêu cầu gửi danh sách")
        verbose_name_plural = _("yêu cầu gửi danh sách")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(full_phones=False) | ~models.Q(purpose=""),
                name="full_phones_have_a_purpose",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.asked_by}".strip()


class ListingUpward(Base):
    """What the author of such a dossier writes."""

    @property
    def _dossier(self) -> Dossier:
        return cast("Dossier", self)

    @property
    def lists_upward(self) -> bool:
        return self._dossier.procedure == LIST_UPWARD

    def write_request(self, step: Step) -> None:
        """Replace the request by ``step.data["request"]``: {column: value}.

        Raises :class:`Refusal` for full phones without a purpose.
        """
        dossier, typed = self._dossier, dict(step.data["request"])
        kept = self.request_answered
        kept.dossier = dossier
        typed |= {name: names.clean(typed[name]) for name in _WORDS if name in typed}
        for name, value in typed.items():
            setattr(kept, name, value)
        kept.purpose = names.clean(kept.purpose) if kept.full_phones else ""
        if kept.full_phones:
            self._tell_the_log(kept, step)
        kept.save()
        dossier.list_request = kept
        dossier.name = title_of(kept)

    def _tell_the_log(self, kept: ListRequest, step: Step) -> None:
        """Every time phones are put into the letter in full the log says who, when and why."""
        if not kept.purpose:
            raise Refusal(_t("Ông/bà ghi rõ vì sao cần số điện thoại đầy đủ."), field="purpose")
        dossier = self._dossier
        sitting = Membership.objects.filter(in_force(), team__commune=dossier.commune)
        phones = sitting.exclude(person__phone="").count()
        viewings.write_down(
            step.by,
            [step.capacity],
            dossier.agency,
            Viewing.Kind.EXPORT,
            title=title_of(kept),
            count=phones,
            purpose=kept.purpose,
            dossier=dossier,
        )

    def told_request(self) -> dict[str, Any]:
        """What the ledger's digest says of it; nothing for other dossiers."""
        if not self.lists_upward:
            return {}
        kept = self.request_answered
        return {"request": [getattr(kept, name) for name in _TOLD]}

    @property
    def request_answered(self) -> ListRequest:
        """What it answers; read once for this object."""
        kept: ListRequest = getattr(self._dossier, "list_request", None) or ListRequest()
        return kept


def title_of(request: ListRequest) -> str:
    """ "Gửi danh sách tổ theo Công văn số 12/SKHCN của Sở A": what people call the case."""
    told = _t("Gửi danh sách Tổ công nghệ số cộng đồng")
    if request.reference:
        told += _t(" theo Công văn số %(number)s") % {"number": request.reference}
    if request.asked_by:
        told += _t(" của %(office)s") % {"office": request.asked_by}
    return told[:300]

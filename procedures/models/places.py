"""Communes and the places in them: what the engine calls an agency, in its own words."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from documents.models import Issuer
from workflows.models import Agency, Post, Unit

from ..people import names
from .ways import Asking, Ways

if TYPE_CHECKING:
    from ..regulations import Regulation


class Commune(Ways):
    """A xã, phường or đặc khu. Links its agency to the issuer of its documents.

    ``code`` is the official code of the unit (QĐ 19/2025/QĐ-TTg); regulations apply by it or by
    ``province``. ``plan`` is the commune's own plan as cited in a decision ("Kế hoạch số
    45/KH-UBND ngày …"); empty when it has none.
    """

    class Kind(models.TextChoices):
        COMMUNE = "xã", _("xã")
        WARD = "phường", _("phường")
        ZONE = "đặc khu", _("đặc khu")

    agency = models.OneToOneField(
        Agency, models.PROTECT, related_name="commune", verbose_name=_("Cơ quan")
    )
    issuer = models.OneToOneField(
        Issuer, models.PROTECT, related_name="+", verbose_name=_("Cơ quan ban hành")
    )
    kind = models.CharField(_("Loại"), max_length=10, choices=Kind)
    name = models.CharField(_("Tên"), max_length=80)
    code = models.CharField(_("Mã đơn vị hành chính"), max_length=10, unique=True)
    province = models.CharField(_("Tỉnh, thành phố"), max_length=80)
    plan = models.CharField(_("Kế hoạch của xã (căn cứ)"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("xã, phường")
        verbose_name_plural = _("xã, phường")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(asking__in=Asking.values), name="commune_asking_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    @cached_property
    def own_rules(self) -> tuple[Regulation, ...]:
        """Its own regulations as entered, of every date; read once for this object."""
        rows: Any = getattr(self, "own_regulations")  # noqa: B009  (declared by the other model)
        return tuple(row.as_regulation() for row in rows.prefetch_related("values"))

    def has_private_phone(self, text: str) -> bool:
        """Whether a text has the number of somebody registered here, or of a guardian."""
        told = names.numbers_in(text)
        pairs = self.people.values_list("phone", "guardian_phone") if told else ()
        return any(names.normal_phone(phone) in told for pair in pairs for phone in pair if phone)

    @property
    def full_name(self) -> str:
        """ "xã Tam Quang": the kind in lower case, as inside a sentence."""
        return f"{self.kind} {self.name}"


class Division(models.Model):
    """A division that signs documents of its own under its own number series."""

    commune = models.ForeignKey(
        Commune, models.PROTECT, related_name="divisions", verbose_name=_("Xã, phường")
    )
    unit = models.OneToOneField(
        Unit, models.PROTECT, related_name="division", verbose_name=_("Đơn vị")
    )
    issuer = models.OneToOneField(
        Issuer, models.PROTECT, related_name="+", verbose_name=_("Cơ quan ban hành")
    )

    class Meta:
        verbose_name = _("phòng chuyên môn")
        verbose_name_plural = _("phòng chuyên môn")

    def __str__(self) -> str:
        return self.unit.name


def in_use(on: datetime.date | None = None) -> models.Q:
    """Filter of the hamlets that exist on a Hanoi date (default today)."""
    day = on or timezone.localdate()
    return models.Q(until__isnull=True) | models.Q(until__gte=day)


class Hamlet(models.Model):
    """A bản, thôn, khu phố or tổ dân phố; its head is the holder of ``head_post``.

    ``since`` and ``until`` are known where a merger began or ended it (``merger``); its name stays
    in what was decided before.
    """

    commune = models.ForeignKey(
        Commune, models.PROTECT, related_name="hamlets", verbose_name=_("Xã, phường")
    )
    kind = models.CharField(_("Loại"), max_length=20)
    name = models.CharField(_("Tên"), max_length=80)
    head_post = models.OneToOneField(
        Post,
        models.PROTECT,
        related_name="hamlet",
        null=True,
        blank=True,
        verbose_name=_("Chức vụ của người đứng đầu"),
    )
    since = models.DateField(_("Từ ngày"), null=True, blank=True)
    until = models.DateField(_("Đến hết ngày"), null=True, blank=True)
    merger = models.ForeignKey(
        "HamletMerger", models.PROTECT, null=True, blank=True, related_name="ended"
    )

    class Meta:
        verbose_name = _("thôn, bản, khu phố")
        verbose_name_plural = _("thôn, bản, khu phố")
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "kind", "name"],
                condition=models.Q(until__isnull=True),
                name="hamlet_once",
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def is_over(self) -> bool:
        """Whether it was merged away: no new team there, what stands is tolerated meanwhile."""
        return self.until is not None and self.until < timezone.localdate()

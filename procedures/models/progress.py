"""How far a team has come, as typed for a day. Nothing typed is not zero."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .indicators import Indicator
from .targets import amount
from .teams import Team


class ProgressEntry(models.Model):
    """What was counted in one team for one indicator on the day ``on``. Never changed: a mistake is
    put right by another entry for the same day, and the later one counts.

    What reports bring is read from them (:mod:`procedures.targets.reported`). ``by_name`` and
    ``capacity`` are who told it, as what, at that moment.
    """

    team = models.ForeignKey(Team, models.PROTECT, related_name="progress")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="progress")
    on = models.DateField(_("Số liệu tính đến ngày"))
    numerator = models.PositiveIntegerField(_("Đã đạt"))
    denominator = models.PositiveIntegerField(_("Trên tổng số"), null=True, blank=True)
    note = models.CharField(_("Ghi chú"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(_("Người nhập"), max_length=120)
    capacity = models.CharField(_("Tư cách"), max_length=120)
    at = models.DateTimeField(_("Nhập lúc"), auto_now_add=True)

    class Meta:
        verbose_name = _("số liệu tiến độ")
        verbose_name_plural = _("số liệu tiến độ")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(denominator=None) | Q(numerator__lte=F("denominator")),
                name="progress_is_a_part",
            )
        ]
        indexes = [models.Index(fields=["team", "indicator", "-on"], name="progress_by_day")]

    def __str__(self) -> str:
        return f"{self.team}, {self.indicator}: {self.told}"

    def save(self, *args: Any, **options: Any) -> None:
        if self.pk is not None:
            raise RuntimeError("what was told is never changed: add another entry")
        super().save(*args, **options)

    @property
    def told(self) -> str:
        """ "36/120 hộ (30%)"."""
        return amount(self.numerator, self.denominator, self.indicator.unit)

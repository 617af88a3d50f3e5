"""Days on which offices work or rest otherwise than the law's calendar says."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CalendarDay(models.Model):
    """A working Saturday, or a day off in its stead, as announced for one year.

    It wins over weekends and over the holidays the program knows, which cannot include a swap
    announced after it was released.
    """

    day = models.DateField(_("Ngày"), unique=True)
    working = models.BooleanField(_("Là ngày làm việc"), default=False)
    note = models.CharField(_("Ghi chú"), max_length=200, blank=True)
    source = models.CharField(_("Văn bản thông báo"), max_length=200)

    class Meta:
        verbose_name = _("ngày nghỉ, ngày làm bù")
        verbose_name_plural = _("ngày nghỉ, ngày làm bù")
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="calendar_day_has_a_source")
        ]

    def __str__(self) -> str:
        kind = _("ngày làm việc") if self.working else _("ngày nghỉ")
        return f"{self.day:%d/%m/%Y}: {kind}"

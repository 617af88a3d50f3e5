"""What is counted in a team's place: the numbers targets ask for and reports give."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .places import Commune


class Indicator(models.Model):
    """One thing that is counted, in a commune: "Hộ có gian hàng số".

    A share is stored as numerator and denominator, never as a bare percent: ``of`` says which
    denominator is meant ("hộ trong bản") and is empty for a plain count. ``source`` cites who asks
    for it, with number and date ("Công văn ..., mục 2.2").
    """

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="indicators")
    name = models.CharField(_("Tên chỉ số"), max_length=200)
    unit = models.CharField(_("Đơn vị tính"), max_length=40)
    of = models.CharField(_("Trên tổng số"), max_length=120, blank=True)
    source = models.CharField(_("Nguồn"), max_length=300, blank=True)
    retired = models.DateField(_("Thôi dùng từ"), null=True, blank=True)

    class Meta:
        verbose_name = _("chỉ số")
        verbose_name_plural = _("chỉ số")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["commune", "name"], name="indicator_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_share(self) -> bool:
        """Whether it has a denominator."""
        return bool(self.of)

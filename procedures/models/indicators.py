"""What is counted in a team's place: the numbers targets ask for and reports give."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .places import Commune


class Counting(models.TextChoices):
    """What the figure of a report means: what came in its period, or what there is at its end."""

    FLOW = "flow", _("Phát sinh trong kỳ")
    TOTAL = "total", _("Lũy kế (tổng số có đến cuối kỳ)")


class Indicator(models.Model):
    """One thing that is counted, in a commune: "Hộ có gian hàng số".

    A share is stored as numerator and denominator, never as a bare percent: ``of`` says which
    denominator is meant ("hộ trong bản") and is empty for a plain count. ``source`` cites who asks
    for it, with number and date ("Công văn ..., mục 2.2"). ``counting`` says whether figures of
    periods add up.
    """

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="indicators")
    name = models.CharField(_("Tên chỉ số"), max_length=200)
    unit = models.CharField(_("Đơn vị tính"), max_length=40)
    of = models.CharField(_("Trên tổng số"), max_length=120, blank=True)
    source = models.CharField(_("Nguồn"), max_length=300, blank=True)
    # Reports asked for what happened in the period before anybody could choose.
    counting = models.CharField(
        _("Số liệu là"), max_length=10, choices=Counting, default=Counting.FLOW
    )
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

    @property
    def adds_up(self) -> bool:
        """Whether the figures of several periods are added; of a running total the last stands."""
        return self.counting == Counting.FLOW

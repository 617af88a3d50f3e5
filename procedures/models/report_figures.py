"""What a report gives: its figures, and the photos and files that show them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows.errors import Refusal

from .indicators import Indicator


class ReportFigure(models.Model):
    """One figure of a report: a count, or a share as numerator and denominator."""

    report = models.ForeignKey("Report", models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    numerator = models.PositiveBigIntegerField(_("Số"))
    denominator = models.PositiveBigIntegerField(_("Trên tổng số"), null=True, blank=True)

    class Meta:
        verbose_name = _("số liệu báo cáo")
        verbose_name_plural = _("số liệu báo cáo")
        constraints = [
            models.UniqueConstraint(fields=["report", "indicator"], name="one_figure_a_report")
        ]

    def __str__(self) -> str:
        whole = "" if self.denominator is None else f"/{self.denominator}"
        return f"{self.numerator}{whole}"

    def refuse_impossible(self) -> None:
        """A share has a denominator no smaller than itself; a plain count has none."""
        if not self.indicator.is_share:
            self.denominator = None
            return
        name = {"name": self.indicator.name, "of": self.indicator.of}
        if self.denominator is None:
            raise Refusal(_t("%(name)s: ghi cả số %(of)s.") % name, field=f"of_{self.indicator_id}")
        if (self.numerator or 0) > self.denominator:
            raise Refusal(
                _t("%(name)s: số này không thể lớn hơn số %(of)s.") % name,
                field=f"n_{self.indicator_id}",
            )


class ReportFile(models.Model):
    """A photo or file that shows what a report says; ``name`` is where documents keeps it."""

    report = models.ForeignKey("Report", models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("ảnh, tệp kèm báo cáo")
        verbose_name_plural = _("ảnh, tệp kèm báo cáo")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "name"], name="report_file_once")]

    def __str__(self) -> str:
        return self.name

"""What asks for reports: a rule that recurs, or a request that came in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.words import day_words
from workflows.models import Unit

from ..reports.periods import Counted, Every
from .indicators import Indicator
from .places import Commune

# A day every month has.
LAST_DUE_DAY = 28


class ReportRule(models.Model):
    """A report that recurs, with the paper that orders it.

    The village teams report monthly or quarterly, as the commune chose (KH-UBND xã Tam Quang 2025,
    mục II.2.3). ``due_day`` is the day of the month after the period.
    """

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="report_rules")
    every = models.CharField(_("Bao lâu một lần"), max_length=10, choices=Every)
    counted = models.CharField(_("Cách tính kỳ"), max_length=10, choices=Counted)
    due_day = models.PositiveSmallIntegerField(_("Hạn gửi: ngày"))
    source = models.CharField(_("Căn cứ"), max_length=300)
    indicators = models.ManyToManyField(Indicator, related_name="+", verbose_name=_("Chỉ số"))
    questions = models.TextField(_("Câu hỏi thêm"), blank=True)
    since = models.DateField(_("Áp dụng từ"), default=timezone.localdate)
    until = models.DateField(_("Thôi áp dụng từ"), null=True, blank=True)

    class Meta:
        verbose_name = _("báo cáo định kỳ")
        verbose_name_plural = _("báo cáo định kỳ")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commune"], condition=Q(until=None), name="one_report_rule"
            ),
            models.CheckConstraint(
                condition=Q(due_day__range=(1, LAST_DUE_DAY)), name="report_due_day_exists"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_every_display()}: {self.source}"


class ReportCall(models.Model):
    """One asking: each team asked has one report in it.

    ``since`` to ``until`` is the period the figures are about. A call of a rule cites its source; a
    request cites who asked (``issuer``), with number and date, and keeps its scan.
    """

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="report_calls")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    rule = models.ForeignKey(
        ReportRule, models.PROTECT, related_name="calls", null=True, blank=True
    )
    title = models.CharField(_("Báo cáo về"), max_length=200)
    since = models.DateField(_("Số liệu từ ngày"))
    until = models.DateField(_("Đến ngày"))
    due = models.DateField(_("Hạn các tổ gửi"))
    source = models.CharField(_("Căn cứ"), max_length=300, blank=True)
    issuer = models.CharField(_("Cơ quan yêu cầu"), max_length=200, blank=True)
    number = models.CharField(_("Số, ký hiệu văn bản"), max_length=60, blank=True)
    dated = models.DateField(_("Ngày văn bản"), null=True, blank=True)
    scan = models.CharField(max_length=120, blank=True)
    indicators = models.ManyToManyField(Indicator, related_name="+", verbose_name=_("Chỉ số"))
    questions = models.TextField(_("Câu hỏi thêm"), blank=True)
    opened = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("kỳ báo cáo")
        verbose_name_plural = _("kỳ báo cáo")
        ordering = ["-due", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "since"], name="one_call_a_period"),
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="report_period_runs_on"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def cited(self) -> str:
        """ "Công văn số 1234/SKHCN-CĐS ngày 05 tháng 3 năm 2026 của Sở …": who asks."""
        if not self.issuer:
            return self.source
        number = f" số {self.number}" if self.number else ""
        day = f" {day_words(self.dated)}" if self.dated else ""
        return f"Công văn{number}{day} của {self.issuer}"

    @property
    def asks(self) -> list[str]:
        """The questions, one to a line."""
        return [line.strip() for line in self.questions.splitlines() if line.strip()]

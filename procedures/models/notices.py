"""What a person is told: his notices in the product, and the letter that gathers them by day."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows.models import Event


class Notice(models.Model):
    """One thing one person is told about one record, as it was at that moment.

    ``title`` is what the record was called; ``words`` is the reason typed, if any. ``event`` is the
    act it tells of; a reminder ("Nhắc"), and a wish or an answer about a target, is none.
    """

    class Kind(models.TextChoices):
        BACK = "back", _("Trả lại")
        REJECTED = "rejected", _("Không chấp thuận")
        RELEASED = "released", _("Đã có quyết định")
        WITHDRAWN = "withdrawn", _("Đã rút hồ sơ")
        NUDGE = "nudge", _("Nhắc")
        ENTERED = "entered", _("Nhập hộ")
        AGREED = "agreed", _("Đã đồng ý")
        ASKED = "asked", _("Đề nghị điều chỉnh")
        ANSWERED = "answered", _("Trả lời đề nghị")
        ISSUED = "issued", _("Đã phát hành")
        CALLED = "called", _("Đến kỳ báo cáo")
        REPORTED = "reported", _("Nhập hộ báo cáo")
        ACCEPTED = "accepted", _("Đã được ghi nhận")
        MERIT = "merit", _("Đề xuất khen thưởng")
        TAKEN = "taken", _("Đã đưa vào hồ sơ khen thưởng")

    # The page of each kind of record.
    PAGES: ClassVar[dict[str, str]] = {
        "procedures.dossier": "dossier",
        "procedures.roundplace": "round-place",
        "procedures.targetteam": "target-team",
        "procedures.targetrequest": "target-answer",
        "procedures.report": "report",
        "procedures.copyrequest": "copy",
        "procedures.merit": "merit-told",
        "procedures.team": "team",
    }

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="notices",
        verbose_name=_("Người nhận"),
    )
    kind = models.CharField(_("Loại"), max_length=10, choices=Kind)
    record_type = models.CharField(max_length=60)
    record_id = models.PositiveBigIntegerField()
    title = models.TextField(_("Hồ sơ"))
    sender_name = models.CharField(_("Người làm"), max_length=120)
    sender_capacity = models.TextField(_("Tư cách"))
    words = models.TextField(_("Lý do"), blank=True)
    event = models.ForeignKey(Event, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("Lúc"), default=timezone.now)
    read = models.DateTimeField(_("Đã xem lúc"), null=True, blank=True)
    mailed = models.DateTimeField(_("Đã gửi thư lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("thông báo")
        verbose_name_plural = _("thông báo")
        ordering = ["-pk"]
        constraints = [
            # An act told again, after a crash or by hand, is told once.
            models.UniqueConstraint(fields=["event", "recipient"], name="notice_once"),
            models.CheckConstraint(
                condition=Q(kind__in=("nudge", "asked", "answered", "called"), event__isnull=True)
                | (~Q(kind__in=("nudge", "asked", "answered", "called")) & Q(event__isnull=False)),
                name="notice_tells_of_an_act",
            ),
        ]
        indexes = [
            # The count in the header of every page.
            models.Index(fields=["recipient"], condition=Q(read=None), name="notice_unread"),
            models.Index(fields=["record_type", "record_id", "kind"], name="notice_of_record"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"

    @property
    def sentence(self) -> str:
        """What was done and by whom; where a reason belongs to it, :attr:`words` follows."""
        said = {
            self.Kind.BACK: _t("%(name)s, %(capacity)s, trả lại, vì:"),
            self.Kind.REJECTED: _t("%(name)s, %(capacity)s, không chấp thuận, vì:"),
            self.Kind.RELEASED: _t("Đã có quyết định. %(name)s, %(capacity)s, đã phát hành."),
            self.Kind.WITHDRAWN: _t("%(name)s, %(capacity)s, đã rút hồ sơ. Không phải làm gì nữa."),
            self.Kind.ENTERED: _t(
                "%(name)s, %(capacity)s, đã nhập hộ và gửi đề nghị này thay ông/bà. Nếu không "
                "đúng, ông/bà mở hồ sơ để rút."
            ),
            self.Kind.AGREED: _t(
                "%(name)s, %(capacity)s, đã đồng ý. Quyết định sẽ được ban hành sau."
            ),
            self.Kind.ASKED: _t("%(name)s, %(capacity)s, đề nghị điều chỉnh, vì:"),
            self.Kind.ANSWERED: _t("%(name)s, %(capacity)s, trả lời: giữ nguyên chỉ tiêu, vì:"),
            self.Kind.ISSUED: _t("Đã phát hành. Người làm: %(name)s, %(capacity)s."),
            self.Kind.CALLED: _t("%(capacity)s yêu cầu báo cáo. Mở để ghi số liệu và gửi."),
            self.Kind.REPORTED: _t(
                "%(name)s, %(capacity)s, đã nhập hộ báo cáo này thay ông/bà. Nếu không đúng, "
                "ông/bà gọi cho người nhập."
            ),
            self.Kind.ACCEPTED: _t("%(name)s, %(capacity)s, đã ghi nhận báo cáo."),
            self.Kind.MERIT: _t("%(name)s, %(capacity)s, đề xuất khen thưởng, vì:"),
            self.Kind.TAKEN: _t(
                "%(name)s, %(capacity)s, đã đưa đề xuất khen thưởng vào hồ sơ trình xét."
            ),
            self.Kind.NUDGE: _t("%(name)s, %(capacity)s, nhắc: hồ sơ đang chờ ông/bà."),
        }[self.Kind(self.kind)]
        return said % {"name": self.sender_name, "capacity": self.sender_capacity}

    @property
    def page(self) -> str:
        """The address of the record's page; empty for a kind of record without one."""
        name = self.PAGES.get(self.record_type)
        return reverse(name, args=[self.record_id]) if name else ""


class Digest(models.Model):
    """The one letter of a day to a person. The row stands before the letter leaves."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="digests")
    day = models.DateField(_("Ngày"))
    sent = models.DateTimeField(_("Gửi lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("thư tổng hợp")
        verbose_name_plural = _("thư tổng hợp")
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.user} - {self.day:%d/%m/%Y}"

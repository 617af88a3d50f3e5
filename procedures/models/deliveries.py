"""Where a released decision was sent ("Nơi nhận"), and who has it.

Nghị định 30/2020/NĐ-CP, Điều 18 khoản 1: released on the day of signing, at the latest on the next
working day; Điều 4 khoản 2 điểm c: the receiver registers it within the same term.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows.models import Post


class Way(models.TextChoices):
    """How a document reaches a recipient."""

    AXIS = "axis", _("Trục liên thông văn bản")
    EMAIL = "email", _("Thư điện tử")
    ZALO = "zalo", _("Zalo")
    PAPER = "paper", _("Bản giấy")
    IN_PERSON = "in_person", _("Nhận trực tiếp")
    HERE = "here", _("Ngay trong Trình Ký")


@dataclass(frozen=True)
class Entry:
    """What is to be recorded of one recipient: ``key`` is that of a
    :class:`~procedures.issuing.deliveries.Recipient`, empty for a place to add under ``name``."""

    key: str = ""
    name: str = ""
    way: str = ""
    sent: datetime.date | None = None
    received: datetime.date | None = None
    received_by: str = ""
    dropped: bool = False


class Delivery(models.Model):
    """One line of the delivery book of a dossier's decision. Never changed: a later line about
    the same recipient replaces an earlier one.

    ``post`` is the post a decision goes to by its content; ``own`` is set where the recipient
    recorded the receipt himself. ``sent`` empty means: not sent yet. ``dropped`` takes a place
    that was added by mistake off the list.
    """

    dossier = models.ForeignKey("Dossier", models.PROTECT, related_name="deliveries")
    recipient = models.CharField(_("Nơi nhận"), max_length=300)
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Chức vụ")
    )
    way = models.CharField(_("Cách gửi"), max_length=10, choices=Way, blank=True)
    sent = models.DateField(_("Ngày gửi"), null=True, blank=True)
    received = models.DateField(_("Ngày nhận"), null=True, blank=True)
    received_by = models.CharField(_("Người nhận"), max_length=120, blank=True)
    own = models.BooleanField(_("Nơi nhận tự báo"), default=False)
    dropped = models.BooleanField(_("Ghi nhầm"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Người ghi")
    )
    by_name = models.CharField(_("Tên người ghi"), max_length=120)
    at = models.DateTimeField(_("Ghi lúc"), default=timezone.now)

    class Meta:
        verbose_name = _("nơi nhận văn bản")
        verbose_name_plural = _("nơi nhận văn bản")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(way="", sent__isnull=True) | (~Q(way="") & Q(sent__isnull=False)),
                name="sent_in_some_way",
            ),
            models.CheckConstraint(
                condition=Q(received__isnull=True) | Q(received__gte=models.F("sent")),
                name="received_after_sent",
            ),
        ]

    def __str__(self) -> str:
        return self.recipient

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise PermissionDenied(_t("Dòng đã ghi không sửa được; ông/bà ghi dòng mới."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise PermissionDenied(_t("Dòng đã ghi không xóa được."))

    def snapshot(self) -> list[Any]:
        """What the dossier's digest in the ledger covers."""
        received = [self.received, self.received_by, self.own]
        return [self.recipient, self.post_id, self.way, self.sent, *received, self.dropped]

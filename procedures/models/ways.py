"""The choices an office makes about its own road: kept by the commune, copied to each dossier."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Asking(models.TextChoices):
    """How the division hands a draft up. Keys are stored: never rename one."""

    SUBMISSION = "submission", _("Tờ trình có số, Trưởng phòng ký")
    SLIP = "slip", _("Phiếu trình nội bộ, Trưởng phòng đồng ý")
    INITIALS = "initials", _("Trưởng phòng ký nháy vào dự thảo")


class Ways(models.Model):
    """The road of an office: how a division asks, and whether the Chánh Văn phòng looks first.

    No law sets either: a signed Tờ trình between a division and its own Chairman is custom.
    """

    asking = models.CharField(
        _("Phòng trình lãnh đạo bằng"), max_length=12, choices=Asking, default=Asking.SUBMISSION
    )
    office_review = models.BooleanField(
        _("Chánh Văn phòng xem trước khi trình lãnh đạo"), default=False
    )

    class Meta:
        abstract = True

"""A superior's own sheet, kept by a commune with what goes into each of its columns."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..sheets.superior import Filler, Layout
from .places import Commune


class SuperiorSheet(models.Model):
    """Mẫu của cấp trên, mapped once and used again.

    ``digest`` is the SHA-256 under which the file lies; ``columns`` is a list of
    [column from 1, field, constant text]. ``rows`` says whether a row is a person or a team.
    """

    class Rows(models.TextChoices):
        MEMBER = "member", _("Mỗi dòng một thành viên")
        TEAM = "team", _("Mỗi dòng một tổ (ghi Tổ trưởng)")

    class Field(models.TextChoices):
        ORDER = "order", _("Số thứ tự")
        COMMUNE = "commune", _("Tên xã, phường")
        TEAM = "team", _("Tên tổ")
        PLACE = "place", _("Tên thôn, bản, khu phố")
        DECISION = "decision", _("Số và ngày quyết định")
        DECISION_NUMBER = "decision_number", _("Số quyết định")
        DECISION_DATE = "decision_date", _("Ngày quyết định")
        NAME = "name", _("Họ tên")
        ROLE = "role", _("Chức vụ trong tổ")
        PHONE = "phone", _("Số điện thoại")
        ZALO = "zalo", _("Lập nhóm Zalo (có/không)")
        NOTE = "note", _("Thành phần, ghi chú")
        TEXT = "text", _("Chữ cố định (gõ bên cạnh)")

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="superior_sheets")
    name = models.CharField(_("Tên mẫu"), max_length=120)
    digest = models.CharField(max_length=64)
    sheet = models.CharField(_("Trang tính"), max_length=60)
    heading = models.PositiveIntegerField(_("Dòng tiêu đề"))
    first = models.PositiveIntegerField(_("Ghi từ dòng"))
    last = models.PositiveIntegerField(_("Đến dòng"))
    rows = models.CharField(_("Cách ghi"), max_length=10, choices=Rows, default=Rows.MEMBER)
    columns = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("mẫu của cấp trên")
        verbose_name_plural = _("mẫu của cấp trên")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["commune", "name"], name="superior_sheet_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def layout(self) -> Layout:
        return Layout(self.sheet, self.heading, self.first, self.last)

    @property
    def fillers(self) -> list[Filler]:
        return [Filler(int(column), field, text) for column, field, text in self.columns]

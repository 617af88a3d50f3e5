"""Who issues, and under which numbers."""

from __future__ import annotations

from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

_CODE = _("Mã gồm một chữ cái và các số cách nhau bằng dấu chấm, ví dụ H56.12.3.")


class KeptQuerySet(models.QuerySet[Any]):
    def delete(self) -> NoReturn:
        raise PermissionDenied(_("Văn bản đã vào sổ thì không xóa."))


class Kept(models.Model):
    """A record that is never deleted: a number, once given, stays in the register
    (Decree 30/2020, Điều 15)."""

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise PermissionDenied(_("Văn bản đã vào sổ thì không xóa."))


class Issuer(Kept):
    """Who issues. ``name`` as in a sentence ("Ủy ban nhân dân xã Tam Quang")."""

    key = models.CharField(_("Khóa"), max_length=100, unique=True)
    name = models.CharField(_("Tên cơ quan"), max_length=200)
    place = models.CharField(_("Địa danh"), max_length=100)
    # QĐ 20/2020/QĐ-TTg, amended by QĐ 09/2025/QĐ-TTg.
    organ_id = models.CharField(
        _("Mã định danh điện tử"),
        max_length=13,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]\d{1,2}(\.\d{1,3}){0,3}$", _CODE)],
        help_text=_("Ví dụ H56.12.3. Dùng trong gói bàn giao văn bản."),
    )

    class Meta:
        verbose_name = _("cơ quan ban hành")
        verbose_name_plural = _("cơ quan ban hành")

    def __str__(self) -> str:
        return self.name


class Mode(models.TextChoices):
    """Who gives the numbers of a series."""

    OURS = "ours", _("Phần mềm cấp số")
    EXTERNAL = "external", _("Văn thư nhập số từ sổ hoặc hệ thống khác")


class Series(Kept):
    """One run of numbers from 1 January to 31 December (Decree 30/2020, Điều 15.1)."""

    issuer = models.ForeignKey(
        Issuer, models.PROTECT, related_name="series", verbose_name=_("Cơ quan ban hành")
    )
    symbol = models.CharField(_("Ký hiệu"), max_length=30)
    mode = models.CharField(_("Cách cấp số"), max_length=10, choices=Mode, default=Mode.EXTERNAL)

    class Meta:
        verbose_name = _("dãy số")
        verbose_name_plural = _("dãy số")
        constraints = [
            models.UniqueConstraint(fields=["issuer", "symbol"], name="series_once"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="series_mode"),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} ({self.issuer})"


class Counter(Kept):
    """The last number given in a series and year; moved by :mod:`documents.registry.numbering`."""

    series = models.ForeignKey(
        Series, models.PROTECT, related_name="counters", verbose_name=_("Dãy số")
    )
    year = models.PositiveSmallIntegerField(_("Năm"))
    value = models.PositiveIntegerField(_("Số cuối"))

    class Meta:
        verbose_name = _("số đã cấp")
        verbose_name_plural = _("số đã cấp")
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.series_id}/{self.year}: {self.value}"

"""A commune's own regulation as data: values with their clause, in force from a day to a day.

Entered in the admin by whoever keeps the installation. It goes before the province's guidance
(:mod:`procedures.regulations`); what was decided before its first day stays decided.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from .. import regulations
from ..regulations import Force, Regulation, Scope, Value, words
from ..regulations.model import KEYS, RegulationError, check_value
from .places import Commune


class OwnRegulation(models.Model):
    """Kế hoạch, quy chế của xã. ``replaces`` ends the commune's earlier plans on its first day."""

    commune = models.ForeignKey(
        Commune, models.PROTECT, related_name="own_regulations", verbose_name=_("Xã, phường")
    )
    kind = models.CharField(_("Loại văn bản"), max_length=40, default="Kế hoạch")
    number = models.CharField(_("Số, ký hiệu"), max_length=40, help_text=_("Ví dụ: 45/KH-UBND."))
    date = models.DateField(_("Ngày ban hành"))
    about = models.CharField(
        _("Trích yếu"), max_length=300, help_text=_("Ví dụ: tổ chức hoạt động Tổ công nghệ số.")
    )
    since = models.DateField(_("Có hiệu lực từ"))
    until = models.DateField(_("Đến hết ngày"), null=True, blank=True)
    replaces = models.BooleanField(
        _("Thay thế các quy định trước của xã"),
        default=True,
        help_text=_("Bỏ dấu nếu văn bản này chỉ bổ sung: chỗ không ghi vẫn theo văn bản trước."),
    )

    tasks = models.TextField(
        _("Nhiệm vụ của tổ"), blank=True, help_text=_("Mỗi dòng một nhiệm vụ, in ở Điều 2.")
    )
    tasks_clause = models.CharField(_("Mục quy định nhiệm vụ"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("quy định của xã")
        verbose_name_plural = _("quy định của xã")
        ordering = ["-since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "number", "date"], name="own_regulation_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="own_regulation_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.cited

    @property
    def cited(self) -> str:
        """ "Kế hoạch 45/KH-UBND ngày 20/8/2025"."""
        month = f"{self.date.month:02d}" if self.date.month < 3 else str(self.date.month)
        return f"{self.kind} {self.number} ngày {self.date.day:02d}/{month}/{self.date.year}"

    def clean(self) -> None:
        if regulations.is_blank(self.number) or not any(char.isdigit() for char in self.number):
            raise ValidationError({"number": _t("Ghi đủ số, ví dụ 45/KH-UBND.")})
        if self.tasks.strip() and not self.tasks_clause:
            raise ValidationError({"tasks_clause": _t("Ghi mục, khoản, ví dụ II.2.2.")})
        if self.until and self.since and self.until < self.since:
            raise ValidationError({"until": _t("Ngày hết hiệu lực ở trước ngày có hiệu lực.")})

    def _tasks(self) -> regulations.Tasks | None:
        items = [line.strip(" .;-") for line in self.tasks.splitlines()]
        said = tuple(item for item in items if item)
        return regulations.Tasks(self.tasks_clause, said) if said else None

    def as_regulation(self) -> Regulation:
        """The same as a source read from a file."""
        committee = f"Ủy ban nhân dân {self.commune.full_name}"
        day = f"ngày {self.date:%d} tháng {_month(self.date.month)} năm {self.date.year}"
        ground = f"Căn cứ {self.kind} số {self.number} {day} của {committee} {self.about}"
        return Regulation(
            key=f"own-{self.pk}",
            title=self.about,
            kind=self.kind,
            authority=committee,
            cited=self.cited,
            scopes=(Scope(since=self.since, until=self.until, commune=self.commune.code),),
            values={row.full_key: row.as_value() for row in self.values.all()},
            tasks=self._tasks(),
            grounds=(regulations.Ground(ground.rstrip(" .;")),),
            number=self.number,
            date=self.date,
            own_plan=True,
            replaces=self.replaces,
        )


class OwnValue(models.Model):
    """One value of it, with its clause and its own words."""

    LEVELS = tuple(words.LEVELS.items())

    regulation = models.ForeignKey(OwnRegulation, models.CASCADE, related_name="values")
    level = models.CharField(_("Cấp tổ"), max_length=10, choices=LEVELS)
    key = models.CharField(_("Nội dung"), max_length=30, choices=tuple(words.KEYS.items()))
    value = models.CharField(
        _("Giá trị"), max_length=40, help_text=_("Số người ghi bằng chữ số; nội dung khác ghi mã.")
    )
    force = models.CharField(
        _("Mức độ"), max_length=10, choices=tuple(words.FORCES.items()), default=Force.MUST
    )
    clause = models.CharField(_("Mục, khoản"), max_length=20, help_text=_("Ví dụ: II.2.1.a"))
    quote = models.CharField(_("Nguyên văn"), max_length=120)

    class Meta:
        verbose_name = _("nội dung quy định của xã")
        verbose_name_plural = _("nội dung quy định của xã")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["regulation", "level", "key"], name="own_value_once")
        ]

    def __str__(self) -> str:
        return self.full_key

    @property
    def full_key(self) -> str:
        return f"{self.level}.{self.key}"

    def as_value(self) -> Value:
        counts = KEYS.get(self.key) is int and self.value.isdecimal()
        said: int | str = int(self.value) if counts else self.value
        return Value(said, Force(self.force), self.clause, self.quote)

    def clean(self) -> None:
        """Refuse what a source on file would be refused for."""
        try:
            check_value(self.level, self.full_key, self.as_value())
        except RegulationError as error:
            raise ValidationError(_refused(self.key)) from error


def _refused(key: str) -> dict[str, Any]:
    allowed = KEYS.get(key)
    if isinstance(allowed, frozenset):
        codes = ", ".join(sorted(allowed))
        return {"value": _t("Ghi một trong các mã: %(codes)s.") % {"codes": codes}}
    return {"value": _t("Ghi số bằng chữ số; mục ghi như II.2.1.a; nguyên văn không quá 120 chữ.")}


def _month(month: int) -> str:
    return f"{month:02d}" if month < 3 else str(month)

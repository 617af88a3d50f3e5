"""Zalo groups of the teams: registered, never run from here.

Two kinds are told apart: a group of a team's members (with officers invited), and one of all the
households of a place. S004 asks for the first, S000 for the second.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from .. import regulations
from ..teams import zalo_names
from .places import Commune, Hamlet

# From this day there are no districts (Luật Tổ chức chính quyền địa phương 72/2025/QH15).
WITHOUT_DISTRICTS = datetime.date(2025, 7, 1)


class ZaloGroup(models.Model):
    """A group of a place. ``hamlet`` is empty for those of the commune; ``invited`` are the keys
    of who was invited ("person:12", "post:7"); ``legacy``: named with a district of before."""

    class Tier(models.TextChoices):
        COMMUNE = "commune", _("Nhóm chung của xã, phường")
        MEMBERS = "members", _("Nhóm thành viên của tổ")
        HOUSEHOLDS = "households", _("Nhóm các hộ gia đình")

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="zalo_groups")
    hamlet = models.ForeignKey(
        Hamlet, models.PROTECT, related_name="zalo_groups", null=True, blank=True
    )
    tier = models.CharField(_("Nhóm của ai"), max_length=12, choices=Tier)
    name = models.CharField(_("Tên nhóm"), max_length=120)
    link = models.URLField(_("Đường dẫn vào nhóm"), blank=True)
    legacy = models.BooleanField(_("Nhóm lập trước 01/7/2025, tên còn ghi huyện"), default=False)
    creator = models.CharField(_("Người lập nhóm"), max_length=120)
    created_on = models.DateField(_("Ngày lập"))
    invited = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("nhóm Zalo")
        verbose_name_plural = _("nhóm Zalo")
        ordering = ["hamlet", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["hamlet", "tier"], name="one_zalo_group_per_tier"),
            models.UniqueConstraint(
                fields=["commune"],
                condition=models.Q(hamlet__isnull=True),
                name="one_zalo_group_of_a_commune",
            ),
            models.CheckConstraint(
                condition=models.Q(tier="commune", hamlet__isnull=True)
                | (~models.Q(tier="commune") & models.Q(hamlet__isnull=False)),
                name="zalo_tier_fits_the_place",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The name by the pattern of the source that governs; the link on Zalo itself."""
        wrong: dict[str, Any] = {}
        if self.legacy and self.created_on and self.created_on >= WITHOUT_DISTRICTS:
            wrong["legacy"] = _t("Từ 01/7/2025 không còn huyện: tên nhóm không ghi huyện.")
        pattern = pattern_of(self.commune, of_commune=self.hamlet_id is None)
        if not zalo_names.fits(
            pattern, self.name, of_commune=self.hamlet_id is None, legacy=self.legacy
        ):
            wrong["name"] = _t("Tên nhóm phải theo mẫu, ví dụ %(name)s.") % {
                "name": suggested_name(self.commune, self.hamlet, self.tier)
            }
        if self.link and not self.link.startswith(("https://zalo.me/", "https://chat.zalo.me/")):
            wrong["link"] = _t("Chép đường dẫn của nhóm từ Zalo, bắt đầu bằng https://zalo.me/.")
        if wrong:
            raise ValidationError(wrong)


def pattern_of(commune: Commune, *, of_commune: bool) -> str:
    """The pattern in force today; empty where no source sets one."""
    level = "commune" if of_commune else "hamlet"
    ruled = regulations.value(commune, f"{level}.zalo_name", timezone.localdate())
    return str(ruled.value) if ruled else ""


def suggested_name(commune: Commune, hamlet: Hamlet | None, tier: str) -> str:
    """A name by the pattern in force, else by the one whose examples are known (a suggestion).

    The sources name the group a team has with the residents (S002 mục 2.4); that of its members
    alone is "Tổ …", so that the two of one place differ.
    """
    pattern = pattern_of(commune, of_commune=hamlet is None) or zalo_names.CNS
    place = hamlet.name if hamlet else ""
    place = f"Tổ {place}" if tier == ZaloGroup.Tier.MEMBERS else place
    return zalo_names.suggested(pattern, place, commune.name)


def with_group(commune: Commune, on: datetime.date) -> frozenset[tuple[str, int | None]]:
    """The places ("hamlet" or "commune", key of the hamlet) that had a group on a day: the column
    "Lập nhóm Zalo (có/không)"."""
    found = ZaloGroup.objects.filter(commune=commune, created_on__lte=on)
    places = found.values_list("hamlet", flat=True)
    return frozenset(("hamlet" if pk else "commune", pk) for pk in places)

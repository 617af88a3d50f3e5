"""Who looked at personal data in full, or took papers away: when, at which list, and why.

Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15: an office that lists people without their consent, for its
tasks, watches over who looks (Điều 19).
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows.models import Agency

from .teams import Team


class Viewing(models.Model):
    """One look at full phones, or one download. Never changed; the ledger keeps its digest.

    ``title`` is what the list was called then; ``count`` is how many phones or papers were shown.
    """

    class Kind(models.TextChoices):
        PHONES = "phones", _("Xem số điện thoại")
        EXPORT = "export", _("Tải danh sách có số điện thoại")
        PAPERS = "papers", _("Tải bộ văn bản")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    kind = models.CharField(_("Việc"), max_length=10, choices=Kind)
    title = models.TextField(_("Danh sách"))
    count = models.PositiveIntegerField(_("Số lượng"))
    purpose = models.CharField(_("Để làm gì"), max_length=200, blank=True)
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="+")
    dossier = models.ForeignKey("Dossier", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Người xem")
    )
    by_name = models.CharField(_("Tên người xem"), max_length=120)
    capacity = models.TextField(_("Tư cách"), blank=True)
    at = models.DateTimeField(_("Lúc"), default=timezone.now)

    class Meta:
        verbose_name = _("lượt xem")
        verbose_name_plural = _("lượt xem")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["agency", "-id"], name="viewing_by_agency")]

    def __str__(self) -> str:
        return f"{self.by_name}: {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise PermissionDenied(_t("Nhật ký xem không sửa được."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise PermissionDenied(_t("Nhật ký xem không xóa được."))

    def digest(self) -> str:
        """SHA-256 of what the row says. Without the team: a roster written anew drops its rows."""
        said = [self.agency_id, self.kind, self.title, self.count, self.purpose, self.dossier_id]
        said += [self.by_id, self.by_name, self.capacity, self.at.isoformat()]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()

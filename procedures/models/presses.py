"""What a person was answered when a form of his was carried out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Press(models.Model):
    """One form carried out once (:mod:`procedures.idempotency.once`).

    ``key`` was made for that very page; ``digest`` is a keyed digest of what was sent with it, so
    that the same page sent with other words is another matter. ``to`` and ``said`` are the answer.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.UUIDField()
    digest = models.CharField(max_length=64)
    to = models.CharField(max_length=200)
    said = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("biên nhận")
        verbose_name_plural = _("biên nhận")
        constraints = [
            models.UniqueConstraint(fields=["user", "key", "digest"], name="press_answered_once")
        ]
        indexes = [models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.user} - {self.to}"

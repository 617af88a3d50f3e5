"""The record of what was done: append-only, hash-chained per agency (DESIGN: "The record").

Database triggers refuse UPDATE, DELETE and TRUNCATE (:mod:`workflows.triggers`).
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

from .organisation import Agency


class Chain(models.Model):
    """The head of an agency's chain; its row lock puts appends in order."""

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="chain")
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.agency_id}:{self.length}:{self.head}"


class Event(models.Model):
    """One act on one record. Names and capacity are copied: they outlive the account.

    ``digest`` is the SHA-256 of the record's content after the act; ``hash`` is the plain SHA-256
    over every other column and the previous hash, so anyone can recompute the chain; ``mac`` is an
    HMAC of the hash with the office's key.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="events")
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=120)
    capacity = models.TextField(blank=True)
    record_type = models.CharField(max_length=60)
    record_id = models.PositiveBigIntegerField()
    act = models.CharField(max_length=60)
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    revision = models.PositiveIntegerField()
    note = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("nhật ký")
        verbose_name_plural = _("nhật ký")
        ordering = ["agency", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "sequence"], name="event_sequence_once")
        ]
        indexes = [models.Index(fields=["record_type", "record_id", "sequence"])]

    def __str__(self) -> str:
        return f"{self.sequence}. {self.act} - {self.actor_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise PermissionDenied(_("Nhật ký không sửa được."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise PermissionDenied(_("Nhật ký không xóa được."))

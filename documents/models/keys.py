"""Certificates and software keys."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .register import Kept


class Purpose(models.TextChoices):
    """What a key is for."""

    SIGNER = "signer", _("Chữ ký số của người ký")
    SEAL = "seal", _("Chữ ký số của cơ quan")


class SigningKey(Kept):
    """A certificate and, for software keys, its private key as PKCS#12 under a passphrase that is
    kept nowhere. ``chain`` holds the issuing authorities' certificates (PEM)."""

    owner_key = models.CharField(_("Khóa chủ thể"), max_length=100)
    purpose = models.CharField(_("Dùng để"), max_length=10, choices=Purpose)
    certificate = models.TextField(_("Chứng thư số"))
    chain = models.TextField(_("Chứng thư cấp trên"), blank=True)
    pkcs12 = models.BinaryField(blank=True, default=b"")
    fingerprint = models.CharField(_("SHA-256 chứng thư"), max_length=64, unique=True)
    demo = models.BooleanField(_("Thử nghiệm"), default=False)
    not_after = models.DateTimeField(_("Hết hạn"))
    active = models.BooleanField(_("Đang dùng"), default=True)
    created = models.DateTimeField(_("Lập lúc"), default=timezone.now)

    class Meta:
        verbose_name = _("khóa ký số")
        verbose_name_plural = _("khóa ký số")
        constraints = [
            models.UniqueConstraint(
                fields=["owner_key", "purpose"], condition=Q(active=True), name="one_active_key"
            ),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="key_purpose"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} - {self.owner_key}"

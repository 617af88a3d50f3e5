"""Certificates and the keys that go with them."""

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
    """A certificate and the way to its private key.

    A software key is kept as PKCS#12 under a passphrase that is kept nowhere. A key in a token
    never leaves it: the row says by which module (a name in ``settings.PKCS11_MODULES``), token
    label and serial, and by which object (label, ID as hex) it is found. ``chain`` holds the
    issuing authorities' certificates (PEM); ``picture`` is the stored picture of the seal or the
    handwritten signature, by the name of its file.
    """

    owner_key = models.CharField(_("Khóa chủ thể"), max_length=100)
    purpose = models.CharField(_("Dùng để"), max_length=10, choices=Purpose)
    certificate = models.TextField(_("Chứng thư số"))
    chain = models.TextField(_("Chứng thư cấp trên"), blank=True)
    pkcs12 = models.BinaryField(blank=True, default=b"")
    module = models.CharField(_("Phần mềm thiết bị"), max_length=40, blank=True)
    token_label = models.CharField(_("Tên thiết bị ký"), max_length=64, blank=True)
    token_serial = models.CharField(_("Số sê-ri thiết bị"), max_length=32, blank=True)
    key_label = models.CharField(_("Tên khóa trong thiết bị"), max_length=200, blank=True)
    key_id = models.CharField(_("Mã khóa trong thiết bị"), max_length=200, blank=True)
    picture = models.CharField(_("Hình ảnh chữ ký, con dấu"), max_length=150, blank=True)
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

    @property
    def in_token(self) -> bool:
        """Whether the private key lives in a device (PKCS#11)."""
        return bool(self.module)

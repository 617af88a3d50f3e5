"""Who signs in, and by which slip and which device. What a person may do follows from the posts
he holds, never from these tables."""

from typing import Any, NoReturn

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """An account of one natural person.

    Accounts are deactivated, never deleted: decisions keep naming their authors.
    """

    username = models.CharField(_("Tên đăng nhập"), max_length=60, unique=True)
    full_name = models.CharField(_("Họ và tên"), max_length=120)
    email = models.EmailField(_("Thư điện tử"), blank=True)
    is_active = models.BooleanField(_("Đang dùng"), default=True)
    is_staff = models.BooleanField(_("Vào trang quản trị"), default=False)
    created = models.DateTimeField(_("Ngày lập"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("tài khoản")
        verbose_name_plural = _("tài khoản")

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise PermissionDenied(
            _("Tài khoản chỉ được ngừng dùng, không xóa: văn bản còn ghi tên người lập.")
        )


class Standing(models.QuerySet[Any]):
    """What slips and devices have in common: in force until a moment, unless revoked before."""

    def live(self) -> "Standing":
        return self.filter(revoked__isnull=True, until__gt=timezone.now())


class Slip(models.Model):
    """A printed slip by which a person enters once, without a password.

    The slip shows a QR code with a token, and a code to type. Both are kept as keyed digests only:
    who reads the database cannot enter.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="slips")
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created = models.DateTimeField(_("Ngày cấp"), default=timezone.now)
    until = models.DateTimeField(_("Dùng được đến"))
    token = models.CharField(max_length=64, unique=True)
    code = models.CharField(max_length=64, unique=True)
    used = models.DateTimeField(_("Đã dùng lúc"), null=True, blank=True)
    revoked = models.DateTimeField(_("Đã hủy lúc"), null=True, blank=True)

    objects = Standing.as_manager()

    class Meta:
        verbose_name = _("phiếu vào")
        verbose_name_plural = _("phiếu vào")

    def __str__(self) -> str:
        return f"{self.user} - {self.created:%d/%m/%Y}"


class Device(models.Model):
    """A phone or computer that stays signed in for its owner, until revoked."""

    user = models.ForeignKey(User, models.PROTECT, related_name="devices")
    slip = models.OneToOneField(Slip, models.PROTECT, related_name="device")
    label = models.CharField(_("Loại máy"), max_length=60)
    created = models.DateTimeField(_("Vào lần đầu"), default=timezone.now)
    last_seen = models.DateTimeField(_("Dùng gần nhất"), default=timezone.now)
    until = models.DateTimeField(_("Nhớ đến"))
    revoked = models.DateTimeField(_("Đã ngắt lúc"), null=True, blank=True)

    objects = Standing.as_manager()

    class Meta:
        verbose_name = _("máy đã vào")
        verbose_name_plural = _("máy đã vào")

    def __str__(self) -> str:
        return self.label


class Kept(models.QuerySet[Any]):
    """Rows that are written once."""

    def update(self, **fields: Any) -> NoReturn:
        raise PermissionDenied(_("Nhật ký không sửa được."))

    def delete(self) -> NoReturn:
        raise PermissionDenied(_("Nhật ký không xóa được."))


class SignInEvent(models.Model):
    """What happened at the door: append-only. ``actor`` did it, ``user`` is whom it concerns."""

    class Kind(models.TextChoices):
        ISSUED = "issued", _("Cấp phiếu vào")
        ENTERED = "entered", _("Vào bằng phiếu")
        LEFT = "left", _("Đăng xuất khỏi máy đã nhớ")
        REVOKED = "revoked", _("Báo mất điện thoại, ngắt mọi máy và phiếu")
        FACTOR_ON = "factor_on", _("Bật mã xác nhận")
        FACTOR_OFF = "factor_off", _("Tắt mã xác nhận")
        KEY_ADDED = "key_added", _("Thêm khóa truy cập")
        KEY_REMOVED = "key_removed", _("Bỏ khóa truy cập")

    at = models.DateTimeField(_("Lúc"), default=timezone.now, editable=False)
    kind = models.CharField(_("Việc"), max_length=12, choices=Kind)
    user = models.ForeignKey(User, models.PROTECT, related_name="sign_in_events")
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    note = models.CharField(_("Ghi chú"), max_length=200, blank=True)

    objects = Kept.as_manager()

    class Meta:
        verbose_name = _("nhật ký vào")
        verbose_name_plural = _("nhật ký vào")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.user}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise PermissionDenied(_("Nhật ký không sửa được."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise PermissionDenied(_("Nhật ký không xóa được."))


class Tally(models.Model):
    """How often a secret was guessed: one row per account or address, see :mod:`.limits`.

    ``until`` is in seconds since 1970, so that one statement reads the same on every database.
    """

    name = models.CharField(max_length=64, primary_key=True)
    tries = models.PositiveSmallIntegerField()
    until = models.FloatField(db_index=True)

    class Meta:
        verbose_name = _("lượt thử")
        verbose_name_plural = _("lượt thử")

    def __str__(self) -> str:
        return f"{self.name}: {self.tries}"

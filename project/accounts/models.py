"""Who signs in. What a person may do follows from the posts he holds, never from this table."""

from typing import Any, NoReturn

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import PermissionDenied
from django.db import models
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

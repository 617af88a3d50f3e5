"""The way in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class LoginForm(AuthenticationForm):
    """User name and password, with sentences that say what to do."""

    error_messages = {
        "invalid_login": _(
            "Tên đăng nhập hoặc mật khẩu chưa đúng. Ông/bà gõ lại; chữ hoa và chữ thường khác nhau."
        ),
        "inactive": _("Tài khoản này đã ngừng dùng. Ông/bà liên hệ văn thư."),
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.use_required_attribute = False
        self.fields["username"].label = _("Tên đăng nhập")
        self.fields["password"].label = _("Mật khẩu")
        for name in ("username", "password"):
            self.fields[name].error_messages["required"] = _("Ô này không được để trống.")

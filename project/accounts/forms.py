"""What people type at the door. Every secret is looked at inside :func:`.limits.guessing`."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..forms import LoginForm
from . import limits, slips
from .models import Slip

EMPTY = gettext_lazy("Ô này không được để trống.")


class SignInForm(LoginForm):
    """User name and password, at most five wrong ones in five minutes."""

    def clean(self) -> dict[str, Any]:
        account = self.cleaned_data.get("username")
        if not account or self.request is None:
            return super().clean()
        with limits.guessing(self.request, account):
            return super().clean()


class PasswordAgainForm(forms.Form):
    """The password of whoever is signed in already."""

    password = forms.CharField(
        label=gettext_lazy("Mật khẩu"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": EMPTY},
    )
    use_required_attribute = False

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        with limits.guessing(context.request, self.user.get_username()):
            if not self.user.check_password(password):
                raise forms.ValidationError(_("Mật khẩu chưa đúng. Ông/bà gõ lại."))
        return password

    def save(self) -> None:
        """Nothing to keep: the page marks the session."""


class _CodeField:
    """The box for a code of six digits, and the limit on guessing it."""

    use_required_attribute = False
    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]
    user: Any

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        box = self.fields["code"]
        box.label = _("Mã xác nhận")
        box.error_messages["required"] = str(EMPTY)
        box.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}

    def clean_code(self) -> str:
        with limits.guessing(context.request, self.user.get_username()):
            code: str = super().clean_code()  # type: ignore[misc]
            # A code stays valid for a minute and a half; read over a shoulder it must not open
            # a second door.
            if not limits.once("code", self.user.pk, code):
                raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_CodeField, AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The second step of signing in."""


class CodeAgainForm(_CodeField, ReauthenticateForm):  # type: ignore[misc]
    """The code of whoever is signed in already."""


class FirstCodeForm(_CodeField, ActivateTOTPForm):  # type: ignore[misc]
    """The first code proves that the phone has the secret."""


class _Passkey:
    """What a browser made of a passkey. The library reads nonsense by failing in many ways."""

    def clean_credential(self) -> Any:
        with _one_refusal():
            read = getattr(super(), "clean_credential", None)
            return read() if read else self.cleaned_data["credential"]  # type: ignore[attr-defined]

    def clean(self) -> Any:
        with _one_refusal():
            return super().clean()  # type: ignore[misc]


@contextmanager
def _one_refusal() -> Iterator[None]:
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError, struct.error) as nonsense:
        raise get_adapter().validation_error("incorrect_code") from nonsense


class AddKeyForm(_Passkey, AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey and the name its owner gives it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].label = _("Tên để ông/bà nhận ra")


class KeyForm(_Passkey, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The second step of signing in, by a passkey."""


class KeyAgainForm(_Passkey, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """The passkey of whoever is signed in already."""


class SlipCodeForm(forms.Form):
    """The eight letters and digits of a printed slip."""

    code = forms.CharField(
        label=gettext_lazy("Mã trên phiếu"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={
            "required": EMPTY,
            "max_length": gettext_lazy("Mã trên phiếu chỉ có 8 chữ và số."),
        },
    )
    use_required_attribute = False
    slip: Slip

    def __init__(self, *args: Any, request: HttpRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        self.request = request

    def clean_code(self) -> str:
        code = slips.typed(self.cleaned_data["code"])
        with limits.guessing(self.request, code=code):
            found = slips.by_code(code)
            if found is None:
                raise forms.ValidationError(
                    _("Không có phiếu nào mang mã này. Ông/bà xem lại từng chữ trên phiếu.")
                )
        self.slip = found
        return code


class NewPasswordForm(PasswordChangeForm):
    """The present password, and the new one twice."""

    use_required_attribute = False
    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_incorrect": gettext_lazy("Mật khẩu hiện nay chưa đúng. Ông/bà gõ lại."),
        "password_mismatch": gettext_lazy("Hai lần gõ mật khẩu mới không giống nhau."),
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        labels = {
            "old_password": _("Mật khẩu hiện nay"),
            "new_password1": _("Mật khẩu mới"),
            "new_password2": _("Gõ lại mật khẩu mới"),
        }
        for name, label in labels.items():
            box = self.fields[name]
            box.label, box.error_messages["required"] = label, str(EMPTY)
            box.widget.attrs.pop("autofocus", None)
        self.fields["new_password2"].help_text = ""
        self.fields["new_password1"].help_text = _("Ít nhất 8 ký tự, không dùng mật khẩu dễ đoán.")

    def clean_old_password(self) -> str:
        with limits.guessing(context.request, self.user.get_username()):
            return super().clean_old_password()

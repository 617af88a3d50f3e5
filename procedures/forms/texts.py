"""A line of text as people type it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..people import names

REQUIRED = _("Ô này không được để trống.")


class Text(forms.CharField):
    """One line of text, kept in Unicode NFC with single spaces and nothing invisible."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        own = options.get("error_messages") or {}
        self.error_messages["required"] = own.get("required", REQUIRED)
        for validator in self.validators:
            if getattr(validator, "code", "") == "max_length":
                validator.message = _("Dài quá %(limit_value)d chữ. Ông/bà viết gọn lại.")  # type: ignore[attr-defined]

    def to_python(self, value: Any) -> str:
        return names.clean(str(value or ""))

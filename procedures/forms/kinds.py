"""The kinds of document that a paper gives to be signed, ticked from a list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..issuing import signers

_CHOOSE = _("Chọn ít nhất một loại văn bản ghi trong văn bản giao.")
_GONE = _("Loại văn bản này không giao ký được. Ông/bà chọn lại.")


class KindsField(forms.MultipleChoiceField):
    """Those that may be given in one form ("TL", "TUQ"): Điều 13 khoản 3, 4 of Decree 30."""

    def __init__(self, form: str = "TUQ", **options: Any) -> None:
        super().__init__(
            label=_("Loại văn bản được ký"),
            choices=signers.given_by_list(form).items(),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _CHOOSE, "invalid_choice": _GONE},
            **options,
        )

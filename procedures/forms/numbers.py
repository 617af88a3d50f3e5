"""Days, counts and percents as people type them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

MOST = 10_000_000
_GROUPED = re.compile(r"\d{1,3}([. ]\d{3})+")


class Day(forms.DateField):
    """A day, chosen or typed as people write it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], **options)
        self.error_messages["invalid"] = _("Ngày ghi dạng ngày/tháng/năm, ví dụ 20/11/2026.")
        self.error_messages["required"] = _("Chọn một ngày.")


class Whole(forms.IntegerField):
    """A number of things, "1.200" too."""

    def __init__(self, **options: Any) -> None:
        box = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6})
        super().__init__(min_value=0, max_value=MOST, required=False, widget=box, **options)
        told = _("Gõ số nguyên từ 0 trở lên, ví dụ 36.")
        self.error_messages |= {"invalid": told, "min_value": told}
        for validator in self.validators:
            validator.message = told if validator.code == "min_value" else _("Số này quá lớn.")  # type: ignore[attr-defined]

    def to_python(self, value: Any) -> int | None:
        text = str(value if value is not None else "").strip()
        number: int | None = super().to_python(
            re.sub(r"[. ]", "", text) if _GROUPED.fullmatch(text) else text
        )
        return number


class Percent(forms.CharField):
    """ "30", "30%" or "12,5": up to one hundred, as :class:`Decimal`."""

    def __init__(self, **options: Any) -> None:
        box = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 6})
        super().__init__(required=False, max_length=8, widget=box, **options)

    def clean(self, value: Any) -> Decimal | None:
        text = str(value or "").replace("%", "").replace(",", ".").strip()
        if not text:
            return None
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal(-1)
        if not 0 < number <= 100:
            raise forms.ValidationError(_t("Gõ tỷ lệ từ 1 đến 100, ví dụ 30."))
        return number.quantize(Decimal("0.01"))

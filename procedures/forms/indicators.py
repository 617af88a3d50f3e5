"""What is typed about an indicator: its name, its unit, and how its figures are counted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from ..models import Commune, Indicator
from ..models.indicators import Counting
from .texts import Text


def _counting() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Số các tổ báo cáo là"),
        choices=Counting.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Chọn cách tính: phát sinh trong kỳ hay lũy kế."),
            "invalid_choice": _("Chọn cách tính: phát sinh trong kỳ hay lũy kế."),
        },
    )


class CountingForm(forms.Form):
    """How the figures of an indicator are read."""

    use_required_attribute = False

    counting = _counting()


class IndicatorForm(forms.Form):
    """Something new to count."""

    use_required_attribute = False

    name = Text(label=_("Tên chỉ số"), max_length=200)
    unit = Text(label=_("Đơn vị tính"), max_length=40)
    of = Text(
        label=_("Trên tổng số (nếu là tỷ lệ)"), max_length=120, required=False,
        help_text=_("Ví dụ: hộ trong bản. Để trống nếu chỉ đếm."),
    )  # fmt: skip
    source = Text(label=_("Nguồn (nếu có)"), max_length=300, required=False)
    counting = _counting()

    def __init__(self, *args: Any, commune: Commune, **options: Any) -> None:
        super().__init__(*args, **options)
        self.commune = commune

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Indicator.objects.filter(commune=self.commune, name=name).exists():
            raise forms.ValidationError(_t("Chỉ số này đã có. Ông/bà đặt tên khác."))
        return name

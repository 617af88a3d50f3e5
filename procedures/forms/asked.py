"""What forms share that answer an office above: its paper, and phones in full with the reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .assignments import Day
from .texts import Text


class AskedPaper(forms.Form):
    """The paper by which it asked. Nothing is required until the answer is sent."""

    reference = Text(
        label=_("Số, ký hiệu văn bản đề nghị (nếu có)"),
        help_text=_("Ví dụ: 1234/SKHCN-CĐS."),
        max_length=60,
        required=False,
    )
    date = Day(label=_("Ngày của văn bản đề nghị"), required=False)
    due = Day(label=_("Hạn trả lời, nếu có"), required=False)


class FullPhones(forms.Form):
    """Masked in the annex unless somebody says why not."""

    full_phones = forms.BooleanField(
        label=_("In số điện thoại đầy đủ trong phụ lục (việc này được ghi vào nhật ký)"),
        required=False,
    )
    purpose = Text(
        label=_("Vì sao cần số đầy đủ"),
        help_text=_("Chỉ ghi khi in số đầy đủ. Số của người dưới 16 tuổi luôn được che."),
        max_length=200,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("full_phones") and not cleaned.get("purpose"):
            self.add_error("purpose", _("Ông/bà ghi rõ vì sao cần số điện thoại đầy đủ."))
        return cleaned

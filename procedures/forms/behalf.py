"""How a request that is entered for somebody reached the office."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from ..models.entering import Channel, Received
from .scans import ScanField


class ReceivedForm(forms.Form):
    """Channel, day and, if there is a paper, its photo."""

    use_required_attribute = False

    channel = forms.ChoiceField(
        label=_("Nhận đề nghị qua"),
        choices=[("", _("Chọn một cách")), *Channel.choices],
        error_messages={
            "required": _("Chọn đề nghị này nhận bằng cách nào."),
            "invalid_choice": _("Chọn giấy, điện thoại, Zalo hoặc trực tiếp."),
        },
    )
    on = forms.DateField(
        label=_("Ngày nhận"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={
            "required": _("Chọn ngày nhận đề nghị."),
            "invalid": _("Ngày ghi dạng ngày/tháng/năm, ví dụ 20/11/2026."),
        },
    )
    file = ScanField(label=_("Ảnh hoặc bản quét tờ giấy (không bắt buộc)"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["on"].initial = timezone.localdate

    def clean_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_t("Ngày nhận không thể sau hôm nay."))
        if day < timezone.localdate() - datetime.timedelta(days=366):
            raise forms.ValidationError(_t("Ngày nhận đã quá một năm. Ông/bà xem lại năm."))
        return day

    def received(self) -> Received:
        """What was typed, once valid."""
        return Received(**self.cleaned_data)

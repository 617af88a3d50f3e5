"""What is typed to take the list of teams away, and to answer an office that asked for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models.listing_upward import Form
from .asked import AskedPaper, FullPhones
from .assignments import Day
from .purposes import ExportForm
from .texts import Text

_CHOOSE = {"required": _("Chọn một mẫu."), "invalid_choice": _("Chọn một mẫu trong danh sách.")}


class ListForm(ExportForm):
    """Which form, the teams of which day, phones masked or in full with the reason."""

    form = forms.ChoiceField(
        label=_("Theo mẫu"), choices=Form.choices, initial=Form.EIGHT, error_messages=_CHOOSE
    )
    on = Day(
        label=_("Danh sách tính đến ngày"),
        help_text=_("Để trống là hôm nay. Chọn ngày cũ để lập lại danh sách của thời điểm đó."),
        required=False,
    )
    field_order = ["form", "on", "phones", "purpose"]

    def __init__(self, *args: Any, more: list[tuple[str, str]] | None = None, **options: Any):
        super().__init__(*args, in_full=True, **options)
        self.fields["form"].choices = [*Form.choices, *(more or [])]  # type: ignore[attr-defined]

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"] or timezone.localdate()
        if day > timezone.localdate():
            raise forms.ValidationError(_("Chọn hôm nay hoặc một ngày đã qua."))
        return day


class RequestForm(AskedPaper, FullPhones):
    """The request of the office above. Nothing is required until it is sent."""

    use_required_attribute = False
    field_order = (
        "asked_by", "reference", "date", "about", "due", "form", "full_phones", "purpose",
    )  # fmt: skip

    asked_by = Text(
        label=_("Cơ quan đề nghị"),
        help_text=_("Ví dụ: Sở Khoa học và Công nghệ tỉnh Thanh Hóa."),
        max_length=150,
        required=False,
    )
    about = Text(
        label=_("Về việc (trích yếu)"),
        help_text=_("Ví dụ: rà soát, kiện toàn Tổ công nghệ số cộng đồng."),
        max_length=300,
        required=False,
    )
    form = forms.ChoiceField(label=_("Theo mẫu"), choices=Form.choices, error_messages=_CHOOSE)

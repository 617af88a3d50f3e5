"""Why somebody wants to see phones in full: asked each time, kept in the log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from .texts import Text

# Offered, not compulsory: an office knows its own reasons.
PURPOSES = (
    _("Liên hệ công việc của tổ"),
    _("Gửi văn bản, giấy mời"),
    _("Báo cáo danh sách cho cấp trên"),
    _("Kiểm tra, cập nhật danh sách"),
)


class PurposeForm(forms.Form):
    """One line, in the words of who asks."""

    use_required_attribute = False

    purpose = Text(
        label=_("Ông/bà cần số điện thoại để làm gì?"),
        help_text=_("Việc xem được ghi vào nhật ký: ai xem, lúc nào, để làm gì."),
        max_length=200,
        min_length=5,
        widget=forms.TextInput(attrs={"list": "muc-dich", "autocomplete": "off"}),
        error_messages={
            "required": _("Ông/bà ghi rõ cần số điện thoại để làm gì."),
            "min_length": _("Ông/bà ghi rõ hơn, ví dụ: Liên hệ công việc của tổ."),
        },
    )


class ExportForm(PurposeForm):
    """Masked at once, or in full with the reason."""

    phones = forms.ChoiceField(
        label=_("Số điện thoại trong tệp"),
        choices=[("masked", _("Che ba số cuối")), ("full", _("Đầy đủ (ghi vào nhật ký)"))],
        initial="masked",
        error_messages={
            "required": _("Chọn một trong hai cách."),
            "invalid_choice": _("Chọn một trong hai cách."),
        },
    )
    field_order = ["phones", "purpose"]

    def __init__(self, *args: Any, in_full: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["purpose"].required = False
        self.fields["purpose"].label = _t("Để làm gì? (chỉ cần khi lấy số đầy đủ)")
        if not in_full:
            del self.fields["purpose"]
            self.fields["phones"].choices = [("masked", _t("Che ba số cuối"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        wants_all = cleaned.get("phones") == "full"
        if wants_all and not cleaned.get("purpose") and "purpose" not in self.errors:
            self.add_error("purpose", self.fields["purpose"].error_messages["required"])
        return cleaned

"""What is typed for the public notice about the teams."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .drafted import MatterForm
from .texts import Text


class AnnouncementForm(MatterForm):
    """The office's own contact. Nothing is required until it is sent."""

    beside = "parts/announced.html"

    hotline = Text(
        label=_("Số điện thoại hỗ trợ"),
        help_text=_("Số của cơ quan, không phải số riêng của cán bộ hay thành viên tổ."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    place = Text(
        label=_("Nơi hỗ trợ trực tiếp"),
        help_text=_("Ví dụ: Trung tâm Phục vụ hành chính công xã."),
        max_length=200,
        required=False,
    )
    hours = Text(
        label=_("Thời gian hỗ trợ"),
        help_text=_("Ví dụ: giờ hành chính, từ thứ Hai đến thứ Sáu."),
        max_length=200,
        required=False,
    )
    online = Text(
        label=_("Trang thông tin, Zalo của cơ quan (nếu có)"), max_length=200, required=False
    )
    message = Text(
        label=_("Lời nhắn thêm (nếu có)"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

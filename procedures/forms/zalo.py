"""What is typed about a Zalo group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from ..models import ZaloGroup
from ..teams.zalo import Invited
from .assignments import Day
from .texts import Text


class GroupForm(forms.Form):
    """Name, link, who made it and when; who of the checklist was invited."""

    use_required_attribute = False

    name = Text(label=_("Tên nhóm"), max_length=120)
    link = forms.URLField(
        label=_("Đường dẫn vào nhóm, nếu có"),
        help_text=_("Mở nhóm trên Zalo, chép đường dẫn tham gia. Ví dụ https://zalo.me/g/abc."),
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={"invalid": _("Đường dẫn không đúng. Ông/bà chép lại từ Zalo.")},
    )
    creator = Text(label=_("Người lập nhóm"), max_length=120)
    created_on = Day(label=_("Ngày lập"))
    legacy = forms.BooleanField(
        label=_("Nhóm lập trước 01/7/2025, tên còn ghi huyện"), required=False
    )

    def __init__(
        self, *args: Any, group: ZaloGroup, checklist: Sequence[Invited] = (), **options: Any
    ) -> None:
        names = ("name", "link", "creator", "created_on", "legacy")
        options.setdefault("initial", {name: getattr(group, name) for name in names})
        super().__init__(*args, **options)
        self.group = group
        self.checklist = checklist
        self.fields["invited"] = forms.MultipleChoiceField(
            choices=[(one.key, one.name) for one in checklist], required=False
        )

    def clean_created_on(self) -> Any:
        day = self.cleaned_data["created_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_t("Ngày lập ở sau hôm nay."))
        return day

    def clean(self) -> dict[str, Any]:
        """Judged as a whole by the group itself, each fault at its field."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        for name, value in cleaned.items():
            setattr(self.group, name, value)
        try:
            self.group.clean()
        except forms.ValidationError as wrong:
            for field, said in wrong.message_dict.items():
                self.add_error(field, said)
        return cleaned

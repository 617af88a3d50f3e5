"""What the office types about a round."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from ..models import Change, Hamlet
from .steps import NoteForm
from .texts import Text

COMMUNE = "xa"


class RoundForm(forms.Form):
    """A new round. ``places`` are primary keys of hamlets, or :data:`COMMUNE`."""

    use_required_attribute = False

    name = Text(label=_("Tên đợt"), max_length=120)
    due = forms.DateField(
        label=_("Hạn gửi danh sách"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={
            "required": _("Chọn ngày các nơi phải gửi danh sách."),
            "invalid": _("Ngày ghi dạng ngày/tháng/năm, ví dụ 20/11/2026."),
        },
    )
    message = Text(
        label=_("Lời nhắn (không bắt buộc)"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    places = forms.MultipleChoiceField(
        label=_("Mời những nơi"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Chọn ít nhất một nơi để mời lập danh sách."),
            "invalid_choice": _("Chọn trong những nơi ghi trên trang."),
        },
    )

    def __init__(
        self, *args: Any, hamlets: Iterable[Hamlet], with_commune: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.hamlets = {str(hamlet.pk): hamlet for hamlet in hamlets}
        choices = [(key, hamlet.full_name) for key, hamlet in self.hamlets.items()]
        if with_commune:
            choices.append((COMMUNE, _t("Tổ cấp xã, phường (Bí thư Đoàn lập)")))
        self.fields["places"].choices = choices  # type: ignore[attr-defined]

    def clean_due(self) -> Any:
        due = self.cleaned_data["due"]
        if due < timezone.localdate():
            raise forms.ValidationError(_t("Hạn gửi phải từ hôm nay trở đi."))
        return due

    def chosen(self) -> dict[str, Any]:
        """The places, as :func:`procedures.flows.establish_round.open_round` takes them."""
        keys = self.cleaned_data["places"]
        return {
            "hamlets": [self.hamlets[key] for key in keys if key in self.hamlets],
            "with_commune": COMMUNE in keys,
        }


class LinesForm(NoteForm):
    """Which teams to set aside, and why."""

    lines = forms.TypedMultipleChoiceField(
        label=_("Để lại"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Đánh dấu ít nhất một tổ."),
            "invalid_choice": _("Chọn trong những tổ ghi trên trang."),
        },
    )
    field_order = ["lines", "note"]

    def __init__(self, *args: Any, changes: Iterable[Change], **options: Any) -> None:
        super().__init__(*args, required=True, **options)
        choices = [(change.pk, change.entry) for change in changes]
        self.fields["lines"].choices = choices  # type: ignore[attr-defined]

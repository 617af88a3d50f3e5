"""What a specialist or clerk types about a released document that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.forms.formsets import formset_factory
from django.utils.translation import gettext_lazy as _

from ..models import Dossier, Remedy, Seat, Team
from ..remedies import Open
from .steps import MAX_ROWS, PREFIX, SeatForm, SeatRows
from .texts import Text

# What is wrong, in the words of who sees it, and the paper it takes.
FAULTS = [
    (
        Remedy.AMEND,
        _("Sai về người trong danh sách: họ tên, năm sinh, chức vụ, thành phần; thừa, thiếu ai"),
        _("Quyết định sửa đổi, bổ sung: chỉ sửa chỗ sai, phần còn lại giữ nguyên."),
    ),
    (
        Remedy.REPLACE,
        _("Sai nhiều chỗ, phải làm lại cả quyết định"),
        _("Quyết định mới thay thế quyết định này."),
    ),
    (
        Remedy.CORRECT,
        _("Nội dung đúng, sai cách trình bày hoặc thủ tục: lỗi in, địa danh, căn cứ, số trang"),
        _("Công văn đính chính."),
    ),
    (
        Remedy.RECALL,
        _("Lẽ ra không được ban hành quyết định này"),
        _("Thông báo thu hồi. Các tổ lập theo quyết định này thôi hoạt động."),
    ),
]


class RemedyForm(forms.Form):
    """What is wrong; and in which team, where an amendment may touch one of several."""

    use_required_attribute = False

    remedy = forms.ChoiceField(
        label=_("Văn bản sai thế nào?"),
        choices=Remedy.choices,
        error_messages={
            "required": _("Ông/bà chọn một mục."),
            "invalid_choice": _("Ông/bà chọn một mục trong danh sách."),
        },
    )
    teams = forms.ModelMultipleChoiceField(
        label=_("Sai ở danh sách của tổ nào?"),
        queryset=Team.objects.none(),
        required=False,
        error_messages={
            "invalid_choice": _("Ông/bà chọn tổ trong danh sách."),
            "invalid_pk_value": _("Ông/bà chọn tổ trong danh sách."),
        },
    )

    def __init__(self, *args: Any, found: Open, **options: Any) -> None:
        super().__init__(*args, **options)
        self.several = len(found.teams) > 1
        remedy = cast(forms.ChoiceField, self.fields["remedy"])
        remedy.choices = [each for each in Remedy.choices if each[0] in found.remedies]
        choices = cast(forms.ModelMultipleChoiceField[Any], self.fields["teams"])
        choices.queryset = Team.objects.filter(pk__in=[team.pk for team in found.teams])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        amends = cleaned.get("remedy") == Remedy.AMEND
        if amends and self.several and not cleaned.get("teams") and "teams" not in self.errors:
            self.add_error("teams", _("Ông/bà chọn ít nhất một tổ có chỗ sai."))
        return cleaned


class FaultForm(forms.Form):
    """The author's words; a công văn đính chính also quotes what was printed and what was meant.

    Nothing is required here: the rules ask for it on sending, so that a draft can be kept.
    """

    use_required_attribute = False

    fault = Text(
        label=_("Sai ở chỗ nào"),
        help_text=_("Câu này in vào văn bản. Ví dụ: ghi sai họ và tên thành viên số 03."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    printed = Text(
        label=_("Đã in là"),
        help_text=_("Chép đúng chỗ sai như trong văn bản."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    meant = Text(
        label=_("Sửa thành"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, dossier: Dossier, **options: Any) -> None:
        words = {name: getattr(dossier, name) for name in ("fault", "printed", "meant")}
        super().__init__(*args, **{"initial": words, **options})
        if dossier.remedy != Remedy.CORRECT:
            del self.fields["printed"], self.fields["meant"]
        if dossier.remedy == Remedy.RECALL:
            self.fields["fault"].label = _("Vì sao phải thu hồi")
            self.fields["fault"].help_text = _("Câu này in vào Thông báo.")


class CorrectedSeatForm(SeatForm):
    """A person of a list being put right; ``was`` is the seat as it stood, if it stood."""

    was = forms.IntegerField(required=False, widget=forms.HiddenInput)
    another = forms.BooleanField(label=_("Là người khác, không phải viết sai tên"), required=False)

    def shown(self) -> list[forms.BoundField]:
        return [field for field in super().shown() if field.name not in ("was", "another")]


class CorrectedRows(SeatRows):
    """The rows of one team's list, each knowing which seat it was."""

    def people(self) -> list[dict[str, Any]]:
        """The columns of :class:`~procedures.models.Seat`, in order."""
        return [{"was_id": row["was"], **_without(row, "was")} for row in super().people()]


def _without(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != name}


_ROWS = formset_factory(
    CorrectedSeatForm,
    formset=CorrectedRows,
    extra=0,
    max_num=MAX_ROWS,
    absolute_max=MAX_ROWS,
    validate_max=True,
)


def corrected_rows(data: Mapping[str, Any]) -> CorrectedRows:
    """The rows as sent by a browser."""
    return cast(CorrectedRows, _ROWS(data, prefix=PREFIX))


def corrected_rows_shown(people: list[dict[str, Any]]) -> CorrectedRows:
    """The rows of ``people`` to type in, nothing judged yet."""
    return cast(CorrectedRows, _ROWS(initial=people, prefix=PREFIX))


def corrected_rows_from(people: list[dict[str, Any]]) -> CorrectedRows:
    """The rows as if a browser had just sent them: errors can be put on them."""
    shown = corrected_rows_shown(people)
    data = {f"{shown.prefix}-TOTAL_FORMS": len(people), f"{shown.prefix}-INITIAL_FORMS": 0}
    for number, person in enumerate(people):
        for name, value in person.items():
            if value is not None and value is not False:
                data[f"{shown.prefix}-{number}-{name}"] = value
    return corrected_rows(data)


def corrected_values(seat: Seat) -> dict[str, Any]:
    """A stored seat as a row."""
    values = {name: getattr(seat, name) for name in SeatForm.base_fields}
    return {**values, "was": seat.was_id, "another": seat.another}

"""What is typed to commend people and teams: by who leads a team, and by the specialist."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..models import Commune, Dossier, Merit, Team
from ..models.commending import OTHER_GROUP, OTHER_PERSON
from ..teams.standing_teams import place_of, sitting, teams_today
from .assignments import Day
from .drafted import MatterForm
from .texts import REQUIRED, Text

_PREFIX = "khen"
_COUNT = {
    "invalid": _("Ông/bà ghi bằng chữ số."),
    "min_value": _("Ông/bà ghi số lớn hơn 0."),
    "max_value": _("Số này quá lớn."),
}


def _achievement(**options: Any) -> Text:
    return Text(
        label=_("Thành tích"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        **options,
    )


class MeritForm(forms.Form):
    """Whom of his team somebody puts forward, and for what."""

    use_required_attribute = False

    who = forms.ChoiceField(
        label=_("Khen ai?"),
        error_messages={"required": _("Ông/bà chọn một mục."), "invalid_choice": _("Chọn lại.")},
    )
    achievement = _achievement(
        help_text=_("Làm được việc gì, cho ai, kết quả ra sao. Vài câu là đủ."),
        error_messages={"required": REQUIRED},
    )

    def __init__(self, *args: Any, team: Team, **options: Any) -> None:
        super().__init__(*args, **options)
        people = [(str(seat.person_id), str(seat)) for seat in sitting(team)]
        choices = [("", _("Chọn")), ("team", _("Cả tổ")), *people]
        self.fields["who"].choices = choices  # type: ignore[attr-defined]


class RowForm(forms.Form):
    """One person or group to reward; empty rows are left out."""

    use_required_attribute = False

    who = forms.ChoiceField(
        label=_("Khen ai?"), required=False, error_messages={"invalid_choice": _("Chọn lại.")}
    )
    other = Text(
        label=_("Tên người, tập thể ngoài tổ"),
        help_text=_("Chỉ ghi khi chọn mục “Ngoài tổ”."),
        max_length=200,
        required=False,
    )
    achievement = _achievement(required=False)
    amount = forms.IntegerField(
        label=_("Tiền thưởng, đồng (nếu có)"),
        required=False,
        min_value=1,
        max_value=2_000_000_000,
        error_messages=_COUNT,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    merit = forms.IntegerField(required=False, widget=forms.HiddenInput)
    drop = forms.BooleanField(label=_("Bỏ dòng này"), required=False)

    def __init__(self, *args: Any, choices: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["who"].choices = choices  # type: ignore[attr-defined]

    def boxes(self) -> list[forms.BoundField]:
        return [self[name] for name in ("who", "other", "achievement", "amount")]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        outside = cleaned.get("who") in (OTHER_PERSON, OTHER_GROUP)
        if outside and not cleaned.get("other") and not cleaned.get("drop"):
            self.add_error("other", _("Ông/bà ghi tên người hoặc tập thể."))
        if cleaned.get("achievement") and not cleaned.get("who") and not cleaned.get("drop"):
            self.add_error("who", _("Ông/bà chọn khen ai."))
        return cleaned

    def counts(self) -> bool:
        return bool(self.cleaned_data.get("who")) and not self.cleaned_data.get("drop")


_ROWS = formset_factory(RowForm, extra=0, max_num=200, absolute_max=200)


class CommendationForm(MatterForm):
    """What is rewarded, the meeting, and the rows. Nothing is required until it is sent."""

    lists = "parts/commended.html"
    grows = True

    occasion = Text(
        label=_("Thành tích chung"),
        help_text=_("Ví dụ: xuất sắc trong hoạt động Tổ công nghệ số cộng đồng năm 2026."),
        max_length=200,
        required=False,
    )
    meeting_date = Day(label=_("Ngày họp xét khen thưởng"), required=False)
    minutes = Text(
        label=_("Số biên bản họp"),
        help_text=_("Ghi như trên biên bản."),
        max_length=60,
        required=False,
    )
    present = forms.IntegerField(
        label=_("Số người dự họp"),
        required=False,
        min_value=1,
        max_value=1000,
        error_messages=_COUNT,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    in_favour = forms.IntegerField(
        label=_("Số người đồng ý"),
        required=False,
        min_value=0,
        max_value=1000,
        error_messages=_COUNT,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    take = forms.MultipleChoiceField(
        label=_("Đề xuất đang chờ"),
        required=False,
        error_messages={"invalid_choice": _("Đề xuất này đã được đưa vào hồ sơ khác.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["take"].choices = [(str(m.pk), str(m)) for m in self.merits]  # type: ignore[attr-defined]
        kwargs = {"choices": _whom(self.dossier.commune)}
        if self.is_bound:
            self.rows: BaseFormSet[RowForm] = _ROWS(self.data, prefix=_PREFIX, form_kwargs=kwargs)
        else:
            rows = list(self.initial.get("rows", ())) or [{}]
            self.rows = _ROWS(initial=rows, prefix=_PREFIX, form_kwargs=kwargs)

    @cached_property
    def merits(self) -> list[Merit]:
        """What was put forward and no dossier has taken in."""
        return list(Merit.waiting([self.dossier.commune_id]))

    def taken(self) -> list[str]:
        return [str(key) for key in self["take"].value() or []]

    def plain_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name != "take"]

    def grown(self) -> dict[str, Any]:
        """Everything typed, with one more row."""
        typed = {field.name: field.value() for field in self}
        fields = ("who", "other", "achievement", "amount", "merit", "drop")
        rows = [{name: row[name].value() for name in fields} for row in self.rows]
        return typed | {"rows": [*rows, {}]}

    def as_saved(self, dossier: Dossier) -> CommendationForm:
        """What was taken in stands in rows now, as if a browser had just sent them."""
        kept = dossier.matter.columns()
        rows = kept.pop("rows")
        data = {f"{_PREFIX}-TOTAL_FORMS": len(rows), f"{_PREFIX}-INITIAL_FORMS": 0, **kept}
        for number, row in enumerate(rows):
            data |= {f"{_PREFIX}-{number}-{name}": value for name, value in row.items()}
        told = {name: str(value) for name, value in data.items() if value not in (None, "")}
        form = CommendationForm(told, dossier=dossier)
        form.is_valid()
        return form

    def is_valid(self) -> bool:
        # Both are asked, so that every mistake is shown at once.
        return all([super().is_valid(), self.rows.is_valid()])

    def said(self) -> dict[str, Any]:
        rows = [row.cleaned_data for row in self.rows if row.counts()]
        return self.cleaned_data | {
            "rows": rows,
            "take": [int(k) for k in self.cleaned_data["take"]],
        }


def _whom(commune: Commune) -> list[Any]:
    """Every team, everybody in it, and whoever is outside."""
    groups: list[Any] = [("", _("Chọn"))]
    for team in teams_today(commune):
        place = place_of(team)
        whole = (f"t{team.pk}", _("Cả tổ %(place)s") % {"place": place})
        seats = [(f"m{seat.pk}", f"{seat}, {place}") for seat in sitting(team)]
        groups.append((team.name, [whole, *seats]))
    outside = [(OTHER_PERSON, _("Cá nhân ngoài tổ")), (OTHER_GROUP, _("Tập thể ngoài tổ"))]
    return [*groups, (_("Ngoài tổ"), outside)]

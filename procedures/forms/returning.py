"""To which earlier step a dossier goes back, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.states import Act

from .steps import NoteForm


class ReturnForm(NoteForm):
    """One of the returns open to the person, and the reason, which is compulsory."""

    to = forms.ChoiceField(
        label=_("Trả về bước nào?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Ông/bà chọn bước để trả hồ sơ về."),
            "invalid_choice": _("Ông/bà chọn một bước trong danh sách."),
        },
    )
    field_order = ["to", "note"]

    def __init__(self, *args: Any, acts: Iterable[Act], **options: Any) -> None:
        super().__init__(*args, required=True, **options)
        self.fields["to"].choices = [(act.name, act.label) for act in acts]  # type: ignore[attr-defined]

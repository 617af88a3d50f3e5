"""What is asked about a person beyond his place in the team: his phone, and what he agrees to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models.people import is_minor
from ..people import names
from .texts import Text

GUARDIAN = ("guardian_name", "guardian_phone", "guardian_relation")
FOLDED = ("phone", "may_publish")


class ConsentFields(forms.Form):
    """The tick for publication, and the guardian of a child; the rest is :class:`.forms.SeatForm`.

    Which fields a page shows at once, for a child alone, or folded away is said here.
    """

    may_publish = forms.BooleanField(
        label=_("Người này đồng ý công bố họ tên, ảnh trên trang của xã"), required=False
    )
    guardian_name = Text(label=_("Cha, mẹ hoặc người giám hộ"), max_length=120, required=False)
    guardian_phone = Text(label=_("Số điện thoại của người ấy"), max_length=20, required=False)
    guardian_relation = Text(
        label=_("Là gì của người này"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("cha, mẹ, ông, bà…")}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in GUARDIAN:
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["guardian_phone"].widget.attrs["inputmode"] = "tel"

    @property
    def of_a_child(self) -> bool:
        """Whether the guardian is asked for."""
        typed = str(self["birth_year"].value() or "").strip()
        child = typed.isdecimal() and is_minor(int(typed))
        return child or self._wrong(GUARDIAN)

    @property
    def says_more(self) -> bool:
        """Whether something stands in what is folded away."""
        return self._wrong(FOLDED) or any(self[name].value() for name in FOLDED)

    def _wrong(self, columns: tuple[str, ...]) -> bool:
        return self.is_bound and any(self.errors.get(name) for name in columns)

    def shown(self) -> list[forms.BoundField]:
        """The fields every row shows."""
        return [field for field in self if field.name not in (*GUARDIAN, *FOLDED)]

    @property
    def phone_field(self) -> forms.BoundField:
        return self["phone"]

    @property
    def tick_field(self) -> forms.BoundField:
        return self["may_publish"]

    def guardian(self) -> list[forms.BoundField]:
        return [self[name] for name in GUARDIAN]

    def clean_guardian_phone(self) -> str:
        return names.normal_phone(self.cleaned_data["guardian_phone"])

    def clean(self) -> dict[str, Any]:
        """A guardian is kept for a child alone."""
        cleaned = super().clean() or self.cleaned_data
        if "birth_year" in cleaned and not is_minor(cleaned["birth_year"]):
            cleaned |= dict.fromkeys(GUARDIAN, "")
        return cleaned

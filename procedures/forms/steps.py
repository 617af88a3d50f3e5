"""What people type. A form says whether a value can be kept; rules say whether it is allowed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from ..models import Seat, SeatRole
from ..people import names
from .consent import ConsentFields
from .scans import ScanField
from .texts import Text

MAX_ROWS = 60


class SeatForm(ConsentFields):
    """One person of a proposed team. The phone is kept as typed: the rules judge it on sending."""

    full_name = Text(label=_("Họ và tên"), max_length=120)
    birth_year = forms.IntegerField(
        label=_("Năm sinh"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
        error_messages={"invalid": _("Năm sinh gồm bốn chữ số, ví dụ 1986.")},
    )
    phone = Text(label=_("Số điện thoại"), max_length=20, required=False)
    role = forms.ChoiceField(
        label=_("Chức vụ trong tổ"),
        choices=SeatRole.choices,
        initial=SeatRole.MEMBER,
        error_messages={
            "invalid_choice": _("Chọn Tổ trưởng, Tổ phó, Thành viên hoặc Cộng tác viên."),
            "required": _("Chọn chức vụ trong tổ."),
        },
    )
    represents = Text(
        label=_("Thành phần"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "thanh-phan"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["phone"].widget.attrs.update(inputmode="tel", autocomplete="off")
        for name in ("full_name", "represents"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def has_changed(self) -> bool:
        # A role or a tick says something in every row: it makes no person by itself.
        saying = (name for name in self.fields if name not in ("role", "may_publish"))
        return any(str(self[name].value() or "").strip() for name in saying)

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        if year is not None and not 1900 <= year <= timezone.localdate().year:
            raise forms.ValidationError(_t("Năm sinh gồm bốn chữ số, ví dụ 1986."))
        return year

    def clean_phone(self) -> str:
        return names.normal_phone(self.cleaned_data["phone"])

    def typed(self) -> dict[str, Any]:
        """The row as it stands in the boxes, valid or not."""
        return {name: self[name].value() for name in self.fields}


class SeatRows(BaseFormSet[SeatForm]):
    """The rows of a proposal. Blank ones are dropped; a count that lies is refused."""

    default_error_messages = {
        "missing_management_form": _(
            "Trang gửi lên bị thiếu phần đầu nên không đọc được. "
            "Ông/bà mở lại trang này và làm lại."
        ),
        "too_many_forms": _("Một đề nghị ghi được nhiều nhất %(num)d người."),
    }

    def clean(self) -> None:
        # The page always sends a row: a count below one would wipe the list that is kept.
        if not self.forms:
            message = self.default_error_messages["missing_management_form"]
            raise forms.ValidationError(message, code="missing_management_form")

    def initial_form_count(self) -> int:
        # What the browser says about it is not believed: every row may be left blank.
        return 0 if self.is_bound else super().initial_form_count()

    def typed(self) -> list[dict[str, Any]]:
        """Every row as it stands in the boxes."""
        return [form.typed() for form in self.forms]

    def people(self) -> list[dict[str, Any]]:
        """The valid rows somebody filled in, in order."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("full_name")]


_ROWS = formset_factory(
    SeatForm,
    formset=SeatRows,
    extra=0,
    max_num=MAX_ROWS,
    absolute_max=MAX_ROWS,
    validate_max=True,
)
PREFIX = "nguoi"


def seat_rows(data: Mapping[str, Any]) -> SeatRows:
    """The rows as sent by a browser."""
    return cast(SeatRows, _ROWS(data, prefix=PREFIX))


def rows_from(people: list[dict[str, Any]]) -> SeatRows:
    """The rows of ``people`` as if a browser had just sent them: errors can be put on them."""
    data: dict[str, Any] = {
        f"{PREFIX}-TOTAL_FORMS": len(people),
        f"{PREFIX}-INITIAL_FORMS": 0,
    }
    for number, person in enumerate(people):
        for name, value in person.items():
            data[f"{PREFIX}-{number}-{name}"] = "" if value is None else str(value)
    return seat_rows(data)


def rows_shown(people: list[dict[str, Any]]) -> SeatRows:
    """The rows of ``people`` to type in, nothing judged yet."""
    return cast(SeatRows, _ROWS(initial=people, prefix=PREFIX))


def seat_values(seat: Seat) -> dict[str, Any]:
    """A stored seat as a row."""
    return {name: getattr(seat, name) for name in SeatForm.base_fields}


class NoteForm(forms.Form):
    """The words that go with an act: compulsory for a return or a refusal."""

    use_required_attribute = False

    note = forms.CharField(
        label=_("Lý do"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Ông/bà ghi rõ lý do để người nhận biết phải làm gì."),
            "max_length": _("Lý do dài quá %(limit_value)d chữ."),
        },
    )

    def __init__(self, *args: Any, required: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["note"].required = required
        if not required:
            self.fields["note"].label = _t("Lý do (không bắt buộc)")

    def clean_note(self) -> str:
        return unicodedata.normalize("NFC", self.cleaned_data["note"])


class PassphraseForm(forms.Form):
    """The passphrase of a signing key or the PIN of its token: asked each time, kept nowhere."""

    use_required_attribute = False

    passphrase = forms.CharField(
        label=_("Mật khẩu khóa ký hoặc mã PIN của thiết bị ký"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Ông/bà gõ mật khẩu của khóa ký, hoặc mã PIN.")},
    )


class NumberForm(forms.Form):
    """Number and date of a document numbered outside the system; no fields where we number."""

    use_required_attribute = False

    number = forms.IntegerField(
        label=_("Số văn bản"),
        min_value=1,
        max_value=99_999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Ghi số lấy từ sổ văn bản đi của cơ quan."),
            "invalid": _("Chỉ gõ phần số, ví dụ 45."),
            "min_value": _("Số văn bản bắt đầu từ 1."),
            "max_value": _("Số văn bản này quá lớn."),
        },
    )
    date = forms.DateField(
        label=_("Ngày văn bản"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={
            "required": _("Chọn ngày ghi trên văn bản."),
            "invalid": _("Ngày ghi dạng ngày/tháng/năm, ví dụ 20/11/2026."),
        },
    )

    def __init__(self, *args: Any, external: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["date"].initial = timezone.localdate
        if not external:
            self.drop_numbering()

    def drop_numbering(self) -> None:
        del self.fields["number"], self.fields["date"]


class PaperForm(NumberForm):
    """What the clerk reads off a document signed with ink. ``signer`` holds primary keys."""

    signer = forms.TypedChoiceField(
        label=_("Người đã ký"),
        coerce=int,
        error_messages={
            "required": _("Chọn người đã ký."),
            "invalid_choice": _("Chọn một người trong danh sách."),
        },
    )
    scan = ScanField(
        label=_("Bản quét văn bản đã ký"),
        error_messages={"required": _("Chọn tệp quét của văn bản đã ký.")},
    )
    field_order = ["signer", "number", "date", "scan"]

    def __init__(self, *args: Any, signers: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["signer"].choices = signers  # type: ignore[attr-defined]

    def drop_numbering(self) -> None:
        # The date is on the paper whoever numbers it.
        del self.fields["number"]

"""What is typed about a superior's own sheet: the file, and what goes into each column."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from ..models import Commune, SuperiorSheet
from ..sheets import LARGEST_FILE, superior
from .texts import Text

_NUMBER = {"required": _("Ghi số dòng."), "invalid": _("Ghi số dòng, ví dụ 5."),
           "min_value": _("Dòng đầu tiên là 1."), "max_value": _("Số dòng lớn quá.")}  # fmt: skip
_LEFT = ("", _("Để nguyên"))
_LAST_ROW = 20_000


class SheetForm(forms.Form):
    """A name and the file; what is in it is judged by :mod:`procedures.sheets.superior`."""

    use_required_attribute = False

    name = Text(
        label=_("Đặt tên mẫu"), help_text=_("Ví dụ: Mẫu của Sở tháng 12/2026."), max_length=120
    )
    file = forms.FileField(
        label=_("Tệp mẫu của cấp trên"),
        help_text=_("Tệp Excel (.xlsx), không quá 5 MB. Giữ nguyên tiêu đề và các ô của cấp trên."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        allow_empty_file=True,
        error_messages={"required": _("Chọn tệp mẫu."), "missing": _("Chọn tệp mẫu.")},
    )

    def __init__(self, *args: Any, commune: Commune, **options: Any) -> None:
        super().__init__(*args, **options)
        self.commune = commune

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if SuperiorSheet.objects.filter(commune=self.commune, name=name).exists():
            raise forms.ValidationError(_t("Đã có mẫu tên này. Ông/bà đặt tên khác."))
        return name

    def clean_file(self) -> bytes:
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        data: bytes = upload.read(LARGEST_FILE + 1)
        return data


def _row(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=_LAST_ROW, error_messages=_NUMBER)


class MappingForm(forms.Form):
    """Where the list goes, and what fills each heading: ``c-3`` the field, ``t-3`` a constant."""

    use_required_attribute = False

    sheet = forms.ChoiceField(label=_("Trang tính"))
    heading = _row(_("Dòng tiêu đề"))
    first = _row(_("Ghi từ dòng"))
    last = _row(_("Đến dòng (phần ví dụ hoặc dòng trống của mẫu; các dòng sau được giữ nguyên)"))
    rows = forms.ChoiceField(label=_("Cách ghi"), choices=SuperiorSheet.Rows.choices)

    def __init__(self, *args: Any, kept: SuperiorSheet, data: bytes, **options: Any) -> None:
        names = ("sheet", "heading", "first", "last", "rows")
        options.setdefault("initial", {name: getattr(kept, name) for name in names})
        super().__init__(*args, **options)
        self.file = data
        titles = superior.sheets_of(data)
        self.fields["sheet"].choices = [(t, t) for t in titles]  # type: ignore[attr-defined]
        self.headings = superior.headings(data, kept.layout)
        mapped = {filler.column: filler for filler in kept.fillers}
        for column, heading in self.headings.items():
            filler = mapped.get(column)
            self.fields[f"c-{column}"] = forms.ChoiceField(
                label=heading,
                choices=[_LEFT, *SuperiorSheet.Field.choices],
                required=False,
                initial=filler.field if filler else "",
            )
            self.fields[f"t-{column}"] = Text(
                label=_t("Chữ cố định của cột “%(heading)s”") % {"heading": heading},
                max_length=200,
                required=False,
                initial=filler.text if filler else "",
            )

    def places(self) -> list[forms.BoundField]:
        return [self[name] for name in ("sheet", "heading", "first", "last", "rows")]

    def columns(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """For each heading its field, and the constant beside it."""
        return [(self[f"c-{column}"], self[f"t-{column}"]) for column in self.headings]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if {"heading", "first", "last"} <= cleaned.keys():
            if cleaned["first"] <= cleaned["heading"]:
                self.add_error("first", _t("Danh sách bắt đầu sau dòng tiêu đề."))
            elif cleaned["last"] < cleaned["first"]:
                self.add_error("last", _t("Dòng cuối không ở trước dòng đầu."))
        for column in self.headings:
            if cleaned.get(f"c-{column}") == "text" and not cleaned.get(f"t-{column}"):
                self.add_error(f"t-{column}", _t("Ghi chữ cố định của cột này."))
        return cleaned

    def save(self, kept: SuperiorSheet) -> SuperiorSheet:
        """Write down what was typed. Columns of another row of headings are forgotten."""
        typed = self.cleaned_data
        moved = (typed["sheet"], typed["heading"]) != (kept.sheet, kept.heading)
        for name in ("sheet", "heading", "first", "last", "rows"):
            setattr(kept, name, typed[name])
        kept.columns = superior.mapping(self.file, kept.layout) if moved else self._chosen()
        kept.save()
        return kept

    def _chosen(self) -> list[list[Any]]:
        chosen = []
        for column in self.headings:
            field = self.cleaned_data.get(f"c-{column}")
            if field:
                text = self.cleaned_data.get(f"t-{column}", "") if field == "text" else ""
                chosen.append([column, field, text])
        return chosen

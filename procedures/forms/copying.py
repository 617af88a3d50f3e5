"""What a clerk says of a copy: which form, of which parts, for whom, from which scanned pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from documents.errors import DocumentRefused
from documents.kinds import KINDS
from documents.models import Document, Medium
from documents.service import Way

from ..papers import copies as papers
from .reports import Lines
from .steps import NumberForm

_MEDIA = {
    Medium.PAPER: _("bản giấy, in ra trình ký tay"),
    Medium.ELECTRONIC: _("bản điện tử, chỉ có chữ ký số của cơ quan"),
}


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class PagesField(forms.FileField):
    """The files handed in, as bytes; :meth:`CopyForm.clean` makes pages of them."""

    def __init__(self, **options: Any) -> None:
        accept = {"accept": ".pdf,.jpg,.jpeg,.png"}
        super().__init__(**{"widget": ManyFiles(attrs=accept), "required": False, **options})

    def clean(self, data: Any, initial: Any = None) -> Any:
        uploads = [data] if data and not isinstance(data, list | tuple) else list(data or ())
        if sum(upload.size or 0 for upload in uploads) > documents.LARGEST_SCAN:
            raise forms.ValidationError(_t("Bản quét quá lớn; tối đa 20 MB."))
        return [upload.read() for upload in uploads]


class CopyForm(forms.Form):
    """The ways a document may be copied; of its text, the parts a trích sao may take."""

    use_required_attribute = False

    way = forms.ChoiceField(
        label=_("Hình thức sao"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Chọn một hình thức sao."),
            "invalid_choice": _("Chọn một hình thức sao ghi trên trang."),
        },
    )
    parts = forms.MultipleChoiceField(
        label=_("Trích sao những phần nào? (chỉ khi trích sao)"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Chọn trong những phần ghi trên trang.")},
    )
    scans = PagesField(
        label=_("Bản quét các trang (khi sao từ bản giấy sang điện tử)"),
        help_text=_(
            "Quét màu, từ 200 dpi, cả trang A4: một tệp PDF, hoặc nhiều ảnh theo thứ tự trang."
        ),
    )
    recipients = Lines(
        label=_("Nơi nhận bản sao"),
        rows=4,
        required=True,
        max_length=1000,
        help_text=_("Mỗi nơi một dòng. Dòng “Lưu: VT” có sẵn."),
    )
    quantity = forms.IntegerField(
        label=_("Số lượng bản giấy"),
        min_value=1,
        max_value=999,
        initial=1,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Chỉ gõ số, ví dụ 3."),
            "min_value": _("Ít nhất 1 bản."),
            "max_value": _("Nhiều nhất 999 bản."),
        },
    )

    def __init__(self, *args: Any, original: Document, ways: Sequence[Way], **options: Any) -> None:
        super().__init__(*args, **options)
        self.original = original
        self.ways = {way.key: way for way in ways}
        self.fields["way"].choices = [(key, told(way)) for key, way in self.ways.items()]  # type: ignore[attr-defined]
        if len(ways) == 1:
            self.fields["way"].initial = ways[0].key
        self.text = documents.parts_of(original.says()) if self._asks("extract") else []
        self.annexes = original.says().annexes if self.text else ()
        self.fields["parts"].choices = self._parts()  # type: ignore[attr-defined]
        if not self.text:
            del self.fields["parts"]
        if not any(way.scanned for way in ways):
            del self.fields["scans"]
        if not any(way.medium == Medium.PAPER for way in ways):
            del self.fields["quantity"]

    def _asks(self, kind: str) -> bool:
        return any(way.kind == kind for way in self.ways.values())

    def _parts(self) -> list[tuple[str, str]]:
        total = len(self.annexes)
        return [
            *((f"p{n}", part.label) for n, part in enumerate(self.text)),
            *(
                (f"a{n}", f"{documents.annex_heading(n + 1, total)}: {annex.title}")
                for n, annex in enumerate(self.annexes)
            ),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        way = self.ways.get(cleaned.get("way", ""))
        taken = [key for key in cleaned.get("parts", []) if key.startswith("p")]
        if way and way.kind == "extract" and not taken and "parts" not in self.errors:
            self.add_error("parts", papers.nothing_taken())
        if way and way.from_pages and "scans" not in self.errors:
            self._make_pages(way, cleaned)
        return cleaned

    def _make_pages(self, way: Way, cleaned: dict[str, Any]) -> None:
        try:
            if way.printed:
                cleaned["scans"] = documents.printed_pages(documents.file_of(self.original))
            else:
                cleaned["scans"] = documents.scanned_pages(cleaned.get("scans") or [])
        except DocumentRefused as refused:
            self.add_error("scans" if way.scanned else "way", refused.sentence)

    def told(self) -> dict[str, Any]:
        """As :func:`procedures.flows.copy_document.begin` takes it."""
        said, way = self.cleaned_data, self.ways[self.cleaned_data["way"]]
        chosen = said.get("parts", []) if way.kind == "extract" else []
        return {
            "way": way,
            "recipients": said["recipients"],
            "quantity": said.get("quantity") or 1,
            "places": [
                p for n, part in enumerate(self.text) if f"p{n}" in chosen for p in part.places
            ],
            "annexes": [n for n in range(len(self.annexes)) if f"a{n}" in chosen],
            "pages": said.get("scans") or [] if way.from_pages else [],
        }


def told(way: Way) -> str:
    """ "Bản sao y: bản giấy, in ra trình ký tay"."""
    source = _t("từ trang quét; ") if way.scanned else ""
    source = _t("từ tệp điện tử; ") if way.printed else source
    return f"{KINDS[way.kind].label}: {source}{_MEDIA[way.medium]}"


class SignedCopyForm(NumberForm):
    """What the clerk reads off a copy signed by hand. ``signer`` holds primary keys."""

    signer = forms.TypedChoiceField(
        label=_("Người đã ký bản sao"),
        coerce=int,
        error_messages={
            "required": _("Chọn người đã ký."),
            "invalid_choice": _("Chọn một người trong danh sách."),
        },
    )
    field_order = ["signer", "number", "date"]

    def __init__(self, *args: Any, signers: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["date"].label = _t("Ngày sao")
        self.fields["signer"].choices = signers  # type: ignore[attr-defined]

    def drop_numbering(self) -> None:
        # The date is on the paper whoever numbers it.
        del self.fields["number"]


class CopyNumberForm(NumberForm):
    """The number of an electronic copy, where the office numbers elsewhere; its day is today."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields.pop("date", None)

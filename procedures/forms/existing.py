"""What is typed to record teams that exist already: the file, and who signed each decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from ..models.existing import IssuedElsewhere
from ..sheets import LARGEST_FILE, Decision
from .scans import ScanField
from .texts import Text

_CHOOSE = _("Chọn tệp danh sách.")


class UploadForm(forms.Form):
    """The file; what is in it is judged by :mod:`procedures.sheets`."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("Tệp danh sách tổ"),
        help_text=_("Tệp Excel (.xlsx) hoặc CSV UTF-8 theo mẫu 8 cột, không quá 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
        error_messages={"required": _CHOOSE, "missing": _CHOOSE, "invalid": _CHOOSE},
    )

    def clean_file(self) -> bytes:
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        # One byte more than is allowed is enough to be told that it is too much.
        data: bytes = upload.read(LARGEST_FILE + 1)
        return data


class DecisionForm(forms.Form):
    """What the list does not say about a decision.

    A signer left blank goes on from the decision above, as the blank cells of the list do; the
    first one is asked for.
    """

    use_required_attribute = False

    signer = Text(label=_("Người ký"), max_length=120)
    issued_by = Text(
        label=_("Cơ quan ban hành, nếu không phải UBND hiện nay"),
        help_text=_("Quyết định từ trước khi sáp nhập thì ghi tên cũ, ví dụ UBND xã Tam Đình."),
        max_length=150,
        required=False,
    )
    scan = ScanField(label=_("Bản quét quyết định (không bắt buộc)"), required=False)

    def __init__(self, *args: Any, first: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        signer = self.fields["signer"]
        signer.required = first
        signer.error_messages["required"] = _("Ghi họ tên người đã ký quyết định.")
        if not first:
            signer.help_text = _t("Để trống nếu cùng người ký với quyết định ở trên.")
        for name in ("signer", "issued_by"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    @property
    def says_more(self) -> bool:
        """Whether there is something to see in what is folded away."""
        rest = ("issued_by", "scan")
        return any(self.errors.get(name) or self[name].value() for name in rest)


def decision_forms(
    decisions: Sequence[Decision], data: Any = None, files: Any = None
) -> list[tuple[Decision, DecisionForm]]:
    """A form for each decision of a list, in the order in which they are shown."""
    return [
        (decision, DecisionForm(data, files, prefix=f"qd-{number}", first=number == 1))
        for number, decision in enumerate(decisions, 1)
    ]


def issued(forms: Sequence[tuple[Decision, DecisionForm]]) -> Mapping[Decision, IssuedElsewhere]:
    """The decisions as valid forms complete them."""
    told: dict[Decision, IssuedElsewhere] = {}
    signer = ""
    for decision, form in forms:
        typed = form.cleaned_data
        signer = typed["signer"] or signer
        told[decision] = IssuedElsewhere(
            number=decision.number,
            symbol=decision.symbol,
            date=decision.date,
            signer=signer,
            issued_by=typed["issued_by"],
            scan=typed["scan"] or None,
        )
    return told

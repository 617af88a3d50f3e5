"""Files that come back from a tool or a system of the office's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from .steps import NumberForm
from .texts import Text

_MB = 1024 * 1024


class BytesField(forms.FileField):
    """The bytes of a file of at most ``most`` megabytes."""

    def __init__(self, *, most: int, accept: str, missing: Any, **options: Any) -> None:
        widget = forms.FileInput(attrs={"accept": accept})
        errors = dict.fromkeys(("required", "missing", "invalid"), missing)
        errors["empty"] = _("Tệp này trống. Ông/bà chọn lại tệp.")
        super().__init__(widget=widget, error_messages=errors, **options)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> bytes:
        upload: UploadedFile[bytes] = super().clean(data, initial)
        if (upload.size or 0) > self.most * _MB:
            raise forms.ValidationError(
                _t("Tệp lớn quá %(most)d MB. Ông/bà chọn lại tệp.") % {"most": self.most}
            )
        content: bytes = upload.read()
        return content


class SignedForm(forms.Form):
    """The file as the signer's own tool saved it."""

    use_required_attribute = False

    file = BytesField(
        label=_("Tệp PDF đã ký"),
        help_text=_("Tệp mà công cụ ký vừa lưu, không quá 20 MB."),
        most=20,
        accept=".pdf",
        missing=_("Chọn tệp PDF đã ký."),
    )


class IssuedFileForm(forms.Form):
    """The file as the office's own system issued it."""

    use_required_attribute = False

    file = BytesField(
        label=_("Bản PDF đã ban hành"),
        help_text=_("Bản đã ký, đã có số, đã đóng dấu; không quá 20 MB."),
        most=20,
        accept=".pdf",
        missing=_("Chọn bản PDF đã ban hành."),
    )


class ArchiveForm(forms.Form):
    """Many issued files in one ZIP."""

    use_required_attribute = False

    file = BytesField(
        label=_("Tệp ZIP các bản PDF đã ban hành"),
        help_text=_("Giữ nguyên phần “HS…” trong tên tệp thì máy nhận ra hồ sơ; không quá 60 MB."),
        most=60,
        accept=".zip",
        missing=_("Chọn tệp ZIP."),
    )


class IssuedForm(NumberForm):
    """What stands on the issued document: who signed, number and date. ``signer`` holds primary
    keys; ``note`` is why a text that differs is this document all the same."""

    signer = forms.TypedChoiceField(
        label=_("Người đã ký"),
        coerce=int,
        error_messages={
            "required": _("Chọn người đã ký."),
            "invalid_choice": _("Chọn một người trong danh sách."),
        },
    )
    note = Text(
        label=_("Vì sao chữ khác mà vẫn là văn bản này"),
        help_text=_("Ghi vào nhật ký của hồ sơ."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ["signer", "number", "date", "note"]

    def __init__(self, *args: Any, signers: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, external=True, **options)
        self.fields["signer"].choices = signers  # type: ignore[attr-defined]


class CertificateForm(forms.Form):
    """Whose certificate it is, and the certificate."""

    use_required_attribute = False

    owner = forms.ChoiceField(
        label=_("Chứng thư của"),
        error_messages={
            "required": _("Chọn người hoặc cơ quan."),
            "invalid_choice": _("Chọn một dòng trong danh sách."),
        },
    )
    file = BytesField(
        label=_("Tệp chứng thư"),
        help_text=_("Xuất từ thiết bị ký: .cer, .crt hoặc .pem. Không kèm khóa bí mật."),
        most=1,
        accept=".cer,.crt,.pem,.der",
        missing=_("Chọn tệp chứng thư."),
    )

    def __init__(self, *args: Any, owners: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].choices = [("", _t("Chọn…")), *owners]  # type: ignore[attr-defined]


class CheckedForm(NumberForm):
    """Number and date at the form check; ``later`` where the office's own system will give them
    when it issues the document."""

    later = forms.BooleanField(
        label=_("Chưa có số: sẽ ban hành ở hệ thống văn bản của cơ quan, lấy số ở đó"),
        required=False,
    )

    def __init__(self, *args: Any, external: bool, **options: Any) -> None:
        super().__init__(*args, external=external, **options)
        if external and self.data.get("later"):
            self.fields["number"].required = self.fields["date"].required = False

    def drop_numbering(self) -> None:
        super().drop_numbering()
        del self.fields["later"]

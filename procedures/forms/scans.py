"""A scan or photo that somebody uploads: judged by what it is, not by what it is called."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from documents.errors import DocumentRefused

MAX_SCAN_BYTES = 10 * 1024 * 1024


class ScanField(forms.FileField):
    """The bytes of a PDF, JPEG or PNG of at most 10 MB; none where nothing was chosen."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Tệp PDF hoặc ảnh JPEG, PNG, không quá 10 MB."))
        options.setdefault("widget", forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}))
        super().__init__(**options)
        self.error_messages["empty"] = _("Tệp này trống. Ông/bà chụp hoặc quét lại.")
        self.error_messages["missing"] = self.error_messages["required"]
        self.error_messages["invalid"] = self.error_messages["required"]

    def clean(self, data: Any, initial: Any = None) -> bytes:
        upload: UploadedFile[bytes] | None = super().clean(data, initial)
        if not upload:
            return b""
        if (upload.size or 0) > MAX_SCAN_BYTES:
            raise forms.ValidationError(
                _t("Tệp lớn quá 10 MB. Ông/bà chụp hoặc quét lại ở độ nét thấp hơn.")
            )
        scan: bytes = upload.read()
        try:
            documents.refuse_bad_scan(scan)
        except DocumentRefused as refused:
            raise forms.ValidationError(refused.sentence) from refused
        return scan

"""What is typed about the team of a school."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents import service as documents

from .assignments import Day
from .scans import ScanField
from .texts import REQUIRED, Text

_NEEDED = {"required": REQUIRED}


class SchoolTeamForm(forms.Form):
    use_required_attribute = False

    school = Text(
        label=_("Tên trường"),
        help_text=_("Ví dụ: Trường THCS Tam Quang."),
        max_length=120,
        error_messages=_NEEDED,
    )
    paper = Text(
        label=_("Số và tên quyết định thành lập"),
        help_text=_("Quyết định của nhà trường hoặc ngành giáo dục, không phải của Chủ tịch xã."),
        max_length=200,
        error_messages=_NEEDED,
    )
    paper_date = Day(label=_("Ngày quyết định"))
    issuer = Text(label=_("Cơ quan ra quyết định"), max_length=200, error_messages=_NEEDED)
    leader = Text(label=_("Tổ trưởng"), max_length=120, error_messages=_NEEDED)
    members = forms.IntegerField(
        label=_("Số thành viên, kể cả Tổ trưởng"),
        min_value=1,
        max_value=500,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            **_NEEDED,
            "invalid": _("Ông/bà ghi bằng chữ số."),
            "min_value": _("Ông/bà ghi số lớn hơn 0."),
            "max_value": _("Số này quá lớn."),
        },
    )
    scan = ScanField(label=_("Bản quét quyết định (nếu có)"), required=False)

    def told(self) -> dict[str, Any]:
        """What :func:`procedures.teams.schools.note` is told, the scan stored."""
        typed = dict(self.cleaned_data)
        data = typed.pop("scan", None)
        kept = {"scan": documents.keep_scan(data), "digest": documents.sha256(data)} if data else {}
        return {"scan": "", "digest": "", **typed, **kept}


class EndSchoolTeamForm(forms.Form):
    use_required_attribute = False

    last = Day(label=_("Ngày cuối cùng hoạt động"), initial=timezone.localdate)

"""What the clerk types about posts and papers. Whether it may be is for the engine to say."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from workflows.models import Agency, Delegation, Holding
from workflows.terms import Paper, Term

from .. import assignments
from ..assignments import Form
from ..issuing import signers
from ..models.ways import Asking
from ..roles import FIELDS
from .kinds import KindsField
from .scans import ScanField
from .texts import Text

EVERY_FIELD = "moi-linh-vuc"
_CHOOSE = _("Chọn một mục trong danh sách.")
_WRONG_DAY = _("Ngày ghi dạng ngày/tháng/năm, ví dụ 20/11/2026.")


class Day(forms.DateField):
    """A calendar day, typed or picked."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", {"required": _("Chọn ngày."), "invalid": _WRONG_DAY})
        super().__init__(
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            **options,
        )


class Row(forms.ModelChoiceField[Any]):
    """One of the rows offered; what is not offered does not exist."""

    names: dict[int, str] = {}

    def __init__(self, **options: Any) -> None:
        messages = {"required": _CHOOSE, "invalid_choice": _CHOOSE}
        super().__init__(queryset=None, empty_label=_("Chọn"), error_messages=messages, **options)

    def offer(self, rows: models.QuerySet[Any], names: dict[int, str] | None = None) -> None:
        """Offer these rows, each post with the name of its holder."""
        self.names = names or {}
        self.queryset = rows

    def label_from_instance(self, obj: Any) -> str:
        name = self.names.get(obj.pk)
        return f"{obj} - {name}" if name else str(obj)


class PaperForm(forms.Form):
    """The paper an entry rests on: typed with its scan, or one entered before."""

    use_required_attribute = False

    known = forms.ChoiceField(label=_("Văn bản làm căn cứ"), required=False)
    paper = Text(
        label=_("Số và tên văn bản"),
        help_text=_("Ví dụ: Thông báo số 12/TB-UBND về phân công nhiệm vụ."),
        max_length=200,
        required=False,
    )
    paper_date = Day(label=_("Ngày văn bản"), required=False)
    scan = ScanField(label=_("Bản quét văn bản"), required=False)
    since = Day(label=_("Có hiệu lực từ ngày"), initial=timezone.localdate)

    def __init__(self, *args: Any, agency: Agency, **options: Any) -> None:
        super().__init__(*args, **options)
        self.papers = {f"{row._meta.model_name}-{row.pk}": row for row in _with_scans(agency)}
        known = self.fields["known"]
        known.choices = [  # type: ignore[attr-defined]
            ("", _t("Văn bản mới, ghi ở dưới")),
            *((key, row.cited) for key, row in self.papers.items()),
        ]
        if not self.papers:
            del self.fields["known"]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("known"):
            return typed
        for name, sentence in (
            ("paper", _t("Ghi số và tên văn bản.")),
            ("paper_date", _t("Chọn ngày ghi trên văn bản.")),
            ("scan", _t("Chọn tệp quét của văn bản.")),
        ):
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        return typed

    def rests_on(self) -> Paper:
        """The paper, its scan stored."""
        typed = self.cleaned_data
        if row := self.papers.get(typed.get("known", "")):
            return Paper(row.paper, row.paper_date, row.scan, row.scan_digest)
        scan = documents.keep_scan(typed["scan"])
        return Paper(typed["paper"], typed["paper_date"], scan, documents.sha256(typed["scan"]))

    def term(self) -> Term:
        return Term(self.cleaned_data["since"], self.cleaned_data.get("until"))


class DelegationForm(PaperForm):
    """Which post acts for which, in what, until when."""

    principal = Row(label=_("Chức vụ được thay"))
    delegate = Row(label=_("Chức vụ được giao"))
    field = forms.ChoiceField(
        label=_("Lĩnh vực"), error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE}
    )
    until = Day(label=_("Đến hết ngày"), required=False)
    field_order = [
        "principal", "delegate", "field", "kinds", "since", "until",
        "known", "paper", "paper_date", "scan",
    ]  # fmt: skip

    def __init__(self, *args: Any, form: Form, agency: Agency, **options: Any) -> None:
        super().__init__(*args, agency=agency, **options)
        names = assignments.holders(agency)
        for name, roles in (("principal", form.principals), ("delegate", form.delegates)):
            rows: Any = self.fields[name]
            rows.offer(assignments.posts_of(agency, roles), names)
        every = (EVERY_FIELD, _t("Mọi lĩnh vực (phụ trách, điều hành)"))
        self.fields["field"].choices = [("", _t("Chọn")), *FIELDS.items(), every]  # type: ignore[attr-defined]
        if not form.by_field:
            del self.fields["field"]
        if signers.given_by_list(form.kind):
            self.fields["kinds"] = KindsField(form.kind)
            self.order_fields(self.field_order)
        until = self.fields["until"]
        until.required = form.ends
        until.error_messages["required"] = _(
            "Ủy quyền phải có thời hạn (Điều 13 khoản 3 Nghị định 30/2020/NĐ-CP)."
        )
        if not form.ends:
            until.help_text = _t("Để trống nếu chưa định ngày kết thúc.")

    @property
    def assigned(self) -> str:
        """The field of work; empty for every field."""
        chosen: str = self.cleaned_data.get("field", EVERY_FIELD)
        return "" if chosen == EVERY_FIELD else chosen


class HolderForm(PaperForm):
    """Who holds the post from a day on."""

    user = Row(label=_("Người giữ chức vụ"))
    acting = forms.TypedChoiceField(
        label=_("Được bổ nhiệm hay giao quyền"),
        choices=[("", _("Giữ chức vụ")), ("acting", _("Giao quyền (ký Q.)"))],
        coerce=lambda value: value == "acting",
        required=False,
    )
    field_order = ["user", "acting", "since", "known", "paper", "paper_date", "scan"]

    def __init__(self, *args: Any, agency: Agency, me: Any, **options: Any) -> None:
        super().__init__(*args, agency=agency, **options)
        people: Any = self.fields["user"]
        people.offer(assignments.people_of(agency).exclude(pk=me.pk))


class WaysForm(forms.Form):
    """How the office works."""

    use_required_attribute = False

    asking = forms.ChoiceField(
        label=_("Phòng trình lãnh đạo bằng"),
        help_text=_("Căn cứ cuối của Quyết định theo đó: có Tờ trình thì dẫn số và ngày của nó."),
        choices=Asking.choices,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    office_review = forms.ChoiceField(
        label=_("Chánh Văn phòng xem dự thảo trước khi trình lãnh đạo"),
        choices=[("no", _("Không, văn thư trình thẳng")), ("yes", _("Có"))],
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )

    def chosen(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {"asking": typed["asking"], "office_review": typed["office_review"] == "yes"}


class EndForm(forms.Form):
    """The last day of what ends."""

    use_required_attribute = False

    last = Day(label=_("Ngày cuối cùng có hiệu lực"), initial=timezone.localdate)
    note = Text(
        label=_("Theo văn bản nào, vì sao (không bắt buộc)"), max_length=300, required=False
    )

    def last_day(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["last"]
        return day


def _with_scans(agency: Agency) -> list[Any]:
    """One row for each paper that was entered with its scan, the newest first."""
    rows: list[Any] = [
        *Delegation.objects.filter(principal__agency=agency).exclude(scan=""),
        *Holding.objects.filter(post__agency=agency).exclude(scan=""),
    ]
    rows.sort(key=lambda row: row.entered, reverse=True)
    return list({(row.cited, row.scan_digest): row for row in reversed(rows)}.values())[::-1]

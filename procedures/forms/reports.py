"""What people type about reports: figures, requests, the recurring rule, the Báo cáo's words."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from ..models import Commune, Indicator, Report, ReportCall, ReportRule, Team, UpwardReport
from ..models.report_calls import LAST_DUE_DAY
from ..models.reporting_upward import ZONES
from ..reports.periods import Counted, Every
from ..reports.reporting import Asked
from .behalf import ReceivedForm
from .numbers import Day, Whole
from .scans import ScanField
from .texts import REQUIRED, Text


class Lines(forms.CharField):
    """Several lines of text; no control signs, nothing too long."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": options.pop("rows", 3)}))
        options.setdefault("required", False)
        super().__init__(**{"max_length": 4000, **options})
        self.error_messages["required"] = REQUIRED
        for validator in self.validators:
            if getattr(validator, "code", "") == "max_length":
                validator.message = _("Dài quá %(limit_value)d chữ. Ông/bà viết gọn lại.")  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    """The figures of one report. ``n_<pk>`` is the count of an indicator, ``of_<pk>`` the whole it
    is a share of."""

    use_required_attribute = False

    def __init__(self, *args: Any, report: Report, **options: Any) -> None:
        self.report = report
        self.indicators = [] if report.rolls_up else list(report.call.indicators.all())
        super().__init__(*args, **{"initial": _stored(report), **options})
        for indicator in self.indicators:
            self._add_figure(indicator)
        asks = report.call.asks
        if asks or report.rolls_up:
            label = _t("Tình hình chung của các tổ") if report.rolls_up else _t("Trả lời câu hỏi")
            self.fields["answer"] = Lines(label=label, help_text=" ".join(asks))
        self.fields["trouble"] = Lines(label=_t("Khó khăn, kiến nghị (không bắt buộc)"), rows=2)
        self.fields["file"] = ScanField(
            label=_t("Ảnh, tệp kèm theo (không bắt buộc)"), required=False
        )
        self.fields["file2"] = ScanField(
            label=_t("Thêm một ảnh, tệp"), required=False, help_text=""
        )
        self.files_kept = list(report.files.all())

    def _add_figure(self, indicator: Indicator) -> None:
        unit = f"{indicator.name} ({indicator.unit})"
        meant = _meant(indicator, self.report.call)
        self.fields[f"n_{indicator.pk}"] = Whole(label=unit, help_text=meant)
        if indicator.is_share:
            label = _t("trên tổng số %(of)s") % {"of": indicator.of}
            self.fields[f"of_{indicator.pk}"] = Whole(label=label)

    def figure_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name.startswith(("n_", "of_"))]

    def word_fields(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith(("n_", "of_"))]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for indicator in self.indicators:
            whole, part = f"of_{indicator.pk}", cleaned.get(f"n_{indicator.pk}")
            if part is not None and indicator.is_share and whole not in self.errors:
                if cleaned.get(whole) is None:
                    self.add_error(whole, _t("Ghi cả số %(of)s.") % {"of": indicator.of})
                elif part > cleaned[whole]:
                    self.add_error(f"n_{indicator.pk}", _t("Số này không thể lớn hơn tổng số."))
        return cleaned

    def told(self) -> dict[str, Any]:
        """As :meth:`procedures.models.Report.write_report` takes it."""
        said = self.cleaned_data
        sent = cast(QueryDict, self.data)
        dropped = [int(key) for key in sent.getlist("dropped") if key.isdecimal()]
        return {
            "figures": {
                each.pk: (said.get(f"n_{each.pk}"), said.get(f"of_{each.pk}"))
                for each in self.indicators
            },
            "answer": said.get("answer", ""),
            "trouble": said["trouble"],
            "files": [data for data in (said["file"], said["file2"]) if data],
            "dropped": dropped,
        }


def _meant(indicator: Indicator, call: ReportCall) -> str:
    """Which number is asked for: of the days of the period, or all there is at its end."""
    until = f"{call.until:%d/%m/%Y}"
    if not indicator.adds_up:
        return _t("Lũy kế: tất cả đã có đến ngày %(until)s.") % {"until": until}
    days = {"since": f"{call.since:%d/%m/%Y}", "until": until}
    return _t("Phát sinh trong kỳ: chỉ tính từ %(since)s đến %(until)s.") % days


def _stored(report: Report) -> dict[str, Any]:
    values: dict[str, Any] = {"answer": report.answer, "trouble": report.trouble}
    for figure in report.figures.all():
        values[f"n_{figure.indicator_id}"] = figure.numerator
        values[f"of_{figure.indicator_id}"] = figure.denominator
    return values


class ReportReceivedForm(ReceivedForm):
    """How a report that is entered for its leader reached the office."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        channel, on = self.fields["channel"], self.fields["on"]
        channel.label = _("Nhận báo cáo qua")
        channel.error_messages["required"] = _("Chọn báo cáo này nhận bằng cách nào.")
        on.error_messages["required"] = _("Chọn ngày nhận báo cáo.")


class _WhatIsAsked(forms.Form):
    """The indicators and questions of a request or of a rule."""

    use_required_attribute = False

    indicators = forms.ModelMultipleChoiceField(
        label=_("Chỉ số cần báo cáo"),
        queryset=Indicator.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("Chọn trong các chỉ số ghi trên trang."),
            "invalid_pk_value": _("Chọn trong các chỉ số ghi trên trang."),
        },
    )
    questions = Lines(
        label=_("Câu hỏi thêm (không bắt buộc)"), help_text=_("Mỗi dòng một câu hỏi."), rows=2
    )

    def __init__(self, *args: Any, commune: Commune, **options: Any) -> None:
        super().__init__(*args, **options)
        in_use = Indicator.objects.filter(commune=commune, retired=None)
        self.fields["indicators"].queryset = in_use  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        asked = cleaned.get("indicators") or cleaned.get("questions", "").strip()
        if not asked and "indicators" not in self.errors:
            self.add_error("indicators", _t("Chọn ít nhất một chỉ số hoặc ghi một câu hỏi."))
        return cleaned


class RequestForm(_WhatIsAsked):
    """An incoming request: who asks, by which paper, until when, and of which teams."""

    title = Text(label=_("Báo cáo về việc gì"), max_length=200)
    issuer = Text(
        label=_("Cơ quan yêu cầu"),
        max_length=200,
        help_text=_("Ví dụ: Sở Khoa học và Công nghệ. Chủ tịch xã yêu cầu thì ghi tên Ủy ban."),
    )
    number = Text(
        label=_("Số, ký hiệu văn bản (nếu có)"), max_length=60, required=False,
        help_text=_("Ví dụ: 1234/SKHCN-CĐS"),
    )  # fmt: skip
    dated = Day(label=_("Ngày văn bản (nếu có)"), required=False)
    scan = ScanField(label=_("Bản quét văn bản (không bắt buộc)"), required=False)
    since = Day(label=_("Số liệu từ ngày"))
    until = Day(label=_("Đến ngày"))
    due = Day(label=_("Hạn các tổ gửi"))
    teams = forms.ModelMultipleChoiceField(
        label=_("Yêu cầu những tổ nào"),
        queryset=Team.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Chọn ít nhất một tổ."),
            "invalid_choice": _("Chọn trong các tổ ghi trên trang."),
            "invalid_pk_value": _("Chọn trong các tổ ghi trên trang."),
        },
    )
    field_order = [
        "title", "issuer", "number", "dated", "scan", "since", "until", "due", "indicators",
        "questions", "teams",
    ]  # fmt: skip

    def __init__(self, *args: Any, teams: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["teams"].queryset = teams  # type: ignore[attr-defined]

    def clean_due(self) -> datetime.date:
        due: datetime.date = self.cleaned_data["due"]
        if due < timezone.localdate():
            raise forms.ValidationError(_t("Hạn gửi phải từ hôm nay trở đi."))
        return due

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _t("Ngày cuối của kỳ không thể trước ngày đầu."))
        return cleaned

    def asked(self) -> Asked:
        said = dict(self.cleaned_data)
        indicators, teams = list(said.pop("indicators")), list(said.pop("teams"))
        return Asked(indicators=indicators, teams=teams, **said)


class RuleForm(_WhatIsAsked):
    """A recurring report: monthly or quarterly, how a period is counted, and by which paper."""

    every = forms.ChoiceField(label=_("Bao lâu một lần"), choices=Every.choices)
    counted = forms.ChoiceField(label=_("Cách tính kỳ"), choices=Counted.choices)
    due_day = forms.TypedChoiceField(
        label=_("Hạn gửi: ngày mấy sau khi hết kỳ"),
        coerce=int,
        choices=[(day, str(day)) for day in range(1, LAST_DUE_DAY + 1)],
        initial=5,
    )
    source = Text(
        label=_("Căn cứ"),
        max_length=300,
        help_text=_("Văn bản quy định báo cáo này, có số, ngày, mục."),
    )
    field_order = ["every", "counted", "due_day", "source", "indicators", "questions"]

    def rule(self, commune: Commune) -> ReportRule:
        """The new rule, stored."""
        said = dict(self.cleaned_data)
        indicators = said.pop("indicators")
        rule = ReportRule.objects.create(commune=commune, **said)
        rule.indicators.set(indicators)
        return rule


_ZONES = {
    "results": _("I. Kết quả thực hiện"),
    "assessment": _("Đánh giá: mặt được, tồn tại, nguyên nhân (không bắt buộc)"),
    "next_tasks": _("Nhiệm vụ thời gian tới (không bắt buộc)"),
    "requests": _("Kiến nghị, đề xuất (không bắt buộc)"),
}


class UpwardForm(forms.Form):
    """The words of a Báo cáo; each line becomes a paragraph."""

    use_required_attribute = False

    addressee = Text(label=_("Kính gửi"), max_length=200, required=False)

    def __init__(self, *args: Any, upward: UpwardReport, **options: Any) -> None:
        initial = {name: getattr(upward, name) for name in ("addressee", *ZONES)}
        super().__init__(*args, **{"initial": initial, **options})
        for zone in ZONES:
            rows = 8 if zone == "results" else 4
            self.fields[zone] = Lines(label=_ZONES[zone], rows=rows, max_length=8000)


__all__: Sequence[str] = [
    "ReportForm",
    "ReportReceivedForm",
    "RequestForm",
    "RuleForm",
    "UpwardForm",
]

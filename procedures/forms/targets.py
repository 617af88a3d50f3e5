"""What is typed about targets and progress. Forms judge a value; rules judge a paper on sending."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from ..models import Indicator, Target, TargetItem, TargetTeam, Team
from ..models.targeting import share
from ..models.targets import Origin, Sheet, TargetSet
from .numbers import Day, Percent, Whole
from .scans import ScanField
from .texts import Text


class PlanForm(forms.Form):
    """The paper the targets follow, until when, which indicators, for which teams; and an
    indicator the commune did not count yet. A draft may lack any of it."""

    use_required_attribute = False

    origin = forms.ChoiceField(
        label=_("Chỉ tiêu lấy từ đâu?"), choices=Origin.choices, widget=forms.RadioSelect,
        required=False, error_messages={"invalid_choice": _("Chọn một mục.")},
    )  # fmt: skip
    paper = Text(
        label=_("Loại văn bản"), max_length=40, required=False,
        widget=forms.TextInput(attrs={"list": "loai-van-ban", "autocomplete": "off"}),
    )  # fmt: skip
    number = Text(
        label=_("Số, ký hiệu"), max_length=40, required=False, help_text=_("Ví dụ 12/SKHCN-CĐS.")
    )
    date = Day(label=_("Ngày văn bản"), required=False)
    issuer = Text(
        label=_("Cơ quan ban hành"), max_length=160, required=False,
        help_text=_("Kế hoạch của chính xã, phường thì để trống."),
    )  # fmt: skip
    excerpt = Text(
        label=_("Trích yếu"), max_length=300, required=False,
        help_text=_("Viết như sẽ in trong căn cứ, ví dụ: về việc giao chỉ tiêu năm 2027."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    scan = ScanField(label=_("Bản quét văn bản (không bắt buộc)"), required=False)
    since = Day(label=_("Thực hiện từ ngày"), required=False)
    due = Day(label=_("Hạn hoàn thành"), required=False)
    indicators = forms.TypedMultipleChoiceField(
        label=_("Chỉ số"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Chọn trong những chỉ số ghi trên trang.")},
    )  # fmt: skip
    teams = forms.TypedMultipleChoiceField(
        label=_("Giao cho"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Chọn trong những tổ ghi trên trang.")},
    )  # fmt: skip
    new_name = Text(label=_("Tên chỉ số mới"), max_length=200, required=False)
    new_unit = Text(
        label=_("Đơn vị đếm"), max_length=40, required=False, help_text=_("Ví dụ: hộ, người, buổi.")
    )
    new_of = Text(
        label=_("Tính trên tổng số"), max_length=120, required=False,
        help_text=_("Ví dụ: hộ trong bản. Để trống nếu chỉ đếm số lượng."),
    )  # fmt: skip
    new_source = Text(
        label=_("Ai yêu cầu đếm"), max_length=300, required=False,
        help_text=_("Văn bản và mục, ví dụ: Kế hoạch 45/KH-UBND, mục III.5."),
    )  # fmt: skip

    PLAN = ("origin", "paper", "number", "date", "issuer", "excerpt", "scan", "since", "due")
    NEW = ("new_name", "new_unit", "new_of", "new_source")

    def __init__(
        self, *args: Any, known: Sequence[Indicator], teams: Iterable[Team], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.known = {indicator.pk: indicator for indicator in known}
        self.fields["indicators"].choices = [(i.pk, _told(i)) for i in known]  # type: ignore[attr-defined]
        self.fields["teams"].choices = [(team.pk, team.name) for team in teams]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        name, unit = said.get("new_name"), said.get("new_unit", "")
        if any(said.get(field) for field in self.NEW) and not name:
            self.add_error("new_name", _("Ghi tên chỉ số mới, hoặc xóa các ô của chỉ số mới."))
        if name and not unit and "new_unit" not in self.errors:
            self.add_error("new_unit", _("Ghi đếm bằng gì: hộ, người, buổi."))
        if "%" in unit:
            told = _(
                "Không giao tỷ lệ trơ. Ghi đơn vị đếm được (hộ, người) và ghi tính trên tổng số "
                "nào."
            )
            self.add_error("new_unit", told)
        if name and not said.get("new_source"):
            self.add_error("new_source", _("Ghi văn bản nào yêu cầu đếm chỉ số này."))
        if name and any(i.name.casefold() == name.casefold() for i in self.known.values()):
            self.add_error("new_name", _("Đã có chỉ số tên này ở danh sách trên. Đánh dấu nó."))
        return said

    def plan(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.PLAN}

    def new(self) -> dict[str, str]:
        """The columns of the new indicator; empty without one."""
        if not self.cleaned_data["new_name"]:
            return {}
        return {name.removeprefix("new_"): self.cleaned_data[name] for name in self.NEW}


def _told(indicator: Indicator) -> str:
    of = _t(" trên tổng số %(of)s") % {"of": indicator.of} if indicator.is_share else ""
    source = f" · {indicator.source}" if indicator.source else ""
    return f"{indicator.name} ({indicator.unit}{of}){source}"


def plan_values(sheet: Sheet) -> dict[str, Any]:
    """What is kept, as the form shows it."""
    kept: TargetSet = sheet.target_set
    return {
        **{name: getattr(kept, name) for name in PlanForm.PLAN if name != "scan"},
        "indicators": [item.indicator_id for item in sheet.items],
        "teams": [place.team_id for place in sheet.places],
    }


class NumbersForm(forms.Form):
    """The table teams x indicators: ``n-<team>-<item>`` what is asked, ``d-…`` out of how many;
    for each indicator the percent (``p-``) or number (``a-``) for all, and who counted the whole
    (``s-``, ``b-``)."""

    use_required_attribute = False

    def __init__(self, *args: Any, sheet: Sheet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sheet = sheet
        for item in sheet.items:
            self._add_item(item)
        for place in sheet.places:
            for item in sheet.items:
                self._add_cell(place, item, sheet.cell(place, item))

    def _add_item(self, item: TargetItem) -> None:
        if not item.indicator.is_share:
            self.fields[f"a-{item.pk}"] = Whole(label=_("Số phải đạt chung cho các tổ còn trống"))
            return
        self.fields |= {
            f"p-{item.pk}": Percent(
                label=_("Tỷ lệ phải đạt (%)"), initial=_plain(item.percent),
                help_text=_("Để tính số phải đạt của tổ chưa ghi: tỷ lệ × tổng số, làm tròn lên."),
            ),
            f"s-{item.pk}": Text(
                label=_("Tổng số do ai đếm"), max_length=200, required=False,
                initial=item.base_source, help_text=_("Ví dụ: Số liệu của các Trưởng bản."),
            ),
            f"b-{item.pk}": Day(
                label=_("Tính đến ngày"), required=False, initial=item.base_date
            ),
        }  # fmt: skip

    def _add_cell(self, place: TargetTeam, item: TargetItem, cell: Target | None) -> None:
        key = f"{place.pk}-{item.pk}"
        asked = cell.numerator if cell else None
        self.fields[f"n-{key}"] = Whole(label=_("Phải đạt"), initial=asked)
        if item.indicator.is_share:
            whole = cell.denominator if cell else None
            self.fields[f"d-{key}"] = Whole(label=_("Trên tổng số"), initial=whole)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for place in self.sheet.places:
            for item in self.sheet.items:
                self._judge(place, item, said)
        return said

    def _judge(self, place: TargetTeam, item: TargetItem, said: dict[str, Any]) -> None:
        key = f"{place.pk}-{item.pk}"
        asked, whole = said.get(f"n-{key}"), said.get(f"d-{key}")
        if asked is not None and whole is not None and asked > whole:
            told = _t("Số phải đạt (%(asked)d) lớn hơn tổng số (%(whole)d).")
            self.add_error(f"n-{key}", told % {"asked": asked, "whole": whole})

    @property
    def heads(self) -> list[tuple[TargetItem, list[forms.BoundField]]]:
        """Each indicator with the boxes about all teams."""
        return [
            (
                item,
                [
                    self[f"{kind}-{item.pk}"]
                    for kind in "apsb"
                    if f"{kind}-{item.pk}" in self.fields
                ],
            )
            for item in self.sheet.items
        ]

    @property
    def rows(self) -> list[tuple[TargetTeam, list[tuple[TargetItem, list[forms.BoundField]]]]]:
        """Each team with its boxes for each indicator."""
        return [
            (place, [(item, self._boxes(place, item)) for item in self.sheet.items])
            for place in self.sheet.places
        ]

    def _boxes(self, place: TargetTeam, item: TargetItem) -> list[forms.BoundField]:
        names = (f"{kind}-{place.pk}-{item.pk}" for kind in "nd")
        return [self[name] for name in names if name in self.fields]

    def items(self) -> dict[int, dict[str, Any]]:
        """As :meth:`~procedures.models.targeting.Targeting.rewrite_targets` takes them."""
        said = self.cleaned_data
        return {
            item.pk: {
                "percent": said.get(f"p-{item.pk}"),
                "base_source": said.get(f"s-{item.pk}") or "",
                "base_date": said.get(f"b-{item.pk}"),
            }
            for item in self.sheet.items
        }

    def cells(self) -> dict[tuple[int, int], tuple[int | None, int | None]]:
        said = self.cleaned_data
        return {
            (place.pk, item.pk): (
                said.get(f"n-{place.pk}-{item.pk}"),
                said.get(f"d-{place.pk}-{item.pk}"),
            )
            for place in self.sheet.places
            for item in self.sheet.items
        }

    def filled(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """What was sent, with every open box of a number asked for filled from the row for all."""
        filled = {name: data.get(name, "") for name in self.fields}
        said = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        for item in self.sheet.items:
            for place in self.sheet.places:
                name, key = f"n-{place.pk}-{item.pk}", f"{place.pk}-{item.pk}"
                if str(filled[name]).strip():
                    continue
                asked = said.get(f"a-{item.pk}")
                if asked is None:
                    asked = share(None, said.get(f"d-{key}"), said.get(f"p-{item.pk}"))
                filled[name] = "" if asked is None else str(asked)
        return filled


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}".replace(".", ",")

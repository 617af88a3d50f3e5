"""What is typed about how far a team has come, and about a target it wishes changed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from ..models import Indicator, Target
from .numbers import Day, Whole
from .texts import Text


class ProgressForm(forms.Form):
    """What a team has reached on a day: a row for each of its targets, open boxes are left out."""

    use_required_attribute = False

    on = Day(label=_("Số liệu tính đến ngày"), initial=timezone.localdate)

    def __init__(
        self,
        *args: Any,
        targets: Sequence[Target],
        wholes: Mapping[int, int | None],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.targets: dict[int, Target] = {}
        for target in targets:  # the newest first: what it says of an indicator counts
            self.targets.setdefault(target.item.indicator_id, target)
        for key, target in self.targets.items():
            self.fields[f"n-{key}"] = Whole(label=_("Đã đạt"))
            if target.item.indicator.is_share:
                self.fields[f"d-{key}"] = Whole(label=_("Trên tổng số"), initial=wholes.get(key))
            self.fields[f"g-{key}"] = Text(
                label=_("Ghi chú (không bắt buộc)"), max_length=300, required=False
            )

    def clean_on(self) -> Any:
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError(_t("Ngày này chưa đến. Chọn hôm nay hoặc ngày đã qua."))
        return self.cleaned_data["on"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for key, target in self.targets.items():
            reached, whole = said.get(f"n-{key}"), said.get(f"d-{key}")
            if reached is None:
                if said.get(f"g-{key}") and f"n-{key}" not in self.errors:
                    self.add_error(f"n-{key}", _t("Ghi số kèm với ghi chú này."))
            elif target.item.indicator.is_share and not whole and f"d-{key}" not in self.errors:
                self.add_error(
                    f"d-{key}", _t("Ghi tổng số (%(of)s).") % {"of": target.item.indicator.of}
                )
            elif self._too_early(target, said.get("on")):
                since = target.item.target_set.since
                told = _t("Chỉ tiêu này tính từ ngày %(day)s. Chọn ngày số liệu từ đó trở đi.")
                self.add_error(f"n-{key}", told % {"day": f"{since:%d/%m/%Y}"})
            elif whole is not None and reached > whole:
                told = _t("Số đã đạt (%(reached)d) lớn hơn tổng số (%(whole)d).")
                self.add_error(f"n-{key}", told % {"reached": reached, "whole": whole})
        if not self.errors and not self._told():
            raise forms.ValidationError(
                _t(
                    "Chưa ghi số nào. Ghi ít nhất một số; chưa có số liệu thì để trống, không "
                    "ghi 0."
                )
            )
        return said

    @staticmethod
    def _too_early(target: Target, on: datetime.date | None) -> bool:
        since = target.item.target_set.since
        return bool(on and since and on < since)

    def _told(self) -> list[int]:
        return [key for key in self.targets if self.cleaned_data.get(f"n-{key}") is not None]

    def counts(self) -> list[tuple[Indicator, int, int | None, str]]:
        """The rows somebody filled in: indicator, numerator, denominator, note."""
        said = self.cleaned_data
        return [
            (
                self.targets[key].item.indicator,
                said[f"n-{key}"],
                said.get(f"d-{key}"),
                said[f"g-{key}"],
            )
            for key in self._told()
        ]

    @property
    def rows(self) -> list[tuple[Target, list[forms.BoundField]]]:
        return [
            (target, [self[f"{kind}-{key}"] for kind in "ndg" if f"{kind}-{key}" in self.fields])
            for key, target in self.targets.items()
        ]


class WishForm(forms.Form):
    """Why a target should be changed, or why it stays."""

    use_required_attribute = False

    reason = Text(
        label=_("Lý do"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Ông/bà ghi rõ lý do để người nhận biết phải làm gì.")},
    )

"""What is typed for a decision about who signs for the Chairman."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows.models import Delegation
from workflows.terms import period

from .. import assignments
from ..models.delegating import Grant
from ..roles import FIELDS
from .assignments import Day
from .drafted import MatterForm
from .kinds import KindsField
from .texts import Text

_GONE = _("Mục này không còn. Ông/bà chọn lại.")


class DelegatingForm(MatterForm):
    """``rows`` are boxes to tick: "7.culture" (a post and a field), "7." (everything), or "d3"
    (a delegation to end)."""

    lists = "parts/delegated.html"
    # Who it is given to comes before the days it is given for.
    leads = True

    rows = forms.MultipleChoiceField(required=False, error_messages={"invalid_choice": _GONE})
    kinds = KindsField(
        required=False,
        help_text=_("Người được ủy quyền chỉ ký các loại này. Quyết định không ký thừa ủy quyền."),
    )
    content = Text(
        label=_("Nội dung được ủy quyền"),
        help_text=_("Ví dụ: giấy mời, thông báo lịch họp về chuyển đổi số."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    since = Day(
        label=_("Có hiệu lực từ ngày"),
        help_text=_("Để trống nếu từ ngày ký."),
        required=False,
    )
    until = Day(label=_("Đến hết ngày"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.gives: Grant = self.dossier.matter.gives
        self.groups = list(self._offered())
        choices = [box for _name, boxes in self.groups for box in boxes]
        self.fields["rows"].choices = choices  # type: ignore[attr-defined]
        for name in self._unasked():
            del self.fields[name]
        if self.gives is not Grant.AUTHORISE:
            self.fields["until"].help_text = (
                _t("Để trống nếu hết ngày ký.")
                if self.gives is Grant.END
                else _t("Để trống nếu chưa định ngày kết thúc.")
            )

    @property
    def legend(self) -> str:
        return str(self.gives.label)

    def _unasked(self) -> tuple[str, ...]:
        if self.gives is Grant.AUTHORISE:
            return ()
        return ("kinds", "content", *(("since",) if self.gives is Grant.END else ()))

    def _offered(self) -> Any:
        """(name of a group, its boxes): a post with its fields, or all that may be ended."""
        matter = self.dossier.matter
        names = assignments.holders(self.dossier.agency)
        if self.gives is Grant.END:
            yield _t("Đang có hiệu lực"), [(f"d{r.pk}", _told(r, names)) for r in matter.standing()]
            return
        for post in matter.posts():
            name = f"{post} - {names[post.pk]}" if post.pk in names else str(post)
            every = [(f"{post.pk}.", _t("Phụ trách, điều hành mọi lĩnh vực"))]
            each = [(f"{post.pk}.{code}", word) for code, word in FIELDS.items()]
            yield name, every if self.gives is Grant.CHARGE else each

    def boxes(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """(name of a group, [(value, label, ticked)])."""
        ticked = set(self["rows"].value() or ())
        return [
            (name, [(value, str(label), value in ticked) for value, label in boxes])
            for name, boxes in self.groups
        ]

    def plain_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name != "rows"]

    def kept(self) -> dict[str, Any]:
        kept: dict[str, Any] = self.dossier.matter.columns()
        return kept | {"rows": [_box(row) for row in kept["rows"]]}

    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"rows": [_row(box) for box in self.cleaned_data["rows"]]}


def _box(row: dict[str, Any]) -> str:
    if "delegation" in row:
        return f"d{row['delegation']}"
    return f"{row['delegate']}.{row['field']}"


def _row(box: str) -> dict[str, Any]:
    if box.startswith("d"):
        return {"delegation": int(box[1:])}
    post, field = box.split(".", 1)
    return {"delegate": int(post), "field": field}


def _told(row: Delegation, names: dict[int, str]) -> str:
    who = f"{names[row.delegate_id]}, {row.delegate}" if row.delegate_id in names else row.delegate
    field = FIELDS.get(row.field, _("Mọi lĩnh vực (phụ trách, điều hành)"))
    return f"{who} ({row.kind}): {field}, {period(row)} ({row.cited})"

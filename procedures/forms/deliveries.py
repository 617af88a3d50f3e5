"""What the clerk types about where a decision was sent, and who has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from ..issuing.deliveries import Entry, Recipient, Way
from .scans import ScanField
from .texts import Text

_DAY_ERRORS = {
    "required": _("Chọn ngày."),
    "invalid": _("Ngày ghi dạng ngày/tháng/năm, ví dụ 20/11/2026."),
}
# The clerk cannot record what happens by itself.
WAYS = [(way.value, way.label) for way in Way if way != Way.HERE]


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages=_DAY_ERRORS,
        **options,
    )


def _way(**options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Cách gửi"),
        choices=[("", _("Chọn cách gửi")), *WAYS],
        error_messages={
            "required": _("Chọn cách gửi."),
            "invalid_choice": _("Chọn một cách trong danh sách."),
        },
        **options,
    )


class Ticked(forms.Form):
    """The places ticked, and what is recorded of all of them. ``places`` holds their keys."""

    use_required_attribute = False

    def __init__(self, *args: Any, places: Sequence[Recipient], **options: Any) -> None:
        super().__init__(*args, **options)
        self.all = {place.key: place for place in places}
        self.fields["places"] = forms.MultipleChoiceField(
            choices=[(place.key, place.name) for place in places],
            error_messages={
                "required": _t("Ông/bà đánh dấu ít nhất một nơi nhận."),
                "invalid_choice": _t("Danh sách nơi nhận vừa thay đổi. Ông/bà chọn lại."),
            },
        )

    def chosen(self) -> list[Recipient]:
        return [self.all[key] for key in self.cleaned_data["places"]]


class SentForm(Ticked):
    """Sent to the ticked places in one way on one day."""

    way = _way()
    sent = _day(label=_("Ngày gửi"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["sent"].initial = timezone.localdate

    def entries(self) -> list[Entry]:
        way, sent = self.cleaned_data["way"], self.cleaned_data["sent"]
        return [
            Entry(
                place.key,
                way=way,
                sent=sent,
                received=place.received,
                received_by=place.last.received_by if place.last else "",
            )
            for place in self.chosen()
        ]


class ReceivedForm(Ticked):
    """The ticked places have it since one day."""

    received = _day(label=_("Ngày nhận"))
    received_by = Text(label=_("Ai nhận (không bắt buộc)"), max_length=120, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["received"].initial = timezone.localdate

    def entries(self) -> list[Entry]:
        said = self.cleaned_data
        return [
            Entry(
                place.key,
                way=place.way,
                sent=place.sent,
                received=said["received"],
                received_by=said["received_by"],
            )
            for place in self.chosen()
        ]


class AddedForm(forms.Form):
    """One more place the decision goes to."""

    use_required_attribute = False

    name = Text(
        label=_("Tên nơi nhận"),
        max_length=300,
        error_messages={"required": _("Ghi tên nơi nhận.")},
    )

    def entries(self) -> list[Entry]:
        return [Entry(name=self.cleaned_data["name"])]


class CorrectionForm(forms.Form):
    """What should stand instead of a line of the delivery book, and why."""

    use_required_attribute = False

    way = _way(required=False)
    sent = _day(label=_("Ngày gửi"), required=False)
    received = _day(label=_("Ngày nhận"), required=False)
    received_by = Text(label=_("Ai nhận"), max_length=120, required=False)
    dropped = forms.BooleanField(label=_("Ghi nhầm nơi này, bỏ khỏi danh sách"), required=False)
    note = Text(
        label=_("Vì sao sửa?"),
        max_length=300,
        error_messages={"required": _("Ông/bà ghi rõ vì sao sửa.")},
    )

    def __init__(self, *args: Any, place: Recipient, **options: Any) -> None:
        super().__init__(*args, **options)
        self.place = place
        way: Any = self.fields["way"]
        way.choices = [("", _t("Chưa gửi")), *WAYS]
        if place.way == Way.HERE:
            way.choices.append((Way.HERE.value, Way.HERE.label))
        if not place.added:
            del self.fields["dropped"]
        if place.last and place.last.own:  # his own word is not the clerk's to change
            del self.fields["received"], self.fields["received_by"]

    def entries(self) -> list[Entry]:
        said, last = self.cleaned_data, self.place.last
        return [
            Entry(
                self.place.key,
                way=said["way"],
                sent=said["sent"],
                received=said.get("received", last.received if last else None),
                received_by=said.get("received_by", last.received_by if last else ""),
                dropped=said.get("dropped", False),
            )
        ]


def initial(place: Recipient) -> dict[str, Any]:
    """What stands about a place now, for :class:`CorrectionForm`."""
    last = place.last
    if last is None:
        return {}
    columns = ("way", "sent", "received", "received_by")
    return {name: getattr(last, name) for name in columns}


class ScanForm(forms.Form):
    """The scan of one paper that has none. ``paper`` holds primary keys."""

    use_required_attribute = False

    paper = forms.TypedChoiceField(
        label=_("Văn bản"),
        coerce=int,
        error_messages={
            "required": _("Chọn văn bản."),
            "invalid_choice": _("Chọn một văn bản trong danh sách."),
        },
    )
    scan = ScanField(
        label=_("Bản quét"),
        help_text=_("Tệp PDF hoặc ảnh JPEG, PNG, không quá 10 MB. Đã thêm thì không thay được."),
        error_messages={"required": _("Chọn tệp quét của văn bản.")},
    )

    def __init__(self, *args: Any, papers: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["paper"].choices = papers  # type: ignore[attr-defined]
        if len(papers) == 1:
            self.fields["paper"].initial = papers[0][0]

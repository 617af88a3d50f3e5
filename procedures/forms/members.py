"""What a leader types about one member: whom he introduces, or who goes and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Change, Dossier, Seat
from ..people.member_requests import CAUSES
from .steps import SeatForm
from .texts import Text

PREFIX = "nguoi"


class JoinForm(SeatForm):
    """Who is introduced; a member unless the button for collaborators is pressed."""

    use_required_attribute = False

    prefix = PREFIX

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["role"]
        self.fields["represents"].help_text = _("Nghề hoặc đoàn thể. Ví dụ: giáo viên.")

    def seat(self) -> dict[str, Any]:
        """The columns of :class:`~procedures.models.Seat`, once valid."""
        return dict(self.cleaned_data)

    def words(self) -> dict[str, str]:
        return {}


class GoingForm(forms.Form):
    """Who goes and why; ``heard`` is asked only where somebody may be taken out against his will.

    The rules ask for the reason and for what he said where the cause needs them.
    """

    use_required_attribute = False
    prefix = PREFIX

    member = forms.TypedChoiceField(
        label=_("Ai?"),
        coerce=int,
        error_messages={
            "required": _("Ông/bà chọn một người."),
            "invalid_choice": _("Danh sách của tổ vừa thay đổi. Ông/bà chọn lại."),
        },
    )
    cause = forms.ChoiceField(
        label=_("Lý do"),
        error_messages={
            "required": _("Ông/bà chọn lý do."),
            "invalid_choice": _("Ông/bà chọn một lý do trong danh sách."),
        },
    )
    reason = Text(
        label=_("Nói rõ thêm (không bắt buộc)"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    heard = Text(
        label=_("Ý kiến của người bị đề nghị"),
        help_text=_("Bắt buộc khi lý do là vi phạm: hỏi người ấy rồi ghi lại."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, kind: str, seats: Sequence[Seat], **options: Any) -> None:
        super().__init__(*args, **options)
        people = [(seat.pk, f"{seat.full_name} - {seat.get_role_display()}") for seat in seats]
        causes = [(cause.value, cause.label) for cause in CAUSES[Change.Kind(kind)]]
        self.fields["member"].choices = [("", _("Chọn một người")), *people]  # type: ignore[attr-defined]
        self.fields["cause"].choices = [("", _("Chọn lý do")), *causes]  # type: ignore[attr-defined]
        self.fields["member"].label = _("Ai ra khỏi danh sách?")
        if kind == Change.Kind.LEAVE:
            self.fields["member"].label = _("Ai thôi tham gia?")
            del self.fields["heard"]

    def seat(self) -> dict[str, Any]:
        return {"was_id": self.cleaned_data["member"]}

    def words(self) -> dict[str, str]:
        """The cause, the reason and what he said, once valid."""
        return {name: self.cleaned_data.get(name, "") for name in ("cause", "reason", "heard")}


def stored(dossier: Dossier) -> dict[str, Any]:
    """What a request says already, as its form shows it."""
    [change] = dossier.lines()
    seat = change.seats.first()
    if change.kind == Change.Kind.ADMIT:
        columns = [name for name in JoinForm.base_fields if name != "role"]
        return {name: getattr(seat, name) for name in columns} if seat else {}
    words = {"cause": change.cause, "reason": change.reason, "heard": change.heard}
    return {**words, "member": seat.was_id if seat else ""}

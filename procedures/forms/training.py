"""What is typed to register people for a course, and about them after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..models import Membership, SeatRole, Team, Trainee
from ..models.training import Outcome
from ..teams.standing_teams import sitting, teams_today
from .asked import AskedPaper, FullPhones
from .drafted import MatterForm
from .texts import Text


@dataclass(frozen=True)
class TeamToChoose:
    """A team with those offered first (leader, deputies) and the rest, each with "is chosen"."""

    team: Team
    first: list[tuple[Membership, bool]]
    rest: list[tuple[Membership, bool]]

    @property
    def sends_nobody(self) -> bool:
        return not any(chosen for _seat, chosen in [*self.first, *self.rest])

    @property
    def rest_open(self) -> bool:
        """Shown unfolded where somebody of them is chosen, or nobody comes first."""
        return not self.first or any(chosen for _seat, chosen in self.rest)


class TrainingForm(AskedPaper, FullPhones, MatterForm):
    """The course, the request, the people. Nothing is required until it is sent."""

    lists = "parts/choose_trainees.html"
    field_order = (
        "organiser", "course", "reference", "date", "due", "full_phones", "purpose", "people",
    )  # fmt: skip

    organiser = Text(
        label=_("Cơ quan tổ chức lớp"),
        help_text=_("Ví dụ: Sở Khoa học và Công nghệ tỉnh Thanh Hóa. Công văn gửi cơ quan này."),
        max_length=150,
        required=False,
    )
    course = Text(
        label=_("Nội dung lớp tập huấn"),
        help_text=_("Ví dụ: kỹ năng số cho Tổ công nghệ số cộng đồng năm 2026."),
        max_length=200,
        required=False,
    )
    people = forms.MultipleChoiceField(
        label=_("Người đi tập huấn"),
        required=False,
        error_messages={"invalid_choice": _("Có người không còn trong tổ. Ông/bà chọn lại.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        seats = [seat for team in self._standing for seat in sitting(team)]
        self.fields["people"].choices = [(str(s.pk), str(s)) for s in seats]  # type: ignore[attr-defined]

    @cached_property
    def _standing(self) -> list[Team]:
        return teams_today(self.dossier.commune)

    def plain_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name != "people"]

    def teams(self) -> list[TeamToChoose]:
        """Every team of today, so that none is forgotten."""
        chosen = {str(key) for key in self["people"].value() or []}
        return [_to_choose(team, chosen) for team in self._standing]

    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"people": [int(key) for key in self.cleaned_data["people"]]}


def _to_choose(team: Team, chosen: set[str]) -> TeamToChoose:
    seats = [(seat, str(seat.pk) in chosen) for seat in sitting(team)]
    first = [pair for pair in seats if pair[0].role != SeatRole.MEMBER]
    return TeamToChoose(team, first, [pair for pair in seats if pair not in first])


class ResultForm(forms.Form):
    """What came of it for one person."""

    use_required_attribute = False

    outcome = forms.ChoiceField(
        label=_("Tham gia"),
        choices=[("", _("Chưa ghi")), *Outcome.choices],
        required=False,
        error_messages={"invalid_choice": _("Chọn một mục trong danh sách.")},
    )
    result = Text(
        label=_("Kết quả (nếu có)"),
        help_text=_("Ví dụ: hoàn thành, được cấp giấy chứng nhận."),
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, trainee: Trainee, **options: Any) -> None:
        self.trainee = trainee
        options["prefix"] = f"r{trainee.pk}"
        options["initial"] = {"outcome": trainee.outcome, "result": trainee.result}
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("result") and not cleaned.get("outcome"):
            self.add_error("outcome", _("Ông/bà chọn người này có tham gia hay không."))
        return cleaned

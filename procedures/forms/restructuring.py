"""What people type about standing teams: who leads, why, who takes over, what merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from ..models import Change, Commune, Dossier, Hamlet, Seat, SeatRole, Team
from ..models.changes import kept
from ..models.places import in_use
from ..people import names
from .assignments import Day
from .texts import Text

OTHER = "khac"
LEAVES, STAYS = "thoi", "o-lai"
ROLES = (SeatRole.LEADER, SeatRole.DEPUTY)
_CHOOSE = _("Chọn một mục trong danh sách.")
_MESSAGES = {"required": _CHOOSE, "invalid_choice": _CHOOSE}


class WordsForm(forms.Form):
    """The author's words. Nothing is required here: the rules ask for it on sending."""

    use_required_attribute = False

    why = Text(
        label=_("Lý do"),
        help_text=_("Câu này in vào Tờ trình. Ví dụ: tổ hoạt động không hiệu quả."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    hand_over = Text(
        label=_("Ai nhận nhiệm vụ, hồ sơ và các nhóm liên lạc"),
        help_text=_("Câu này in vào Quyết định. Ví dụ: Trưởng bản Bãi Sở tiếp nhận."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, dossier: Dossier, **options: Any) -> None:
        words = {"why": dossier.why, "hand_over": dossier.hand_over}
        super().__init__(*args, **{"initial": words, **options})
        if dossier.procedure not in ("dissolve_team", "merge_hamlets"):
            del self.fields["hand_over"]
        if dossier.procedure in ("merge_hamlets", "appoint_leader"):
            del self.fields["why"]


class AppointForm(forms.Form):
    """Who leads one team from now on, and who is deputy; ``before`` is its list as it stands."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, line: Change, alone: bool) -> None:
        self.line, self.before = line, line.before
        super().__init__(data, initial=_as_stored(line), prefix=f"to-{line.pk}")
        for role in ROLES:
            self._add(role)
        self.fields["cause"] = forms.ChoiceField(
            label=_("Lý do thay"),
            choices=[("", _("Chọn")), *Change.Cause.choices],
            required=False,
            error_messages=_MESSAGES,
        )
        self.fields["reason"] = Text(
            label=_("Nói rõ lý do (không in vào văn bản)"), max_length=500, required=False
        )
        if not alone:
            self.fields["drop"] = forms.BooleanField(
                label=_("Bỏ tổ này khỏi hồ sơ"), required=False
            )

    def _add(self, role: SeatRole) -> None:
        title, holder = str(role.label), _holder(self.before, role)
        stays = _t("Giữ nguyên: %(name)s") % {"name": holder.full_name if holder else _t("khuyết")}
        others = [(str(s.pk), _named(s)) for s in self.before if s != holder]
        self.fields[role] = forms.ChoiceField(
            label=title,
            choices=[("", stays), *others, (OTHER, _t("Người khác, ghi tên ở dưới"))],
            required=False,
            error_messages=_MESSAGES,
        )
        values = {"role": title}
        self.fields[f"{role}_full_name"] = Text(
            label=_t("Họ và tên %(role)s mới") % values, max_length=120, required=False
        )
        self.fields[f"{role}_birth_year"] = _year()
        self.fields[f"{role}_phone"] = Text(
            label=_("Số điện thoại"),
            max_length=20,
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        )
        self.fields[f"{role}_represents"] = Text(
            label=_("Thành phần, chức vụ đang giữ"), max_length=120, required=False
        )
        if holder:
            self.fields[f"{role}_former"] = forms.ChoiceField(
                label=_t("%(name)s thôi làm %(role)s thì") % {"name": holder.full_name, **values},
                choices=[(LEAVES, _("thôi tham gia tổ")), (STAYS, _("ở lại làm thành viên"))],
                required=False,
                error_messages=_MESSAGES,
            )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        for role in ROLES:
            name = f"{role}_full_name"
            if typed.get(role) == OTHER and not typed.get(name) and name not in self.errors:
                self.add_error(name, _t("Ông/bà ghi họ và tên."))
        leader = typed.get(SeatRole.LEADER)
        if leader and leader != OTHER and leader == typed.get(SeatRole.DEPUTY):
            self.add_error(SeatRole.DEPUTY, _t("Tổ phó phải là người khác với Tổ trưởng."))
        return typed

    def roles(self) -> list[tuple[forms.BoundField, list[forms.BoundField], bool]]:
        """Each role: its choice, what goes with another person, whether that is shown open."""
        return [
            (
                self[role],
                [self[name] for name in self.fields if name.startswith(f"{role}_")],
                bool(self[role].value()),
            )
            for role in ROLES
        ]

    def rows(self) -> list[dict[str, Any]]:
        """The columns of the seats the line names."""
        typed, seats = self.cleaned_data, {str(seat.pk): seat for seat in self.before}
        rows: dict[str, dict[str, Any]] = {}
        for role in ROLES:
            chosen = typed.get(role)
            if chosen == OTHER:
                rows[role] = self._written(role)
            elif chosen:
                said = typed.get(f"{role}_represents") or seats[chosen].represents
                rows[chosen] = kept(seats[chosen], role=role, represents=said)
        for role in ROLES:
            former = _holder(self.before, role)
            stays = typed.get(role) and typed.get(f"{role}_former") == STAYS
            if former and stays and str(former.pk) not in rows:
                rows[str(former.pk)] = kept(former, role=SeatRole.MEMBER)
        return list(rows.values())

    def _written(self, role: str) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "full_name": typed[f"{role}_full_name"],
            "birth_year": typed.get(f"{role}_birth_year"),
            "phone": names.normal_phone(typed.get(f"{role}_phone") or ""),
            "represents": typed.get(f"{role}_represents") or "",
            "role": role,
        }


def _year() -> forms.IntegerField:
    wrong = _("Năm sinh gồm bốn chữ số, ví dụ 1986.")
    return forms.IntegerField(
        label=_("Năm sinh"),
        required=False,
        min_value=1900,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )


def _holder(seats: Iterable[Seat], role: str) -> Seat | None:
    return next((seat for seat in seats if seat.role == role), None)


def _named(seat: Seat) -> str:
    return f"{seat.full_name} ({seat.get_role_display()})"


def _as_stored(line: Change) -> dict[str, Any]:
    """The boxes as the line stands."""
    stored: dict[str, Any] = {"cause": line.cause, "reason": line.reason}
    staying = {seat.was_id for seat in line.seats.all() if seat.role == SeatRole.MEMBER}
    for role in ROLES:
        former = _holder(line.before, role)
        stored[f"{role}_former"] = STAYS if former and former.pk in staying else LEAVES
        for seat in line.seats.all():
            if seat.role == role:
                stored[role] = str(seat.was_id) if seat.was_id else OTHER
                stored[f"{role}_represents"] = seat.represents
                if not seat.was_id:
                    told = ("full_name", "birth_year", "phone")
                    stored |= {f"{role}_{name}": getattr(seat, name) for name in told}
    return stored


class TeamsForm(forms.Form):
    """Which teams a case is about."""

    use_required_attribute = False

    teams = forms.ModelMultipleChoiceField(
        label=_("Chọn tổ"),
        queryset=Team.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Ông/bà chọn ít nhất một tổ."),
            "invalid_choice": _("Ông/bà chọn tổ trong danh sách."),
            "invalid_pk_value": _("Ông/bà chọn tổ trong danh sách."),
        },
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, teams: list[Team], chosen: set[int]
    ) -> None:
        super().__init__(data, initial={"teams": [t.pk for t in teams if t.pk in chosen]})
        rows = Team.objects.filter(pk__in=[t.pk for t in teams]).order_by("level", "hamlet")
        self.fields["teams"].queryset = rows.select_related(  # type: ignore[attr-defined]
            "commune", "hamlet", "decision"
        )


class MergerForm(forms.Form):
    """A merger of hamlets, read off its resolution."""

    use_required_attribute = False

    hamlets = forms.ModelMultipleChoiceField(
        label=_("Các thôn, bản, khu phố sáp nhập với nhau"),
        queryset=Hamlet.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Ông/bà chọn ít nhất hai nơi sáp nhập với nhau."),
            "invalid_choice": _("Ông/bà chọn nơi trong danh sách."),
            "invalid_pk_value": _("Ông/bà chọn nơi trong danh sách."),
        },
    )
    into = forms.ModelChoiceField(
        label=_("Giữ tên"),
        help_text=_("Nơi nào trong các nơi trên giữ tên; để trống nếu đặt tên mới."),
        queryset=Hamlet.objects.none(),
        required=False,
        empty_label=_("Đặt tên mới, ghi ở dưới"),
        error_messages=_MESSAGES,
    )
    kind = forms.ChoiceField(
        label=_("Nơi mới là"),
        choices=[(k, k) for k in ("bản", "thôn", "ấp", "khu phố", "tổ dân phố")],
        required=False,
        error_messages=_MESSAGES,
    )
    name = Text(label=_("Tên nơi mới"), max_length=80, required=False)
    paper = Text(
        label=_("Số nghị quyết"),
        help_text=_("Ví dụ: 20/NQ-HĐND."),
        max_length=60,
        error_messages={"required": _("Ông/bà ghi số nghị quyết.")},
    )
    paper_date = Day(label=_("Ngày nghị quyết"))
    issued_by = Text(
        label=_("Cơ quan ban hành nghị quyết"),
        max_length=200,
        error_messages={"required": _("Ông/bà ghi cơ quan ban hành.")},
    )
    on = Day(label=_("Sáp nhập từ ngày"))

    def __init__(self, data: Mapping[str, Any] | None, *, commune: Commune) -> None:
        council = _t("Hội đồng nhân dân %(place)s") % {"place": commune.full_name}
        hamlets = commune.hamlets.filter(in_use()).order_by("pk")
        kinds = list(hamlets.values_list("kind", flat=True)[:1])
        super().__init__(data, initial={"issued_by": council, "kind": next(iter(kinds), "bản")})
        for field in ("hamlets", "into"):
            self.fields[field].queryset = hamlets  # type: ignore[attr-defined]

    def clean_paper(self) -> str:
        typed: str = self.cleaned_data["paper"]
        for prefix in ("nghị quyết số", "nghị quyết", "số"):
            if typed.casefold().startswith(prefix):
                return typed[len(prefix) :].strip(" :")
        return typed

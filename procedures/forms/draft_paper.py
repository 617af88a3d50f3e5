"""What is typed for a paper of the office: the boxes its kind asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents.kinds import KINDS
from workflows.models import Holding

from ..issuing import secretaries, signers
from ..models import PaperDraft
from ..models.draft_paper import (
    FIELDS,
    MINUTES,
    PERSONS,
    Urgency,
    in_lines,
    names_person,
    signing_choices,
)
from .assignments import Day
from .drafted import MatterForm
from .texts import Text

LONGEST_BODY = 60_000
# {kind: what its button says}, in the order of the page.
PAPER_KINDS = {kind: KINDS[kind].label for kind in FIELDS}


class Lines(forms.CharField):
    """Text of several lines, kept as :func:`~procedures.models.draft_paper.in_lines` leaves it."""

    def __init__(self, *, rows: int, most: int = 2000, **options: Any) -> None:
        self.most = most
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(required=False, widget=widget, strip=False, **options)
        # What cannot be kept is taken away, not complained about.
        self.validators = []

    def to_python(self, value: Any) -> str:
        text = in_lines(str(value or ""))
        if len(text) > self.most:
            raise forms.ValidationError(
                _t("Dài quá %(most)d chữ. Ông/bà viết gọn lại.") % {"most": self.most}
            )
        return text


class Clock(forms.TimeField):
    """A time of day as offices write it: 08:00, 8h30, 8 giờ 30."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric"}),
            input_formats=["%H:%M", "%Hh%M", "%H giờ %M", "%H giờ %M phút", "%Hh", "%H giờ"],
            error_messages={"invalid": _("Giờ không đúng. Ông/bà gõ như 08:00.")},
            **options,
        )


class Person(forms.ModelChoiceField[Holding]):
    """One of the people of the office, in the post he holds. Whom: :meth:`offer`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Holding.objects.none(), required=False, **options)

    def offer(self, holdings: Iterable[Holding], kept: Holding | None) -> None:
        """Offer these, and who was chosen before: whether he still may is for the rules."""
        keys = {holding.pk for holding in (*holdings, *([kept] if kept else []))}
        self.queryset = Holding.objects.filter(pk__in=keys).select_related("user", "post")

    def label_from_instance(self, obj: Holding) -> str:
        return f"{obj.user.full_name}, {obj.post.title}"


def _column(name: str, help_text: Any = "", **options: Any) -> Text:
    """One line of text for a column of the model, with its label and length."""
    column = PaperDraft._meta.get_field(name)
    assert isinstance(column, models.CharField)
    return Text(
        label=column.verbose_name,
        help_text=help_text,
        max_length=column.max_length,
        required=False,
        **options,
    )


class PaperDraftForm(MatterForm):
    """The boxes of the dossier's kind alone. Nothing is required until it is sent."""

    beside = "parts/paper_draft.html"
    keeps = True

    subject = _column(
        "subject",
        _("Một câu ngắn, không ghi “Trích yếu”. Câu này hiện trên trang công khai: không ghi tên "
          "người."),
    )  # fmt: skip
    addressees = Lines(label=_("Kính gửi"), help_text=_("Mỗi nơi một dòng."), rows=3)
    invited = _column("invited", _("Ví dụ: Tổ trưởng, Tổ phó các Tổ công nghệ số cộng đồng."))
    event = _column("event", _("Ví dụ: họp các Tổ công nghệ số cộng đồng quý I năm 2026."))
    begins = Day(label=_("Ngày bắt đầu"), required=False)
    begins_at = Clock(label=_("Giờ bắt đầu"), help_text=_("Ví dụ: 08:00."))
    place = _column("place")
    present = _column("present", _("Ví dụ: 31 Tổ trưởng, Tổ phó các tổ."))
    absent = _column("absent", _("Số người, có lý do hay không. Không ai vắng thì để trống."))
    chair_holding = Person(
        label=_("Chủ tọa là ai"),
        empty_label=_("Ghi họ tên ở ô dưới"),
        help_text=_("Chủ tọa ký trước và lấy số, rồi đến thư ký."),
    )
    chair = _column("chair", _("Ví dụ: ông Trần Văn B, Phó Chủ tịch Ủy ban nhân dân xã."))
    secretary_holding = Person(
        label=_("Thư ký là ai"),
        empty_label=_("Ghi họ tên, ký giấy"),
        help_text=_("Người trong cơ quan đã có khóa ký số. Chọn rồi thì thư ký ký sau chủ tọa."),
    )
    secretary = _column("secretary", _("Ví dụ: bà Nguyễn Thị A, chuyên viên."))
    person = _column("person", _("Họ và tên."))
    position = _column("position")
    sent_to = _column("sent_to", _("Tên cơ quan, tổ chức nơi đến."))
    purpose = _column("purpose", _("Ví dụ: liên hệ nhận tài liệu tập huấn."))
    until = Day(label=_("Có giá trị đến hết ngày"), required=False)
    body = Lines(
        label=_("Nội dung"),
        help_text=_(
            "Để trống một dòng giữa hai đoạn. Dòng bắt đầu bằng 1. hoặc a) hoặc - là một đoạn mới; "
            "dòng bắt đầu bằng số La Mã (I. MỤC ĐÍCH) là tên mục, in đậm. Dấu ./. ở cuối do hệ "
            "thống ghi."
        ),
        rows=14,
        most=LONGEST_BODY,
    )
    ends = Day(label=_("Ngày kết thúc"), required=False)
    ends_at = Clock(label=_("Giờ kết thúc"))
    recipients = Lines(
        label=_("Nơi nhận"),
        help_text=_("Mỗi nơi một dòng. Dòng “Như trên” và dòng “Lưu” do hệ thống ghi."),
        rows=4,
    )
    need = _column(
        "need",
        _("Một, hai câu, ghi trong Tờ trình. Để trống thì ghi: để thực hiện nhiệm vụ được giao."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    urgency = forms.ChoiceField(
        label=_("Mức độ khẩn"),
        choices=[("", _("Không khẩn")), *Urgency.choices],
        required=False,
    )
    signed_by = forms.ChoiceField(
        label=_("Ai ký"),
        required=False,
        help_text=_("Chủ tịch luôn ký được. Không chọn thì người được phân công cũng ký được."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kind = self.dossier.ends_in
        self.heading = _t("Soạn %(kind)s") % {"kind": KINDS[kind].label}
        self.fields = {name: self.fields[name] for name in FIELDS[kind]}
        if "signed_by" in self.fields:
            self.fields["signed_by"].choices = signing_choices(kind)  # type: ignore[attr-defined]
        if kind == MINUTES:
            self._offer_persons()
        if kind == "invitation":
            self.fields["body"].label = _t("Lưu ý thêm (nếu có)")

    def _offer_persons(self) -> None:
        said, agency = self.dossier.matter, self.dossier.agency
        able = {
            "chair_holding": [c.holding for c in signers.able_to_chair(self.dossier)],
            "secretary_holding": secretaries.able(agency),
        }
        for name, holdings in able.items():
            field = self.fields[name]
            assert isinstance(field, Person)
            field.offer(holdings, getattr(said, name))
        for line in PERSONS.values():
            told = self.fields[line].help_text
            self.fields[line].help_text = _t("Đã chọn ở trên thì để trống được. %(example)s") % {
                "example": told
            }

    def clean(self) -> dict[str, Any]:
        """Who is chosen and who is typed below are one person, or the line is left empty."""
        said = super().clean() or {}
        for chosen, line in PERSONS.items():
            person, typed = said.get(chosen), said.get(line)
            if person and typed and not names_person(typed, person.user):
                self.add_error(
                    line,
                    _t("Ô trên chọn %(name)s. Ông/bà ghi đúng người ấy hoặc để trống ô này.")
                    % {"name": person.user.full_name},
                )
        return said

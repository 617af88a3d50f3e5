"""What a specialist types for a paper of the office: the kinds, and what each of them asks for."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents.kinds import KINDS
from workflows.models import Holding, Post
from workflows.states import Step

from ..issuing import signers
from ..people import names
from ..roles import Role
from .drafted import Matter

if TYPE_CHECKING:
    from workflows.authority import Capacity

DRAFT_PAPER = "draft_paper"
MINUTES = "minutes"
_ANY = ("need", "urgency", "signed_by")
_TEXT = ("subject", "body", "recipients")
# {kind: the columns its form in Phụ lục III asks for}, in the order they are typed.
FIELDS: dict[str, tuple[str, ...]] = {
    "plan": (*_TEXT, *_ANY),
    "notice": (*_TEXT, *_ANY),
    "official_letter": ("subject", "addressees", "body", "recipients", *_ANY),
    "invitation": (
        "subject", "invited", "event", "chair", "begins", "begins_at", "place", "body",
        "recipients", *_ANY,
    ),
    "introduction": ("person", "position", "sent_to", "purpose", "until", *_ANY),
    MINUTES: (
        "subject", "begins", "begins_at", "place", "present", "absent", "chair_holding", "chair",
        "secretary_holding", "secretary", "body", "ends", "ends_at", "recipients",
    ),
}  # fmt: skip
# Persons of the office who sign minutes; who is only typed beside them signs with ink.
PERSONS = {"chair_holding": "chair", "secretary_holding": "secretary"}
_OPTIONAL = {*_ANY, *PERSONS, "absent"}
# Whom it is for stands in the paper itself: "Như trên" tells them, others may be added.
_TOLD_ABOVE = ("official_letter", "invitation", MINUTES)
# Typed in several lines; the rest in one.
LINED = ("body", "addressees", "recipients")


class Urgency(models.TextChoices):
    """Box 10b, in the words it prints."""

    URGENT = "KHẨN", _("Khẩn")
    VERY_URGENT = "THƯỢNG KHẨN", _("Thượng khẩn")
    FLASH = "HỎA TỐC", _("Hỏa tốc")


class SignedBy(models.TextChoices):
    """Who is asked to sign, by the kind of his capacity. The Chairman always may."""

    CHAIRMAN = "OWN", _("Chủ tịch ký")
    DEPUTY = "KT", _("Phó Chủ tịch ký thay Chủ tịch (KT.)")
    BY_ORDER = "TL", _("Ký thừa lệnh Chủ tịch (TL.)")


# Whoever is asked to sign, the Chairman himself may.
_ANY_PAPER = ("OWN", "ACTING")


def signing_choices(kind: str) -> list[tuple[str, Any]]:
    """Who may be asked to sign a paper of this kind: by order only what the kind admits."""
    admitted = {form.rstrip(".") for form in KINDS[kind].signature_forms}
    asked = [c for c in SignedBy.choices if c[0] == SignedBy.CHAIRMAN or c[0] in admitted]
    return [("", _("Chủ tịch hoặc người được phân công, giao ký")), *asked]


def required(kind: str) -> list[str]:
    """The columns without which a paper of this kind cannot be sent."""
    spare = set(_OPTIONAL)
    if kind in _TOLD_ABOVE:
        spare.add("recipients")
    if kind == "invitation":
        spare.add("body")
    return [name for name in FIELDS[kind] if name not in spare]


def in_lines(text: str) -> str:
    """Typed lines, each clean (:func:`~procedures.people.names.clean`), with at most one blank
    line between two; without the ``./.`` that offices type at the end, which we print."""
    lines = [names.clean(line) for line in unicodedata.normalize("NFC", text).splitlines()]
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return "\n".join(kept).strip().removesuffix("./.").rstrip()


def in_a_sentence(post: Post) -> str:
    """The title of a post after a name: "chuyên viên Phòng …", "Phó Chủ tịch"."""
    common = str(Role(post.role).label)[:1].islower()
    return post.title[:1].lower() + post.title[1:] if common else post.title


def names_person(said: str, user: Any) -> bool:
    """Whether a line about a person names this one, however the marks were typed."""
    return names.same_name(names.alone(said), user.full_name)


class PaperDraft(Matter):
    """What is typed. Its kind (a key of :data:`FIELDS`) is a column of the dossier, which lists
    name without reading this row; columns another kind asks for stay empty."""

    TYPED: ClassVar[tuple[str, ...]] = tuple(
        dict.fromkeys(name for fields in FIELDS.values() for name in fields)
    )

    subject = models.CharField(_("Trích yếu"), max_length=250, blank=True)
    body = models.TextField(_("Nội dung"), blank=True)
    addressees = models.TextField(_("Kính gửi"), blank=True)
    recipients = models.TextField(_("Nơi nhận"), blank=True)
    need = models.CharField(_("Vì sao cần văn bản này"), max_length=1000, blank=True)
    urgency = models.CharField(_("Mức độ khẩn"), max_length=12, choices=Urgency, blank=True)
    signed_by = models.CharField(_("Người ký"), max_length=4, choices=SignedBy, blank=True)
    invited = models.CharField(_("Mời ai"), max_length=500, blank=True)
    event = models.CharField(_("Tới dự"), max_length=300, blank=True)
    begins = models.DateField(_("Ngày bắt đầu"), null=True, blank=True)
    begins_at = models.TimeField(_("Giờ bắt đầu"), null=True, blank=True)
    ends = models.DateField(_("Ngày kết thúc"), null=True, blank=True)
    ends_at = models.TimeField(_("Giờ kết thúc"), null=True, blank=True)
    place = models.CharField(_("Địa điểm"), max_length=300, blank=True)
    chair = models.CharField(_("Chủ trì"), max_length=200, blank=True)
    secretary = models.CharField(_("Thư ký"), max_length=100, blank=True)
    chair_holding = models.ForeignKey(
        Holding, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Chủ tọa")
    )
    secretary_holding = models.ForeignKey(
        Holding, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Thư ký cuộc họp"),
    )  # fmt: skip
    present = models.CharField(_("Thành phần tham dự"), max_length=1000, blank=True)
    absent = models.CharField(_("Vắng mặt"), max_length=500, blank=True)
    person = models.CharField(_("Giới thiệu ông (bà)"), max_length=100, blank=True)
    position = models.CharField(_("Chức vụ"), max_length=200, blank=True)
    sent_to = models.CharField(_("Được cử đến"), max_length=200, blank=True)
    purpose = models.CharField(_("Về việc"), max_length=300, blank=True)
    until = models.DateField(_("Có giá trị đến hết ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("văn bản đang soạn")
        verbose_name_plural = _("văn bản đang soạn")

    def __str__(self) -> str:
        return self.title

    @property
    def kind(self) -> str:
        return self.dossier.ends_in

    @kind.setter
    def kind(self, kind: str) -> None:
        self.dossier.ends_in = kind

    @property
    def title(self) -> str:
        name = f"{KINDS[self.kind].label}"
        if self.urgency:
            name += f" ({str(self.get_urgency_display()).lower()})"
        return f"{name}: {self.about}" if self.about else name

    @property
    def about(self) -> str:
        """The trích yếu; a giấy giới thiệu prints none, so the register has one made up here,
        which names no person."""
        if self.kind == "introduction":
            return f"Đến liên hệ công tác tại {self.sent_to}" if self.sent_to else ""
        return self.subject

    def write(self, typed: dict[str, Any], step: Step) -> None:
        """What its kind does not ask for is left out."""
        asked = {name: typed[name] for name in FIELDS[self.kind] if name in typed}
        for name in LINED:
            if name in asked:
                setattr(self, name, in_lines(asked.pop(name)))
        if self.kind == MINUTES:
            asked |= self._persons(asked)
        super().write(asked, step)

    def _persons(self, typed: dict[str, Any]) -> dict[str, Any]:
        """The chair and the secretary: who was chosen is printed under his own name, and a chair
        whose name alone was typed is the one person of that name who could be it."""
        chair = typed.get("chair", self.chair)
        if not typed.get("chair_holding", self.chair_holding) and chair:
            able = (capacity.holding for capacity in signers.able_to_chair(self.dossier))
            named = [holding for holding in able if names_person(chair, holding.user)]
            typed = typed | {"chair_holding": named[0] if len(named) == 1 else None}
        printed = {}
        for chosen, line in PERSONS.items():
            holding = typed.get(chosen, getattr(self, chosen))
            if holding and not names_person(typed.get(line, getattr(self, line)), holding.user):
                printed[line] = f"{holding.user.full_name}, {in_a_sentence(holding.post)}"
        return {**typed, **printed}

    def snapshot(self) -> list[Any]:
        """The kind and what is typed for it: the ledger's digest tells columns by their name, and
        the persons only where some were chosen."""
        typed = (name for name in FIELDS[self.kind] if name not in PERSONS)
        told: dict[str, Any] = {name: str(getattr(self, name) or "") for name in typed}
        chosen = {name: getattr(self, f"{name}_id") for name in PERSONS}
        return [self.kind, told | {name: pk for name, pk in chosen.items() if pk}]

    @property
    def signing_wish(self) -> str:
        return self.signed_by

    def refuses_signer(self, capacity: Capacity) -> str:
        if self.kind == MINUTES:
            return "" if self.is_chaired_by(capacity.user) else self.lacks_signer()
        wished = {self.signed_by, *_ANY_PAPER} if self.signed_by else {capacity.kind}
        if capacity.kind in wished:
            return ""
        return _t("Văn bản này trình để: %(who)s.") % {"who": self.get_signed_by_display()}

    @classmethod
    def closed_to(cls, capacity: Capacity) -> models.Q | None:
        """Who is asked to sign: of minutes their chair. One who is words alone is told to all."""
        another = ~models.Q(paperdraft__chair_holding__user=capacity.user)
        another &= models.Q(paperdraft__chair_holding__isnull=False, ends_in=MINUTES)
        if capacity.kind in _ANY_PAPER:
            return another
        others = [kind for kind in SignedBy.values if kind != capacity.kind]
        return another | models.Q(paperdraft__signed_by__in=others) & ~models.Q(ends_in=MINUTES)

    def is_chaired_by(self, user: Any) -> bool:
        """Whether this person was chosen as the chair; where nobody was, whether the line about
        the chair names him ("ông Trần Quốc Hưng, Phó …"), or nobody yet."""
        if self.chair_holding:
            return bool(self.chair_holding.user_id == user.pk)
        return not self.chair or names_person(self.chair, user)

    def lacks_signer(self) -> str:
        if self.kind != MINUTES:
            return ""
        return _t("Biên bản do người chủ trì cuộc họp ký: %(chair)s.") % {"chair": self.chair}

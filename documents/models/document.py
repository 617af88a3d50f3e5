"""A document, and how far it has come."""

from __future__ import annotations

import datetime
import hashlib
import json
import secrets
from collections.abc import Callable

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ..kinds import KINDS
from ..model import Content, from_json, to_json
from .register import Issuer, Kept, Series


class State(models.TextChoices):
    """States of a document."""

    RESERVED = "reserved", _("Đã cấp số, chờ ký")
    PREPARED = "prepared", _("Bản trình ký đã dựng")
    SIGNED = "signed", _("Đã ký")
    COUNTERSIGNED = "countersigned", _("Hai người đã ký")
    SEALED = "sealed", _("Đã đóng dấu")
    RELEASED = "released", _("Đang có hiệu lực")
    VOID = "void", _("Đã hủy")
    RECORDED = "recorded", _("Đã ghi nhận")


class Medium(models.TextChoices):
    """Where the original lives."""

    ELECTRONIC = "electronic", _("Văn bản điện tử")
    PAPER = "paper", _("Văn bản giấy")
    ELSEWHERE = "elsewhere", _("Văn bản ban hành ngoài hệ thống")
    # Of a case of ours, but signed, numbered and sealed in the office's own system.
    UPLOADED = "uploaded", _("Bản do cơ quan tải lên")


def new_token() -> str:
    """144 random bits, url-safe: the public address of a document cannot be guessed."""
    return secrets.token_urlsafe(18)


def digest_of(content: Content) -> str:
    """SHA-256 (hex) of the content's canonical JSON."""
    text = json.dumps(to_json(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def step(
    *source: State, target: State, only_if: tuple[Callable[..., bool], ...] = ()
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A typed :func:`django_fsm.transition` on ``state``."""

    def declare(method: Callable[..., None]) -> Callable[..., None]:
        moved: Callable[..., None] = transition(
            field="state",
            source=[value.value for value in source],
            target=target.value,
            conditions=list(only_if),
        )(method)
        return moved

    return declare


def signed_by_all(document: Document) -> bool:
    return document.all_signed


def sealed_if_needed(document: Document) -> bool:
    sealed = bool(document.state == State.SEALED)
    return sealed or (document.all_signed and not document.needs_seal)


def sealed_alone(document: Document) -> bool:
    return bool(KINDS[document.kind].copy and document.medium == Medium.ELECTRONIC)


def issued_elsewhere(document: Document) -> bool:
    return bool(document.medium == Medium.ELSEWHERE)


class Document(Kept):
    """One official document: what it says, its number, its signer and how far it has come.

    ``content`` is frozen at creation; another content is another document. ``year`` is the year of
    ``date``. ``issued`` is the moment of the signature. A document issued outside the system has
    no series and no ``issued``: :mod:`documents.issuing.elsewhere`. ``original`` is what a copy
    was taken from: :mod:`documents.issuing.copies`. ``secretary_key`` is who signs minutes after
    their chair: :mod:`documents.issuing.countersigning`.
    """

    issuer = models.ForeignKey(
        Issuer, models.PROTECT, related_name="documents", verbose_name=_("Cơ quan ban hành")
    )
    kind = models.CharField(_("Loại"), max_length=40)
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, related_name="documents", verbose_name=_("Dãy số")
    )
    year = models.PositiveSmallIntegerField(_("Năm"), null=True)
    number = models.PositiveIntegerField(_("Số"), null=True)
    symbol = models.CharField(_("Ký hiệu"), max_length=30, blank=True)
    date = models.DateField(_("Ngày văn bản"), null=True)
    state = FSMField(_("Trạng thái"), choices=State.choices, default=State.RESERVED, protected=True)

    content = models.JSONField(_("Nội dung"))
    content_digest = models.CharField(_("SHA-256 nội dung"), max_length=64)
    original = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="copies", verbose_name=_("Sao từ")
    )
    medium = models.CharField(
        _("Hình thức"), max_length=10, choices=Medium, default=Medium.ELECTRONIC
    )
    signer_key = models.CharField(_("Khóa người ký"), max_length=100, blank=True)
    signer_name = models.CharField(_("Người ký"), max_length=120, blank=True)
    signer_capacity = models.TextField(_("Tư cách ký"), blank=True)
    secretary_key = models.CharField(_("Khóa thư ký"), max_length=100, blank=True, default="")
    attempt = models.UUIDField(_("Lần ký"), null=True)
    token = models.CharField(_("Mã công khai"), max_length=40, unique=True, default=new_token)

    created = models.DateTimeField(_("Lập lúc"), default=timezone.now)
    issued = models.DateTimeField(_("Ký lúc"), null=True)
    released = models.DateTimeField(_("Phát hành lúc"), null=True)
    void_reason = models.TextField(_("Lý do hủy"), blank=True)

    class Meta:
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")
        ordering = ["-year", "series", "-number", "-pk"]
        constraints = [
            # A void document keeps its number in the register; where the office's own book gave
            # the number, it is still free for the paper that will be signed under it.
            models.UniqueConstraint(
                fields=["series", "year", "number"],
                condition=~Q(state="void"),
                name="number_once",
            ),
            models.UniqueConstraint(
                fields=["issuer", "symbol", "year", "number"],
                condition=Q(medium=Medium.ELSEWHERE),
                name="elsewhere_once",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="document_state"),
            models.CheckConstraint(condition=Q(medium__in=Medium.values), name="document_medium"),
            models.CheckConstraint(
                # A comparison with NULL is unknown, which a check lets pass: so both are asked.
                condition=Q(state=State.RECORDED, number__isnull=True, series__isnull=True)
                | (
                    ~Q(state=State.RECORDED)
                    & Q(number__isnull=False, number__gte=1)
                    & Q(date__isnull=False, year__isnull=False)
                    & (
                        (~Q(medium=Medium.ELSEWHERE) & Q(series__isnull=False))
                        | Q(medium=Medium.ELSEWHERE, series__isnull=True)
                    )
                ),
                name="document_numbered",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.VOID) | ~Q(void_reason=""), name="void_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RELEASED)
                | (
                    Q(released__isnull=False)
                    & (Q(issued__isnull=False) | Q(medium=Medium.ELSEWHERE))
                ),
                name="released_was_issued",
            ),
        ]

    def __str__(self) -> str:
        return self.reference or f"{self.name} {self.pk}"

    @property
    def reference(self) -> str:
        """``"05/QĐ-UBND"``, empty without a number (Decree 30/2020, Phụ lục I.II.3c)."""
        return f"{self.number:02d}/{self.symbol}" if self.number else ""

    @property
    def name(self) -> str:
        """ "Quyết định": the name of its type."""
        return str(KINDS[self.kind].label)

    @property
    def state_word(self) -> str:
        """Its state as an office says it: a decision is in force, any other paper is out."""
        if self.state == State.RELEASED and self.kind != "decision":
            return _t("Đã phát hành")
        return str(self.get_state_display())

    @property
    def has_public_page(self) -> bool:
        """Signed here: what was issued outside the system is not ours to vouch for."""
        return self.issued is not None and self.medium != Medium.ELSEWHERE

    @property
    def subject(self) -> str:
        return str(self.content["subject"])

    @property
    def needs_seal(self) -> bool:
        return KINDS[self.kind].sealed

    @property
    def all_signed(self) -> bool:
        """Whether everybody has signed whose signature comes before the seal."""
        return bool(self.state == (State.COUNTERSIGNED if self.secretary_key else State.SIGNED))

    @property
    def half_signed(self) -> bool:
        """Whether the secretary of a meeting has yet to sign after its chair."""
        return bool(self.state == State.SIGNED) and not self.all_signed

    def get_state_display(self) -> str:  # type: ignore[no-redef]  # Django lets a class have its own
        return str(_("Chủ tọa đã ký, chờ thư ký") if self.half_signed else State(self.state).label)

    @property
    def secretary_name(self) -> str:
        """The name printed on the left, where a secretary signs; empty for another document."""
        return str(self.content["beside"]["name"]) if self.secretary_key else ""

    def says(self) -> Content:
        """The content as it was frozen."""
        return from_json(self.content)

    @step(State.RESERVED, target=State.PREPARED)
    def prepare(self) -> None:
        """The exact bytes to sign stand."""

    @step(State.PREPARED, target=State.SIGNED)
    def sign(self, at: datetime.datetime) -> None:
        self.issued = at

    @step(State.SIGNED, target=State.COUNTERSIGNED)
    def countersign(self) -> None:
        """The secretary of a meeting has signed after its chair (Mẫu 1.9)."""

    @step(State.SIGNED, State.COUNTERSIGNED, target=State.SEALED, only_if=(signed_by_all,))
    def seal(self) -> None:
        """The agency's seal stands, on paper or as a signature (Điều 32.2d: after the signer)."""

    @step(State.PREPARED, target=State.SEALED, only_if=(sealed_alone,))
    def seal_alone(self, at: datetime.datetime) -> None:
        """An electronic copy bears the agency's signature and no other (Điều 25.1c, Mẫu 3.2)."""
        self.issued = at

    @step(
        State.SIGNED,
        State.COUNTERSIGNED,
        State.SEALED,
        target=State.RELEASED,
        only_if=(sealed_if_needed,),
    )
    def release(self, at: datetime.datetime) -> None:
        self.released = at

    @step(State.RESERVED, target=State.RELEASED, only_if=(issued_elsewhere,))
    def acknowledge(self, at: datetime.datetime) -> None:
        """In force already when it is written down: signed and sealed outside the system."""
        self.released = at

    @step(
        State.RESERVED, State.PREPARED, State.SIGNED, State.COUNTERSIGNED, State.SEALED,
        target=State.VOID,
    )  # fmt: skip
    def cancel(self, reason: str) -> None:
        self.void_reason, self.attempt = reason, None

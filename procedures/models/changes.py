"""The lines of a dossier: what its decision changes, and whom it names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from workflows.errors import Refusal

from ..teams import in_order
from .people import Consent, Person
from .places import Hamlet
from .teams import Level, SeatRole, Team


class Change(models.Model):
    """One line of a dossier: what the decision changes.

    ``level`` and ``hamlet`` say where; ``team`` is filled once the team exists. ``own_decision``
    is set where the line rests on another decision than the rest of the dossier. ``origin`` is the
    request that asked for the line, while a round has gathered it. ``cause`` and ``reason`` say why
    somebody leaves a team or a post in it, ``heard`` what he said of it himself; they are never
    printed with a name in public.
    """

    class Kind(models.TextChoices):
        CREATE = "create", _("Thành lập tổ")
        AMEND = "amend", _("Sửa đổi, bổ sung danh sách tổ")
        REPLACE = "replace", _("Thay thế quyết định về tổ")
        RECALL = "recall", _("Thu hồi quyết định về tổ")
        ADMIT = "admit", _("Kết nạp thành viên")
        LEAVE = "leave", _("Cho thôi tham gia tổ")
        REMOVE = "remove", _("Đưa ra khỏi danh sách tổ")
        APPOINT = "appoint", _("Thay Tổ trưởng, Tổ phó")
        REVISE = "revise", _("Kiện toàn tổ")
        DISSOLVE = "dissolve", _("Giải thể tổ")

    class Cause(models.TextChoices):
        """Why somebody leaves a team, or a post in it."""

        OWN_WISH = "own_wish", _("Theo nguyện vọng")
        MOVED = "moved", _("Chuyển nơi ở, nơi làm việc")
        HEALTH = "health", _("Vì sức khỏe")
        DIED = "died", _("Đã mất")
        VIOLATION = "violation", _("Vi phạm")
        POST_LOST = "post_lost", _("Thôi giữ chức vụ là căn cứ của vị trí trong tổ")

    dossier = models.ForeignKey("Dossier", models.CASCADE, related_name="changes")
    origin = models.ForeignKey(
        "Dossier", models.PROTECT, null=True, blank=True, related_name="given_lines"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CREATE)
    level = models.CharField(_("Cấp"), max_length=10, choices=Level)
    hamlet = models.ForeignKey(Hamlet, models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    own_decision = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Quyết định riêng"),
    )
    # The seats the list was drawn up from, by primary key: what it is compared with ever after.
    basis = models.JSONField(default=list, blank=True)
    cause = models.CharField(_("Lý do"), max_length=10, choices=Cause, blank=True, default="")
    reason = models.CharField(_("Nói rõ lý do"), max_length=500, blank=True, default="")
    heard = models.CharField(
        _("Ý kiến của người bị đề nghị"), max_length=500, blank=True, default=""
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> str:
        """ "bản Bãi Sở" or "xã Tam Quang"."""
        return self.hamlet.full_name if self.hamlet else self.dossier.commune.full_name

    @property
    def decision(self) -> Document | None:
        """The decision the line rests on: its own, or the one of the whole dossier."""
        own: Document | None = self.own_decision if self.own_decision_id else None
        return own or self.dossier.decision

    @property
    def team_name(self) -> str:
        return f"Tổ công nghệ số cộng đồng {self.place}"

    @property
    def entry(self) -> str:
        """In a list of lines: "Vi Thị Hoa: kết nạp thành viên, bản Bãi Sở", or its team."""
        if self.kind not in (Change.Kind.ADMIT, Change.Kind.LEAVE, Change.Kind.REMOVE):
            return self.team_name
        people = ", ".join(seat.full_name for seat in self.seats.all())
        return f"{people}: {self.get_kind_display().lower()}, {self.place}"

    @property
    def title(self) -> str:
        return f"{_TITLES[Change.Kind(self.kind)]} {self.team_name}"

    @cached_property
    def standing(self) -> list[Seat]:
        """The list of the team as its decisions leave it today: what the line departs from."""
        return in_order.standing_list(self.team)

    @cached_property
    def before(self) -> list[Seat]:
        """The list the line was drawn up from, whatever became of it since."""
        found = Seat.objects.select_related("person").in_bulk(self.basis)
        return [found[pk] for pk in self.basis if pk in found]

    def start_from(self, seats: Sequence[Seat], rows: list[dict[str, Any]] | None = None) -> None:
        """Draw the line up from these seats: ``rows``, or all of them as they are."""
        self.basis = [seat.pk for seat in seats]
        self.save(update_fields=["basis"])
        self.replace_seats([kept(seat) for seat in seats] if rows is None else rows)
        for name in ("before", "standing"):
            self.__dict__.pop(name, None)

    def follow(self, rows: list[dict[str, Any]]) -> None:
        """:meth:`replace_seats` where each may follow only a seat the list was drawn up from."""
        known = set(self.basis) or {seat.pk for seat in self.standing}
        if not {row["was_id"] for row in rows if row.get("was_id")} <= known:
            raise Refusal(_t("Danh sách của tổ vừa thay đổi. Ông/bà mở lại trang này."))
        self.replace_seats(rows)

    def replace_seats(self, rows: list[dict[str, Any]]) -> None:
        """``rows`` are the columns of :class:`Seat` as typed, in order."""
        self.seats.all().delete()
        Seat.objects.bulk_create(
            Seat(change=self, position=position, **row) for position, row in enumerate(rows, 1)
        )
        # What was read before the act must not be told as what stands after it.
        getattr(self, "_prefetched_objects_cache", {}).pop("seats", None)

    def snapshot(self) -> dict[str, Any]:
        own = {"decision": self.own_decision_id} if self.own_decision_id else {}
        return {
            "kind": self.kind,
            "level": self.level,
            "hamlet": self.hamlet_id,
            "seats": [seat.snapshot() for seat in self.seats.all()],
            **({"origin": self.origin_id} if self.origin_id else {}),
            **({"basis": self.basis} if self.basis else {}),
            **({"cause": self.cause, "reason": self.reason} if self.cause else {}),
            **({"heard": self.heard} if self.heard else {}),
            **own,
        }


_TITLES = {
    Change.Kind.CREATE: "Thành lập",
    Change.Kind.AMEND: "Sửa đổi, bổ sung danh sách",
    Change.Kind.REPLACE: "Thay thế quyết định về",
    Change.Kind.RECALL: "Thu hồi quyết định về",
    Change.Kind.ADMIT: "Kết nạp thành viên",
    Change.Kind.LEAVE: "Cho thôi tham gia",
    Change.Kind.REMOVE: "Đưa ra khỏi danh sách",
    Change.Kind.APPOINT: "Thay Tổ trưởng, Tổ phó",
    Change.Kind.REVISE: "Kiện toàn",
    Change.Kind.DISSOLVE: "Giải thể",
}


class Seat(Consent):
    """A person proposed for a team, as typed; ``person`` is known once the dossier was sent.

    ``may_publish`` and the guardian of a minor: see :class:`~procedures.models.people.Consent`. In
    a list that puts another right ``was`` is the seat as it stood before: with the same person,
    whose name may have been misspelt, or with ``another``.
    """

    change = models.ForeignKey(Change, models.CASCADE, related_name="seats")
    position = models.PositiveSmallIntegerField()
    full_name = models.CharField(_("Họ và tên"), max_length=120)
    birth_year = models.PositiveSmallIntegerField(_("Năm sinh"), null=True, blank=True)
    phone = models.CharField(_("Số điện thoại"), max_length=20, blank=True)
    role = models.CharField(
        _("Chức vụ trong tổ"), max_length=12, choices=SeatRole, default=SeatRole.MEMBER
    )
    represents = models.CharField(_("Thành phần"), max_length=120, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    was = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    another = models.BooleanField(_("Là người khác"), default=False)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.full_name} - {self.get_role_display()}"

    def snapshot(self) -> list[Any]:
        typed = [self.full_name, self.birth_year, self.phone, self.role, self.represents]
        said = [*typed, *self.consent_snapshot()]
        return [*said, self.was_id, self.another] if self.was_id else said


_KEPT = (
    "full_name", "birth_year", "phone", "role", "represents", "may_publish", "guardian_name",
    "guardian_phone", "guardian_relation",
)  # fmt: skip


def kept(seat: Seat, **otherwise: Any) -> dict[str, Any]:
    """The columns of a seat that stays as it is, ``otherwise`` for what changes."""
    return {**{name: getattr(seat, name) for name in _KEPT}, "was_id": seat.pk, **otherwise}

"""Who a commune registers for a course held by an office above, and what came of it."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows.errors import Refusal
from workflows.models import in_force
from workflows.states import State, Step

from ..lists import viewings
from .drafted import Matter
from .people import Person
from .teams import Membership, SeatRole, Team
from .viewings import Viewing

REGISTER_TRAINING = "register_training"


class Training(Matter):
    """The course, the request for names if there was one, and who is registered.

    ``full_phones`` is true only after somebody said why (``purpose``), which the log of viewings
    keeps.
    """

    TYPED: ClassVar[tuple[str, ...]] = (
        "organiser", "course", "reference", "date", "due", "full_phones", "purpose",
    )  # fmt: skip

    organiser = models.CharField(_("Cơ quan tổ chức"), max_length=150, blank=True)
    course = models.CharField(_("Nội dung lớp tập huấn"), max_length=200, blank=True)
    reference = models.CharField(_("Số, ký hiệu văn bản đề nghị"), max_length=60, blank=True)
    date = models.DateField(_("Ngày của văn bản đề nghị"), null=True, blank=True)
    due = models.DateField(_("Hạn đăng ký"), null=True, blank=True)
    full_phones = models.BooleanField(_("In số điện thoại đầy đủ"), default=False)
    purpose = models.CharField(_("Vì sao cần số đầy đủ"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("đăng ký tập huấn")
        verbose_name_plural = _("đăng ký tập huấn")
        constraints = [
            models.CheckConstraint(
                condition=Q(full_phones=False) | ~Q(purpose=""),
                name="training_phones_have_a_purpose",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        if not self.course:
            return _t("Đăng ký tập huấn")
        return _t("Đăng ký tập huấn: %(course)s") % {"course": self.course}

    def columns(self) -> dict[str, Any]:
        """``people`` are the keys of the seats from which somebody is registered."""
        return super().columns() | {"people": self._seats()}

    @cached_property
    def listed(self) -> list[Any]:
        return list(self.trainees.select_related("person")) if self.pk else []

    def _seats(self) -> list[int]:
        chosen = {(row.person_id, row.team_id) for row in self.listed}
        seats = Membership.objects.filter(in_force(), team__commune=self.dossier.commune_id)
        seats = seats.filter(person__in=[person for person, _team in chosen])
        return [seat.pk for seat in seats if (seat.person_id, seat.team_id) in chosen]

    def write(self, typed: dict[str, Any], step: Step) -> None:
        """The people too: ``typed["people"]`` are keys of seats of today.

        Raises :class:`Refusal` for full phones without a purpose, and for a seat that is not of
        this commune's teams today.
        """
        if typed.get("full_phones") and not str(typed.get("purpose", "")).strip():
            raise Refusal(_t("Ông/bà ghi rõ vì sao cần số điện thoại đầy đủ."), field="purpose")
        if not typed.get("full_phones"):
            typed = typed | {"purpose": ""}
        super().write(typed, step)
        if "people" in typed:
            self._register(typed["people"])
        if self.full_phones:
            self._tell_the_log(step)

    def _register(self, people: list[int]) -> None:
        seats = Membership.objects.filter(in_force(), team__commune=self.dossier.commune_id)
        found = seats.select_related("person", "team").in_bulk([int(key) for key in people])
        if len(found) != len(set(people)):
            raise Refusal(_t("Danh sách tổ vừa thay đổi. Ông/bà mở lại trang này."), field="people")
        self.trainees.all().delete()
        Trainee.objects.bulk_create(
            Trainee.of_seat(self, position, found[int(key)])
            for position, key in enumerate(dict.fromkeys(people), 1)
        )

    def _tell_the_log(self, step: Step) -> None:
        """Every time phones are put into the letter in full the log says who, when and why."""
        viewings.write_down(
            step.by,
            [step.capacity],
            self.dossier.agency,
            Viewing.Kind.EXPORT,
            title=self.title,
            count=self.trainees.exclude(person__phone="").count(),
            purpose=self.purpose,
            dossier=self.dossier,
        )

    def named(self) -> list[str]:
        return [row.full_name for row in self.listed]

    def snapshot(self) -> list[Any]:
        return [*super().columns().values(), [row.snapshot() for row in self.listed]]

    def gone(self, on: datetime.date) -> list[str]:
        """Who is registered from a team in which he no longer sits."""
        rows = Membership.objects.filter(in_force(on), team__commune=self.dossier.commune_id)
        sitting = set(rows.values_list("person", "team"))
        listed = self.listed
        return [row.full_name for row in listed if (row.person_id, row.team_id) not in sitting]

    def teams_without(self, on: datetime.date) -> list[str]:
        """The teams of the day from which nobody is registered."""
        teams = Team.objects.filter(in_force(on), commune=self.dossier.commune_id)
        without = teams.exclude(pk__in=[row.team_id for row in self.listed if row.team_id])
        return list(without.order_by("pk").values_list("name", flat=True))


class Outcome(models.TextChoices):
    """What became of a person registered for a course."""

    TOOK_PART = "took_part", _("Đã tham gia")
    ABSENT = "absent", _("Không tham gia")


class Trainee(models.Model):
    """A person registered for a course, as the roster named him then; afterwards what came of it.

    ``outcome`` is empty until somebody says so.
    """

    training = models.ForeignKey(Training, models.CASCADE, related_name="trainees")
    position = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="+")
    full_name = models.CharField(_("Họ và tên"), max_length=120)
    role = models.CharField(_("Chức vụ trong tổ"), max_length=12, choices=SeatRole)
    team_name = models.CharField(_("Tên tổ"), max_length=200)
    outcome = models.CharField(
        _("Tham gia"), max_length=10, choices=Outcome, blank=True, default=""
    )
    result = models.CharField(_("Kết quả"), max_length=120, blank=True, default="")

    class Meta:
        verbose_name = _("người đi tập huấn")
        verbose_name_plural = _("người đi tập huấn")
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.full_name} - {self.training}"

    @classmethod
    def of_seat(cls, training: Training, position: int, seat: Membership) -> Trainee:
        return cls(
            training=training,
            position=position,
            person=seat.person,
            team=seat.team,
            full_name=seat.person.full_name,
            role=seat.role,
            team_name=seat.team.name,
        )

    @classmethod
    def of_team(cls, team: Team) -> QuerySet[Trainee]:
        """Everybody a team ever sent to a course, the latest first."""
        rows = cls.objects.filter(team=team, training__dossier__state=State.RELEASED)
        return rows.select_related("training__dossier__decision").order_by("-training", "position")

    def snapshot(self) -> list[Any]:
        said = [self.person_id, self.full_name, self.role, self.team_name]
        return [*said, self.outcome, self.result] if self.outcome else said

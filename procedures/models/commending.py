"""Who is proposed for a commendation, for what, and the meeting that considered it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows.errors import Refusal
from workflows.models import in_force
from workflows.states import State, Step

from ..people import names
from .drafted import Matter
from .people import Person
from .places import Commune
from .teams import Membership, Team

COMMEND = "commend"
# What a row may name besides a team ("t5") or a seat in one ("m7").
OTHER_PERSON, OTHER_GROUP = "op", "og"


class Merit(models.Model):
    """An achievement put forward by whoever leads a team; a specialist collects it.

    ``person`` is empty where the whole team is meant. It is never changed: the dossier that takes
    it in copies what it says.
    """

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="merits")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="+")
    team_name = models.CharField(_("Tên tổ"), max_length=200)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("Được đề xuất"), max_length=200)
    achievement = models.CharField(_("Thành tích"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(_("Người đề xuất"), max_length=120)
    at = models.DateTimeField(_("Lúc"), default=timezone.now)

    class Meta:
        verbose_name = _("đề xuất khen thưởng")
        verbose_name_plural = _("đề xuất khen thưởng")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.achievement}"

    @classmethod
    def waiting(cls, communes: Any) -> QuerySet[Merit]:
        """Those of these communes that no dossier has taken in, or one that was withdrawn."""
        taken = Commended.objects.exclude(commendation__dossier__state=State.WITHDRAWN)
        taken = taken.exclude(merit=None)
        return cls.objects.filter(commune__in=communes).exclude(pk__in=taken.values("merit"))


class Commendation(Matter):
    """What is rewarded, and the meeting: day, number of its minutes, result of the vote."""

    TYPED: ClassVar[tuple[str, ...]] = (
        "occasion", "meeting_date", "minutes", "present", "in_favour",
    )  # fmt: skip

    occasion = models.CharField(_("Thành tích chung"), max_length=200, blank=True)
    meeting_date = models.DateField(_("Ngày họp xét"), null=True, blank=True)
    minutes = models.CharField(_("Số biên bản họp"), max_length=60, blank=True)
    present = models.PositiveSmallIntegerField(_("Số người dự họp"), null=True, blank=True)
    in_favour = models.PositiveSmallIntegerField(_("Số người đồng ý"), null=True, blank=True)

    class Meta:
        verbose_name = _("đề nghị khen thưởng")
        verbose_name_plural = _("đề nghị khen thưởng")

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        if not self.occasion:
            return _t("Khen thưởng")
        return _t("Khen thưởng thành tích %(occasion)s") % {"occasion": self.occasion}

    def columns(self) -> dict[str, Any]:
        """``rows`` are the rewarded as the boxes show them."""
        rows = self.listed
        seats = Membership.objects.filter(
            in_force(), person__in=[row.person_id for row in rows if row.person_id]
        )
        held = {(seat.person_id, seat.team_id): seat.pk for seat in seats} if rows else {}
        return super().columns() | {"rows": [row.as_typed(held) for row in rows]}

    @cached_property
    def listed(self) -> list[Any]:
        return list(self.rows.select_related("person")) if self.pk else []

    def write(self, typed: dict[str, Any], step: Step) -> None:
        """The rewarded too: ``typed["rows"]`` replace them, ``typed["take"]`` are the keys of
        merits to take in after them.

        Raises :class:`Refusal` for a team, a seat or a merit that is not this commune's.
        """
        super().write(typed, step)
        if "rows" not in typed:
            return
        rows = [self._row(row) for row in typed["rows"]]
        rows += [self._of_merit(merit) for merit in self._merits(typed.get("take", ()))]
        self.rows.all().delete()
        for position, row in enumerate(rows, 1):
            row.commendation, row.position = self, position
        Commended.objects.bulk_create(rows)

    def _merits(self, keys: Any) -> list[Merit]:
        waiting = Merit.waiting([self.dossier.commune_id]).select_related("person", "team")
        found = list(waiting.filter(pk__in=list(keys)))
        if len(found) != len(set(keys)):
            raise Refusal(_t("Đề xuất này đã được đưa vào hồ sơ khác. Ông/bà mở lại trang này."))
        return found

    def _of_merit(self, merit: Merit) -> Commended:
        return Commended(
            merit=merit,
            team=merit.team,
            person=merit.person,
            collective=merit.person is None,
            name=merit.name,
            detail="" if merit.person is None else merit.team_name,
            achievement=merit.achievement,
        )

    def _row(self, typed: dict[str, Any]) -> Commended:
        row = Commended(
            achievement=names.clean(typed.get("achievement") or ""), amount=typed.get("amount")
        )
        if key := typed.get("merit"):
            row.merit = Merit.objects.filter(commune=self.dossier.commune_id, pk=key).first()
        who = str(typed.get("who") or "")
        if who[:1] in "tm" and who[1:].isdecimal():
            self._name_from_roster(row, who)
        else:
            row.name, row.collective = names.clean(typed.get("other") or ""), who == OTHER_GROUP
        return row

    def _name_from_roster(self, row: Commended, who: str) -> None:
        commune = self.dossier.commune_id
        if who[0] == "t":
            team = Team.objects.filter(in_force(), commune=commune, pk=who[1:]).first()
            if team:
                row.team, row.name, row.collective = team, team.name, True
                return
        seats = Membership.objects.filter(in_force(), team__commune=commune, pk=who[1:])
        seat = seats.select_related("person", "team").first() if who[0] == "m" else None
        if seat is None:
            raise Refusal(_t("Danh sách tổ vừa thay đổi. Ông/bà mở lại trang này."))
        row.person, row.team, row.name = seat.person, seat.team, seat.person.full_name
        row.detail = f"{seat.get_role_display()} {seat.team.name}"

    def snapshot(self) -> list[Any]:
        return [*super().columns().values(), [row.snapshot() for row in self.listed]]

    def named(self) -> list[str]:
        return [row.name for row in self.listed]

    def rewards(self, user: Any) -> bool:
        """By name or account, himself or as one of a team. A namesake counts as him unless the
        birth years tell them apart."""
        rows = self.listed
        teams = [row.team_id for row in rows if row.collective and row.team_id]
        seats = Membership.objects.filter(in_force(), team__in=teams).select_related("person")
        sitting = list(seats) if teams else []
        people = [row.person for row in rows if row.person] + [seat.person for seat in sitting]
        own = Person.objects.filter(user=user).first()
        outside = [row.name for row in rows if not row.person and not row.collective]
        return any(_is(person, user, own) for person in people) or any(
            names.same_name(name, user.full_name) for name in outside
        )


def _is(person: Person, user: Any, own: Person | None) -> bool:
    if person.user_id == user.pk:
        return True
    years = (person.birth_year, own.birth_year if own else None)
    apart = all(years) and years[0] != years[1]
    return names.same_name(person.full_name, user.full_name) and not apart


class Commended(models.Model):
    """A person or a group that is rewarded. ``amount`` in đồng, only where it was typed."""

    commendation = models.ForeignKey(Commendation, models.CASCADE, related_name="rows")
    position = models.PositiveSmallIntegerField()
    merit = models.ForeignKey(Merit, models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    collective = models.BooleanField(_("Là tập thể"), default=False)
    name = models.CharField(_("Họ và tên hoặc tên tập thể"), max_length=200, blank=True)
    detail = models.CharField(_("Chức vụ, đơn vị"), max_length=250, blank=True)
    achievement = models.CharField(_("Thành tích"), max_length=500, blank=True)
    amount = models.PositiveIntegerField(_("Tiền thưởng (đồng)"), null=True, blank=True)

    class Meta:
        verbose_name = _("người, tập thể được khen")
        verbose_name_plural = _("người, tập thể được khen")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name

    def as_typed(self, held: dict[tuple[int, int], int]) -> dict[str, Any]:
        """The row as its boxes show it; ``held`` are the seats by person and team."""
        seat = held.get((self.person_id or 0, self.team_id or 0))
        who = f"m{seat}" if seat else OTHER_PERSON
        if self.collective:
            who = f"t{self.team_id}" if self.team_id else OTHER_GROUP
        told = {"who": who, "other": "" if who[1:].isdecimal() else self.name}
        return told | {
            "achievement": self.achievement, "amount": self.amount, "merit": self.merit_id
        }  # fmt: skip

    def snapshot(self) -> list[Any]:
        said = [self.name, self.detail, self.collective, self.achievement, self.amount]
        return [*said, self.person_id, self.merit_id]

"""Targets: what a decision asks of each team, as numbers that can be counted again.

A share is a numerator asked for over a denominator counted, with the source and the day of that
count; a percent only helps to reckon the numerator and never stands alone. Sources: Công văn
3293/UBND-CN of UBND tỉnh Thừa Thiên Huế (2022), mục III.4.a, IV.1; Kế hoạch of UBND tỉnh Ninh
Thuận (2022), mục III.1.b.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from .indicators import Indicator
from .teams import Team


class Origin(models.TextChoices):
    """Where a set of targets comes from."""

    SUPERIOR = "superior", _("Văn bản của cấp trên giao xuống")
    OWN = "own", _("Kế hoạch của chính xã, phường")


class TargetSet(models.Model):
    """What one decision asks of some teams until a day, and the paper it follows.

    ``paper`` is the type of that paper ("Công văn"), ``excerpt`` its trích yếu ("về việc …"),
    ``scan`` the name its scan is kept under. ``like`` is the set this one was begun from, ``asked``
    the request of a team it answers.
    """

    dossier = models.OneToOneField("Dossier", models.CASCADE, related_name="target_set")
    origin = models.CharField(_("Căn cứ giao"), max_length=10, choices=Origin, blank=True)
    paper = models.CharField(_("Loại văn bản"), max_length=40, blank=True)
    number = models.CharField(_("Số, ký hiệu"), max_length=40, blank=True)
    date = models.DateField(_("Ngày văn bản"), null=True, blank=True)
    issuer = models.CharField(_("Cơ quan ban hành"), max_length=160, blank=True)
    excerpt = models.CharField(_("Trích yếu"), max_length=300, blank=True)
    scan = models.CharField(_("Bản quét"), max_length=200, blank=True)
    since = models.DateField(_("Thực hiện từ ngày"), null=True, blank=True)
    due = models.DateField(_("Hạn hoàn thành"), null=True, blank=True)
    like = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    asked = models.ForeignKey(
        "TargetRequest", models.PROTECT, null=True, blank=True, related_name="answering"
    )

    class Meta:
        verbose_name = _("bộ chỉ tiêu")
        verbose_name_plural = _("bộ chỉ tiêu")

    def __str__(self) -> str:
        return str(self.dossier)


class TargetItem(models.Model):
    """One indicator of a set. ``percent`` is what was typed to reckon the numerators by;
    ``base_source`` and ``base_date`` say who counted the denominators and when."""

    target_set = models.ForeignKey(TargetSet, models.CASCADE, related_name="items")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    percent = models.DecimalField(
        _("Tỷ lệ phải đạt"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    base_source = models.CharField(_("Nguồn của tổng số"), max_length=200, blank=True)
    base_date = models.DateField(_("Tổng số tính đến ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("chỉ số được giao")
        verbose_name_plural = _("chỉ số được giao")
        ordering = ["indicator_id"]
        constraints = [
            models.UniqueConstraint(fields=["target_set", "indicator"], name="indicator_once_a_set")
        ]

    def __str__(self) -> str:
        return str(self.indicator)


class TargetTeam(models.Model):
    """A team of a set. ``seen`` is when its leader or deputy first opened what was decided."""

    target_set = models.ForeignKey(TargetSet, models.CASCADE, related_name="places")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    seen = models.DateTimeField(_("Đã xem lúc"), null=True, blank=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("tổ được giao chỉ tiêu")
        verbose_name_plural = _("tổ được giao chỉ tiêu")
        ordering = ["team_id"]
        constraints = [
            models.UniqueConstraint(fields=["target_set", "team"], name="team_once_a_set")
        ]

    def __str__(self) -> str:
        return str(self.team)


class Target(models.Model):
    """What one team is to reach in one indicator: ``numerator``, out of ``denominator`` in a share.

    ``replaced_by`` is the target of a later decision for the same team, indicator and days.
    """

    item = models.ForeignKey(TargetItem, models.CASCADE, related_name="targets")
    place = models.ForeignKey(TargetTeam, models.CASCADE, related_name="targets")
    numerator = models.PositiveIntegerField(_("Phải đạt"), null=True, blank=True)
    denominator = models.PositiveIntegerField(_("Trên tổng số"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces"
    )

    class Meta:
        verbose_name = _("chỉ tiêu")
        verbose_name_plural = _("chỉ tiêu")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "place"], name="target_once"),
            models.CheckConstraint(
                condition=Q(denominator=None)
                | Q(numerator=None)
                | Q(numerator__lte=F("denominator")),
                name="target_is_a_part",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place.team}: {self.item.indicator}"

    @property
    def told(self) -> str:
        """ "36/120 hộ (30%)", or "5 buổi" for a plain count; empty while nothing is asked."""
        return amount(self.numerator, self.denominator, self.item.indicator.unit)


def amount(numerator: int | None, denominator: int | None, unit: str) -> str:
    """A number as it is read everywhere: the share only beside what it is a share of."""
    if numerator is None:
        return ""
    if denominator is None:
        return f"{numerator} {unit}"
    return f"{numerator}/{denominator} {unit} ({percent(numerator, denominator)})"


def percent(numerator: int, denominator: int) -> str:
    """ "30%", "33,3%": one decimal at most, with the comma of Vietnamese numbers."""
    if not denominator:
        return "-"
    # Cut, not rounded: 119 of 120 is not yet 100 %.
    tenths = numerator * 1000 // denominator
    whole, rest = divmod(tenths, 10)
    return f"{whole},{rest}%" if rest else f"{whole}%"


@dataclass(frozen=True)
class Sheet:
    """A set as a table: teams down, indicators across. ``cells`` by (place, item) key."""

    target_set: TargetSet
    items: list[TargetItem]
    places: list[TargetTeam]
    cells: dict[tuple[int, int], Target]

    def cell(self, place: TargetTeam, item: TargetItem) -> Target | None:
        return self.cells.get((place.pk, item.pk))

    def asked(self, place: TargetTeam) -> list[Target]:
        """What is asked of one team, in the order of the indicators."""
        found = (self.cell(place, item) for item in self.items)
        return [target for target in found if target and target.numerator is not None]

    @property
    def rows(self) -> list[tuple[TargetTeam, list[Target | None]]]:
        return [(place, [self.cell(place, item) for item in self.items]) for place in self.places]


def read_sheet(target_set: TargetSet) -> Sheet:
    """The table of a set in three queries."""
    items = list(target_set.items.select_related("indicator"))
    places = list(target_set.places.select_related("team__hamlet", "seen_by"))
    by_item = {item.pk: item for item in items}
    by_place = {place.pk: place for place in places}
    cells = {}
    for target in Target.objects.filter(item__in=by_item, place__in=by_place):
        target.item, target.place = by_item[target.item_id], by_place[target.place_id]
        cells[target.place_id, target.item_id] = target
    return Sheet(target_set, items, places, cells)


class TargetRequest(models.Model):
    """A team's reasoned wish that a target be changed, and the office's answer.

    It is answered by a refusal with its reason (``refusal``) or by a new decision
    (:attr:`TargetSet.asked`); a new case that is given up leaves it open.
    """

    target = models.ForeignKey(Target, models.PROTECT, related_name="requests")
    reason = models.TextField(_("Lý do đề nghị"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Gửi lúc"), auto_now_add=True)
    refusal = models.TextField(_("Vì sao không điều chỉnh"), max_length=1000, blank=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("đề nghị điều chỉnh chỉ tiêu")
        verbose_name_plural = _("đề nghị điều chỉnh chỉ tiêu")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return _t("Đề nghị điều chỉnh: %(target)s") % {"target": self.target}

"""What a dossier that assigns targets does at its acts; nothing for every other."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext as _t

from documents import service as documents
from workflows.errors import Refusal
from workflows.states import State, Step

from ..teams.standing_teams import all_standing
from .indicators import Indicator
from .targets import (
    Origin,
    Sheet,
    Target,
    TargetItem,
    TargetSet,
    TargetTeam,
    read_sheet,
)
from .teams import Team

if TYPE_CHECKING:
    from workflows.states import Record as Base

    from .dossiers import Dossier
else:
    Base = object

ASSIGN_TARGETS = "assign_targets"
_ITEM = ("percent", "base_source", "base_date")
Cells = dict[tuple[int, int], tuple[int | None, int | None]]


class Targeting(Base):
    """The targets of a dossier: written by its author, told to the ledger, put into force."""

    _sheet: Sheet | None = None

    @property
    def assigns(self) -> bool:
        """Whether the dossier assigns targets."""
        return self._dossier.procedure == ASSIGN_TARGETS

    def target_sheet(self) -> Sheet:
        """Its table, read once; :meth:`rewrite_targets` reads it anew."""
        if self._sheet is None:
            self._sheet = read_sheet(TargetSet.objects.get(dossier=self._dossier.pk))
        return self._sheet

    def rewrite_targets(self, step: Step) -> None:
        """Keep what the author typed, ``step.data``: ``plan`` (columns of :class:`TargetSet`, and
        ``scan`` as bytes), ``indicators`` and ``teams`` chosen, ``items`` by key, ``cells`` by
        (place, item).
        """
        sheet, data = self.target_sheet(), step.data
        if "plan" in data:
            _write_plan(sheet.target_set, data["plan"])
        if "indicators" in data:
            self._choose_indicators(sheet, set(data["indicators"]))
        if "teams" in data:
            self._choose_teams(sheet, set(data["teams"]))
        if "cells" in data:
            _write_items(sheet, data["items"])
            _write_cells(sheet, data["cells"])
        self._sheet = None
        self._dossier.name = _called(self.target_sheet())

    def _choose_indicators(self, sheet: Sheet, chosen: set[int]) -> None:
        known = Indicator.objects.filter(commune=self._dossier.commune_id, pk__in=chosen)
        if known.count() != len(chosen):
            raise Refusal(_t("Chọn chỉ số của xã, phường mình."), field="indicators")
        kept = {item.indicator_id for item in sheet.items}
        sheet.target_set.items.exclude(indicator__in=chosen).delete()
        TargetItem.objects.bulk_create(
            TargetItem(target_set=sheet.target_set, indicator_id=pk) for pk in sorted(chosen - kept)
        )

    def _choose_teams(self, sheet: Sheet, chosen: set[int]) -> None:
        kept = {place.team_id for place in sheet.places}
        new = chosen - kept
        if all_standing(self._dossier.commune).filter(pk__in=new).count() != len(new):
            raise Refusal(_t("Chọn tổ đang hoạt động của xã, phường mình."), field="teams")
        sheet.target_set.places.exclude(team__in=chosen).delete()
        TargetTeam.objects.bulk_create(
            TargetTeam(target_set=sheet.target_set, team_id=pk) for pk in sorted(new)
        )

    def told_targets(self) -> dict[str, Any]:
        """What the ledger's digest says of them."""
        if not self.assigns:
            return {}
        sheet = self.target_sheet()
        asked = sheet.target_set
        fields = ("origin", "paper", "number", "date", "issuer", "excerpt", "scan", "since", "due")
        return {
            "target_set": {name: getattr(asked, name) for name in fields},
            "items": [[i.indicator_id, *(getattr(i, name) for name in _ITEM)] for i in sheet.items],
            "targets": [
                [place.team_id, *((t.numerator, t.denominator) if t else None for t in row)]
                for place, row in sheet.rows
            ],
        }

    def put_right(self) -> None:
        """A released decision takes the place of earlier targets for the same days."""
        super().put_right()
        if self.assigns:
            _supersede(self._dossier)

    @property
    def _dossier(self) -> Dossier:
        return cast("Dossier", self)


def _write_plan(target_set: TargetSet, plan: dict[str, Any]) -> None:
    scan = plan.get("scan") or b""
    for name, value in plan.items():
        if name != "scan":
            setattr(target_set, name, value)
    if target_set.origin == Origin.OWN and not target_set.issuer:
        target_set.issuer = f"Ủy ban nhân dân {target_set.dossier.commune.full_name}"
    if scan:
        target_set.scan = documents.keep_scan(scan)
    target_set.save()


def _write_items(sheet: Sheet, items: dict[int, dict[str, Any]]) -> None:
    for item in sheet.items:
        for name in _ITEM:
            setattr(item, name, items.get(item.pk, {}).get(name, getattr(item, name)))
    TargetItem.objects.bulk_update(sheet.items, _ITEM)


def _write_cells(sheet: Sheet, cells: Cells) -> None:
    """The numbers as typed; a numerator left open is reckoned where a percent was typed."""
    percents = {item.pk: item.percent for item in sheet.items}
    places = {place.pk for place in sheet.places}
    Target.objects.filter(place__in=places).delete()
    Target.objects.bulk_create(
        Target(place_id=place, item_id=item, numerator=asked, denominator=denominator)
        for (place, item), (numerator, denominator) in cells.items()
        if place in places and item in percents
        for asked in [share(numerator, denominator, percents[item])]
        if asked is not None or denominator is not None
    )


def share(numerator: int | None, denominator: int | None, percent: Decimal | None) -> int | None:
    """The numerator typed, else the least one that is ``percent`` of the denominator."""
    if numerator is not None or denominator is None or percent is None:
        return numerator
    return math.ceil(percent * denominator / 100)


def _called(sheet: Sheet) -> str:
    """ "Giao chỉ tiêu cho 18 tổ, hạn 31/12/2026"."""
    whom = _t("%(count)d tổ") % {"count": len(sheet.places)}
    if len(sheet.places) == 1:
        whom = str(sheet.places[0].team)
    due = sheet.target_set.due
    called = _t("Giao chỉ tiêu cho %(whom)s") % {"whom": whom}
    return f"{called}, {_t('hạn %(day)s') % {'day': f'{due:%d/%m/%Y}'}}" if due else called


def overlapped(sheet: Sheet) -> list[Target]:
    """The targets in force whose place those of ``sheet`` take: same team, same indicator, days in
    common."""
    asked = sheet.target_set
    if asked.since is None or asked.due is None:
        return []
    older = Target.objects.filter(
        item__target_set__dossier__state=State.RELEASED,
        item__target_set__since__lte=asked.due,
        item__target_set__due__gte=asked.since,
        item__indicator__in=[item.indicator_id for item in sheet.items],
        place__team__in=[place.team_id for place in sheet.places],
        replaced_by=None,
        numerator__isnull=False,
    ).exclude(item__target_set=asked)
    deep = ("item__indicator", "item__target_set__dossier__decision", "place__team")
    new = by_subject(sheet)
    return [old for old in older.select_related(*deep) if _subject(old) in new]


def by_subject(sheet: Sheet) -> dict[tuple[int, int], Target]:
    """What is asked, by (team, indicator)."""
    return {_subject(t): t for t in sheet.cells.values() if t.numerator is not None}


def _subject(target: Target) -> tuple[int, int]:
    return target.place.team_id, target.item.indicator_id


def _supersede(dossier: Dossier) -> None:
    sheet = dossier.target_sheet()
    new, older = by_subject(sheet), overlapped(sheet)
    for old in older:
        old.replaced_by = new[_subject(old)]
    Target.objects.bulk_update(older, ["replaced_by"])
    decisions = {old.item.target_set.dossier.decision: old.item.target_set_id for old in older}
    standing = _still_standing(decisions.values())
    for decision, target_set in decisions.items():
        assert decision is not None  # only what was released is replaced
        kind = "amends" if target_set in standing else "replaces"
        documents.relate(dossier.written("decision"), decision, kind)


def _still_standing(sets: Iterable[int]) -> set[int]:
    """Of these sets, those of which some target is still in force."""
    left = Target.objects.filter(item__target_set__in=list(sets), replaced_by=None)
    return set(left.filter(numerator__isnull=False).values_list("item__target_set", flat=True))


__all__ = ["ASSIGN_TARGETS", "Cells", "Targeting", "Team", "overlapped", "share"]

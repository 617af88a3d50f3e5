"""A new set of targets begun from an earlier one, or from a team's request about one target."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..models import Target, TargetItem, TargetRequest, TargetSet, TargetTeam
from ..models.targets import read_sheet
from ..teams.standing_teams import all_standing


def fill(made: TargetSet, like: TargetSet | None, asked: TargetRequest | None) -> None:
    """Every team that stands; with ``like`` its teams that still stand, its indicators and its
    numbers; of a request only the target it is about."""
    standing = {team.pk for team in all_standing(made.dossier.commune)}
    if like is None:
        _places(made, standing)
        return
    sheet = read_sheet(like)
    cells = [asked.target] if asked else list(sheet.cells.values())
    places = _places(made, {cell.place.team_id for cell in cells} & standing)
    items = _items(made, sheet.items, {cell.item.indicator_id for cell in cells})
    Target.objects.bulk_create(
        Target(
            item=items[cell.item.indicator_id],
            place=places[cell.place.team_id],
            numerator=cell.numerator,
            denominator=cell.denominator,
        )
        for cell in cells
        if cell.place.team_id in places
    )


def _places(made: TargetSet, teams: Iterable[int]) -> dict[int, TargetTeam]:
    rows = [TargetTeam(target_set=made, team_id=pk) for pk in sorted(teams)]
    return {place.team_id: place for place in TargetTeam.objects.bulk_create(rows)}


def _items(
    made: TargetSet, items: Sequence[TargetItem], wanted: Iterable[int]
) -> dict[int, TargetItem]:
    """The indicators with who counted their wholes."""
    rows = [
        TargetItem(
            target_set=made,
            indicator_id=item.indicator_id,
            percent=item.percent,
            base_source=item.base_source,
            base_date=item.base_date,
        )
        for item in items
        if item.indicator_id in set(wanted)
    ]
    return {item.indicator_id: item for item in TargetItem.objects.bulk_create(rows)}

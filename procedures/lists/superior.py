"""A superior's own sheets: kept for a commune, and filled with its list."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404
from django.utils.translation import gettext as _t

from ..models import SuperiorSheet
from ..sheets import superior
from ..teams.standing_teams import place_of, sitting
from . import team_lists, upward

if TYPE_CHECKING:
    from ..models import Commune, Team
    from .upward import Listed


def kept(commune: Commune, pk: int) -> SuperiorSheet:
    """A sheet of the commune; :class:`Http404` for any other."""
    found = SuperiorSheet.objects.filter(commune=commune, pk=pk).first()
    if found is None:
        raise Http404
    return found


def keep(commune: Commune, name: str, data: bytes, *, by: Any) -> SuperiorSheet:
    """A new sheet, its columns guessed from their headings.

    Raises :class:`~procedures.sheets.container.Unreadable` for a file that may not be opened.
    """
    layout = superior.guessed(data)
    digest = hashlib.sha256(data).hexdigest()
    if not default_storage.exists(_name(commune, digest)):
        default_storage.save(_name(commune, digest), ContentFile(data))
    return SuperiorSheet.objects.create(
        commune=commune,
        name=name,
        digest=digest,
        sheet=layout.sheet,
        heading=layout.heading,
        first=layout.first,
        last=layout.last,
        columns=superior.mapping(data, layout),
        by=by,
    )


def data_of(sheet: SuperiorSheet) -> bytes:
    """The file as it was uploaded; :class:`Http404` when it is gone or not what it was."""
    name = _name(sheet.commune, sheet.digest)
    if not default_storage.exists(name):
        raise Http404
    with default_storage.open(name) as file:
        data: bytes = file.read()
    if hashlib.sha256(data).hexdigest() != sheet.digest:
        raise Http404
    return data


def drop(sheet: SuperiorSheet) -> None:
    """Forget a sheet, and its file where no other sheet uses it."""
    name, digest, commune = _name(sheet.commune, sheet.digest), sheet.digest, sheet.commune
    sheet.delete()
    if not SuperiorSheet.objects.filter(commune=commune, digest=digest).exists():
        default_storage.delete(name)


def filled(sheet: SuperiorSheet, listed: Listed) -> bytes:
    """The superior's file with the list below its headings."""
    return superior.fill(data_of(sheet), sheet.layout, sheet.fillers, rows(sheet, listed))


def table(sheet: SuperiorSheet, listed: Listed) -> tuple[tuple[str, ...], list[list[str]]]:
    """Headings and rows of the mapped columns, to be copied."""
    said = superior.headings(data_of(sheet), sheet.layout)
    fillers = sorted(sheet.fillers, key=lambda filler: filler.column)
    lines = [
        [filler.text or row.get(filler.field, "") for filler in fillers]
        for row in rows(sheet, listed)
    ]
    return tuple(said.get(filler.column, "") for filler in fillers), lines


def rows(sheet: SuperiorSheet, listed: Listed) -> list[dict[str, str]]:
    """What may be written into a row, by field: a person, or a team with its leader."""
    per_team = sheet.rows == SuperiorSheet.Rows.TEAM
    found: list[dict[str, str]] = []
    for team in listed.teams:
        about = _about(team, listed)
        seats: list[Any] = sitting(team)
        leaders = [seat for seat in seats if seat.role == "leader"][:1]
        for seat in (leaders or [None]) if per_team else seats:
            found.append({**about, **_person(seat, listed), "order": str(len(found) + 1)})
    return found


def _about(team: Team, listed: Listed) -> dict[str, str]:
    date = team.decision.date
    assert date is not None  # a decision that founds a team carries it
    place = place_of(team)
    return {
        "commune": upward.capital(listed.commune.full_name),
        "team": team.name,
        "place": upward.capital(place),
        "decision": upward.decided(team),
        "decision_number": team.decision.reference,
        "decision_date": f"{date:%d/%m/%Y}",
        "zalo": _t("có") if (team.level, team.hamlet_id) in listed.zalo else _t("không"),
    }


def _person(seat: Any, listed: Listed) -> dict[str, str]:
    if seat is None:
        return {}
    return {
        "name": seat.person.full_name,
        "role": str(seat.get_role_display()),
        "phone": team_lists.phone_of(seat.person, listed.full),
        "note": seat.represents,
    }


def _name(commune: Commune, digest: str) -> str:
    return f"superior/{commune.agency_id}/{digest}"

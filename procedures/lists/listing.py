"""What is told about a list of teams before anybody records it: its cells and the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows.models import Post

from .. import rules, sheets
from ..flows import record_teams
from ..models import Commune, Team
from ..rules import Finding
from ..sheets import ListedTeam, Problem, Sheet


def read(commune: Commune, data: bytes) -> Sheet:
    """The list as a file says it, with a problem for every place that has a team already."""
    sheet = sheets.read(data, sheets.Places.of(commune))
    return replace(sheet, problems=(*sheet.problems, *_places_taken(commune, sheet.teams)))


def _places_taken(commune: Commune, teams: Sequence[ListedTeam]) -> Iterator[Problem]:
    standing = Q(until__isnull=True) | Q(until__gte=timezone.localdate())
    kept = Team.objects.filter(standing, commune=commune).select_related("decision")
    by_place = {(team.level, team.hamlet_id): team for team in kept}
    for listed in teams:
        team = by_place.get((listed.place.level, listed.place.hamlet_id))
        if team:
            sentence = _(
                "%(team)s đã có trong hệ thống, theo Quyết định số %(number)s ngày %(date)s. "
                "Ông/bà bỏ các dòng của tổ này."
            )
            date = f"{team.since:%d/%m/%Y}"
            values = {"team": team.name, "number": team.decision.reference, "date": date}
            yield Problem(listed.cell, sentence % values)


def judge(user: Any, post: Post, sheet: Sheet) -> list[Finding]:
    """What the rules say about the teams of a list, for the reader to know: nothing blocks.

    The rules read a dossier, so one is drawn up and taken back.
    """
    with transaction.atomic():
        found = rules.judge(record_teams.draft(user, post, sheet.teams))
        transaction.set_rollback(True)
    # Grounds and tasks belong to a decision that is still to be written.
    about_teams = [finding for finding in found if finding.field != "plan"]
    return [replace(f, level="warn") if f.blocks else f for f in about_teams]

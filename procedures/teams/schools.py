"""Noting the teams of schools: entered by a specialist from their paper, ended with a date.

They stand in no list upward, no report and no target of the commune's teams, and no rule of size
or composition is known for them: only that each school has one, where the governing source says so.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows import authority, entries
from workflows.authority import Capacity
from workflows.errors import Refusal

from .. import regulations
from ..models import Commune, SchoolTeam
from ..people import names
from ..regulations import Ruled
from ..roles import Role


def ruled(commune: Commune) -> Ruled | None:
    """What the governing source says about schools; None where it says nothing."""
    return regulations.value(commune, "commune.school_team", timezone.localdate())


def standing(commune: Commune) -> QuerySet[SchoolTeam]:
    return commune.school_teams.filter(until__isnull=True)


@transaction.atomic
def note(commune: Commune, *, by: Any, scan: str, digest: str, **told: Any) -> SchoolTeam:
    """Note the team of a school. ``told`` are the columns of :class:`SchoolTeam`.

    Raises :class:`Refusal`: not by a specialist, a paper of tomorrow, or a school that has one.
    """
    entering = _specialist(commune, by)
    Commune.objects.select_for_update().get(pk=commune.pk)
    told = {key: names.clean(v) if isinstance(v, str) else v for key, v in told.items()}
    if told["paper_date"] > timezone.localdate():
        raise Refusal(_("Ngày quyết định không thể sau hôm nay."), field="paper_date")
    if known := _same_school(commune, told["school"]):
        raise Refusal(
            _("Trường này đã có tổ, theo %(paper)s. Muốn ghi tổ mới thì kết thúc tổ đó trước.")
            % {"paper": known.cited},
            field="school",
        )
    team = SchoolTeam.objects.create(
        commune=commune, since=told["paper_date"], scan=scan, scan_digest=digest,
        entered=timezone.now(), entered_by=by, **told,
    )  # fmt: skip
    entries.write("note_school_team", team, commune.agency, entering, team.told())
    return team


@transaction.atomic
def end(team: SchoolTeam, *, by: Any, last: datetime.date) -> SchoolTeam:
    """End it with its last day. Raises :class:`Refusal`."""
    entering = _specialist(team.commune, by)
    team = SchoolTeam.objects.select_for_update().get(pk=team.pk)
    if team.until is not None:
        raise Refusal(_("Tổ này đã kết thúc rồi."))
    if not team.since <= last <= timezone.localdate():
        raise Refusal(_("Ngày cuối ở giữa ngày thành lập và hôm nay."), field="last")
    team.until, team.ended, team.ended_by = last, timezone.now(), by
    team.save(update_fields=["until", "ended", "ended_by"])
    entries.write("end_school_team", team, team.commune.agency, entering, team.told())
    return team


def may_note(commune: Commune, by: Any) -> bool:
    return any(_notes(commune, capacity) for capacity in authority.capacities(by))


def _notes(commune: Commune, capacity: Capacity) -> bool:
    return capacity.post.agency_id == commune.agency_id and capacity.post.role == Role.SPECIALIST


def _specialist(commune: Commune, by: Any) -> Capacity:
    for capacity in authority.capacities(by):
        if _notes(commune, capacity):
            return capacity
    raise Refusal(_("Chỉ chuyên viên ghi được tổ trong trường học."), lacks_paper=True)


def _same_school(commune: Commune, school: str) -> SchoolTeam | None:
    same = (team for team in standing(commune) if names.same_name(team.school, school))
    return next(same, None)

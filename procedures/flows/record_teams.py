"""Ghi nhận tổ đã có.

A commune that begins here has teams already, some since 2022. The specialist or the clerk uploads
the list in the form of Sở KH&CN tỉnh Thanh Hóa (eight columns), looks at what was read, says who
signed the decisions, and confirms: every team of the list is recorded in one act, or none.

Sources: Công văn of Sở KH&CN tỉnh Thanh Hóa (July 2025), section 1 and its form; Kế hoạch of UBND
xã Tam Quang (2025), mục II.2.3 (keeping the lists current). The teams were decided elsewhere, so
the rules only warn; what must hold for the roster itself (one team to a place, one leader to a
team, nobody twice) is asked of every line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import nodes

from workflows.authority import Capacity
from workflows.engine import CaseFlow
from workflows.errors import Refusal
from workflows.models import Agency, Event, Post
from workflows.service import perform

from ..models import Change, Commune, Dossier, Seat
from ..models.existing import RECORD_TEAMS, RECORDERS, IssuedElsewhere
from ..road import DossierPage
from ..roles import DIGITAL
from ..sheets import Decision, ListedTeam, Sheet


class RecordTeamsFlow(DossierPage, CaseFlow):
    """One act and no task: the case is over as soon as it is opened, so none is."""

    code = RECORD_TEAMS
    title = _("Ghi nhận tổ đã có")

    start = nodes.StartHandle().Next(this.end)
    end = nodes.End()


def posts_that_may_record(held: Iterable[Capacity]) -> list[Post]:
    """The posts from which somebody with these capacities may record teams."""
    fitting = (c for c in held if c.post.role in RECORDERS)
    return [c.post for c in fitting if not c.delegation or c.delegation.field in ("", DIGITAL)]


def record(
    user: Any,
    post: Post,
    sheet: Sheet,
    decisions: Mapping[Decision, IssuedElsewhere],
    *,
    digest: str,
) -> Dossier:
    """Record every team of a list, or none; ``digest`` is the SHA-256 of its file.

    The same file confirmed again gives the dossier it gave the first time. Raises
    :class:`Refusal` with the sentence for the user.
    """
    try:
        with transaction.atomic():
            # Two presses of one button queue here; the second finds what the first has done.
            Commune.objects.select_for_update().get(agency=post.agency)
            before = recorded_before(post.agency, digest)
            return before or _recorded(user, post, sheet, decisions, digest)
    except IntegrityError as error:
        raise Refusal(
            _t("Danh sách vừa được người khác ghi nhận một phần. Ông/bà tải tệp lên lại để xem.")
        ) from error


def recorded_before(agency: Agency, digest: str) -> Dossier | None:
    """The dossier that recorded this very file, by the ledger, while any of its teams stands."""
    done = Event.objects.filter(agency=agency, act="record_existing", facts__sheet=digest)
    dossiers = Dossier.objects.filter(pk__in=list(done.values_list("record_id", flat=True)))
    standing = dossiers.filter(changes__team__isnull=False, changes__team__until__isnull=True)
    return standing.order_by("-pk").first()


def _recorded(
    user: Any,
    post: Post,
    sheet: Sheet,
    decisions: Mapping[Decision, IssuedElsewhere],
    digest: str,
) -> Dossier:
    if sheet.problems:
        raise Refusal(_t("Danh sách còn chỗ chưa đúng nên chưa ghi nhận được."))
    dossier = draft(user, post, sheet.teams)
    lines = zip(dossier.changes.order_by("pk"), sheet.teams, strict=True)
    return perform(
        dossier,
        "record_existing",
        by=user,
        seen=dossier.revision,
        decisions={change.pk: decisions[team.decision] for change, team in lines},
        facts={"sheet": digest, "teams": len(sheet.teams), "people": sheet.people},
    )


def draft(user: Any, post: Post, teams: Sequence[ListedTeam]) -> Dossier:
    """A dossier with a line for every team, in the order of the list."""
    dossier = RecordTeamsFlow.begin(user, post)
    changes = Change.objects.bulk_create(
        Change(dossier=dossier, level=team.place.level, hamlet_id=team.place.hamlet_id)
        for team in teams
    )
    seats = (_seats(change, team) for change, team in zip(changes, teams, strict=True))
    Seat.objects.bulk_create(seat for line in seats for seat in line)
    return dossier


def _seats(change: Change, team: ListedTeam) -> Iterator[Seat]:
    """The form has no column for whom a member represents; offices write it into "Ghi chú"."""
    for position, member in enumerate(team.members, 1):
        yield Seat(
            change=change,
            position=position,
            full_name=member.full_name,
            phone=member.phone,
            role=member.role,
            represents=member.note,
        )

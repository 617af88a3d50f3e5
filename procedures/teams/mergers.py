"""Mergers of hamlets: entered by the office, and what becomes of the people in their teams."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t

from workflows import entries
from workflows.authority import Capacity
from workflows.errors import Refusal
from workflows.models import Agency, Post

from .. import regulations
from ..models import Change, Commune, Dossier, Hamlet, HamletMerger, SeatRole, Team
from ..models.changes import kept
from ..people import names
from ..roles import Role
from . import in_order

KEEPERS = (Role.CLERK, Role.SPECIALIST)
_DAY = datetime.timedelta(days=1)


def keeper(held: Iterable[Capacity]) -> Capacity | None:
    """The capacity in which somebody enters mergers: clerk or specialist."""
    return next((c for c in held if c.delegation is None and c.post.role in KEEPERS), None)


@transaction.atomic
def enter(
    capacity: Capacity,
    *,
    hamlets: Sequence[Hamlet],
    into: Hamlet | None = None,
    kind: str = "",
    name: str = "",
    **resolution: Any,
) -> HamletMerger:
    """Write a merger down, in the ledger too: ``hamlets`` become ``into``, one of them, or a new
    one of that kind and name. ``resolution``: on, paper, paper_date, issued_by.

    Raises :class:`Refusal` with the field it is about.
    """
    agency = capacity.post.agency
    commune = Commune.objects.select_for_update().get(agency=agency)
    _refuse(commune, hamlets, into, kind, name, resolution)
    target = into or _founded(commune, agency, kind, name, resolution["on"])
    merger = HamletMerger.objects.create(
        commune=commune,
        into=target,
        founded=into is None,
        entered_by=capacity.user,
        **resolution,
    )
    for hamlet in hamlets:
        if hamlet != target:
            hamlet.until, hamlet.merger = resolution["on"] - _DAY, merger
            hamlet.save(update_fields=["until", "merger"])
    entries.write("merge_hamlets", merger, agency, capacity, merger.told())
    return merger


def _refuse(
    commune: Commune,
    hamlets: Sequence[Hamlet],
    into: Hamlet | None,
    kind: str,
    name: str,
    resolution: dict[str, Any],
) -> None:
    if len({hamlet.pk for hamlet in hamlets}) < 2:
        raise Refusal(_t("Ông/bà chọn ít nhất hai nơi sáp nhập với nhau."), field="hamlets")
    if any(h.commune_id != commune.pk or h.until is not None for h in hamlets):
        raise Refusal(_t("Có nơi đã sáp nhập trước đó. Ông/bà mở lại trang này."), field="hamlets")
    if into is not None and into not in hamlets:
        raise Refusal(_t("Nơi giữ tên phải là một trong các nơi sáp nhập."), field="into")
    if resolution["on"] > timezone.localdate():
        raise Refusal(
            _t("Ngày sáp nhập chưa tới. Ông/bà nhập khi nghị quyết có hiệu lực."), field="on"
        )
    if resolution["paper_date"] > resolution["on"]:
        raise Refusal(_t("Nghị quyết không thể có sau ngày sáp nhập."), field="paper_date")
    if into is None:
        _refuse_name(commune, hamlets, kind, name)


def _refuse_name(commune: Commune, hamlets: Sequence[Hamlet], kind: str, name: str) -> None:
    if not kind or not name:
        raise Refusal(_t("Ông/bà ghi tên của nơi mới."), field="name")
    if any((h.kind, h.name) == (kind, name) for h in hamlets):
        raise Refusal(
            _t("Nơi mới mang tên một nơi đã có: ông/bà chọn nơi ấy ở mục “Giữ tên”."), field="name"
        )
    if Hamlet.objects.filter(commune=commune, kind=kind, name=name, until=None).exists():
        raise Refusal(_t("Đã có một nơi tên này."), field="name")


def _founded(
    commune: Commune, agency: Agency, kind: str, name: str, since: datetime.date
) -> Hamlet:
    """The new place with a post for its head, whom the clerk enters later."""
    head = "Tổ trưởng" if kind == "tổ dân phố" else "Trưởng"
    post = Post.objects.create(agency=agency, role=Role.HAMLET_HEAD, title=f"{head} {kind} {name}")
    return Hamlet.objects.create(commune=commune, kind=kind, name=name, head_post=post, since=since)


def teams_of(merger: HamletMerger) -> list[Team]:
    """The teams that stand at the places of a merger, in the order of the places."""
    teams = Team.objects.filter(hamlet__in=merger.places, until=None)
    return list(teams.select_related("commune", "hamlet", "decision").order_by("hamlet"))


def open_ones(commune: Commune) -> list[HamletMerger]:
    """The mergers whose teams were not merged yet, newest first."""
    waiting = Team.objects.filter(commune=commune, until=None, hamlet__merger__isnull=False)
    found = HamletMerger.objects.filter(pk__in=waiting.values("hamlet__merger"))
    return list(found.select_related("into", "commune").prefetch_related("ended"))


def draw_up(line: Change, dossier: Dossier) -> None:
    """The list of the team that goes on, from those of all teams of the dossier as they stand."""
    teams = [change.team for change in dossier.lines() if change.team]
    lists = in_order.standing_lists(teams)
    everybody = [seat for team in teams for seat in lists[team.pk]]
    head = None
    if line.hamlet and line.hamlet.head_post:
        head = line.hamlet.head_post.holder()
    own = lists.get(line.team_id or 0, [])
    line.start_from(everybody, mapped(everybody, own, head, line, dossier.commune))


def mapped(
    everybody: Sequence[Any],
    surviving: Sequence[Any],
    head: Any,
    line: Change,
    commune: Commune,
) -> list[dict[str, Any]]:
    """Everybody once, led by ``head`` (a holding); without one by who leads the surviving team.

    Other leaders become members; of the deputies as many stay as the source allows (one where it
    is silent).
    """
    leader = _leader_of(everybody, surviving, head)
    rows = [_led(leader, head)] if leader or head else []
    seen = {leader.person_id} if leader else set()
    ruled = regulations.value(commune, f"{line.level}.max_deputies", timezone.localdate())
    free = ruled.value if ruled else 1
    for seat in sorted(everybody, key=lambda seat: SeatRole.values.index(seat.role)):
        if seat.person_id in seen:
            continue
        seen.add(seat.person_id)
        stays = seat.role == SeatRole.DEPUTY and free > 0
        free -= stays
        beside = seat.role == SeatRole.COLLABORATOR
        other = SeatRole.COLLABORATOR if beside else SeatRole.MEMBER
        rows.append(kept(seat, role=SeatRole.DEPUTY if stays else other))
    return rows


def _leader_of(everybody: Sequence[Any], surviving: Sequence[Any], head: Any) -> Any:
    if head is None:
        return next((seat for seat in surviving if seat.role == SeatRole.LEADER), None)
    same = (s for s in everybody if s.person and s.person.user_id == head.user_id)
    alike = (s for s in everybody if names.same_name(s.full_name, head.user.full_name))
    return next(same, None) or next(alike, None)


def _led(seat: Any, head: Any) -> dict[str, Any]:
    if seat is not None:
        title = head.post.title if head else seat.represents
        return kept(seat, role=SeatRole.LEADER, represents=title)
    person = getattr(head.user, "person", None)
    return {
        "full_name": head.user.full_name,
        "birth_year": person.birth_year if person else None,
        "phone": person.phone if person else "",
        "role": SeatRole.LEADER,
        "represents": head.post.title,
    }

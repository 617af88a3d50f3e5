"""Who must be invited to which Zalo group, and which places have one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows.models import Holding, in_force

from .. import regulations
from ..models import Level, Membership, Person, SeatRole, Team, ZaloGroup
from ..regulations import Ruled
from ..roles import Role

if TYPE_CHECKING:
    from ..models import Commune, Hamlet

Tier = ZaloGroup.Tier


@dataclass(frozen=True)
class Invited:
    """Somebody who belongs into a group. ``key`` is kept when he was invited; ``why`` says as
    what he belongs there."""

    key: str
    name: str
    why: str


@dataclass(frozen=True)
class Row:
    """A place on the page of a commune: its groups by tier, and what the source asks for."""

    place: str
    hamlet: Hamlet | None
    groups: tuple[ZaloGroup, ...]
    missing: tuple[str, ...]

    @property
    def key(self) -> int:
        """What the address of a new group says: 0 for the commune itself."""
        return self.hamlet.pk if self.hamlet else 0

    @property
    def open(self) -> list[str]:
        """The tiers that no group of the place has yet."""
        tiers = [Tier.MEMBERS, Tier.HOUSEHOLDS] if self.hamlet else [Tier.COMMUNE]
        there = {group.tier for group in self.groups}
        return [tier.value for tier in tiers if tier.value not in there]


def asked(commune: Commune, hamlet: Hamlet | None) -> tuple[list[str], Ruled | None]:
    """The tiers that the governing source asks for at a place, and what it says."""
    level = Level.HAMLET if hamlet else Level.COMMUNE
    ruled = regulations.value(commune, f"{level}.zalo_members", timezone.localdate())
    if hamlet is None:
        return [Tier.COMMUNE] if ruled else [], ruled
    said = str(ruled.value) if ruled else ""
    tiers = {"members": [Tier.MEMBERS], "households": [Tier.HOUSEHOLDS],
             "team_and_people": [Tier.HOUSEHOLDS]}  # fmt: skip
    return [str(tier) for tier in tiers.get(said, [])], ruled


def rows(commune: Commune) -> list[Row]:
    """The places of a commune that have a team or a group, its own first."""
    groups = list(ZaloGroup.objects.filter(commune=commune).select_related("hamlet"))
    teams = Team.objects.filter(in_force(), commune=commune).values_list("hamlet", flat=True)
    there = {*teams, *(group.hamlet_id for group in groups)}
    hamlets = [hamlet for hamlet in commune.hamlets.order_by("pk") if hamlet.pk in there]
    return [_row(commune, hamlet, groups) for hamlet in (None, *hamlets)]


def _row(commune: Commune, hamlet: Hamlet | None, groups: Iterable[ZaloGroup]) -> Row:
    own = tuple(g for g in groups if g.hamlet_id == (hamlet.pk if hamlet else None))
    tiers, _ruled = asked(commune, hamlet)
    there = {group.tier for group in own}
    missing = tuple(str(Tier(tier).label) for tier in tiers if tier not in there)
    return Row((hamlet or commune).full_name, hamlet, own, missing)


def checklist(group: ZaloGroup) -> list[Invited]:
    """Who belongs into a group by the roster and the posts of today.

    Members' groups: the team, and the leader of the commune's team. The commune's: its team, the
    leaders and deputies of the hamlets' teams, the head of the division, the Youth secretary
    (Kế hoạch Tam Quang 2025, mục II.2.3). Households are invited by house, not by name, so a
    households' group lists the team only.
    """
    if group.tier == Tier.COMMUNE:
        return _of_commune(group.commune)
    found = _members(Team.objects.filter(hamlet=group.hamlet), _("thành viên tổ"))
    if group.tier == Tier.MEMBERS:
        own = Team.objects.filter(commune=group.commune, level=Level.COMMUNE)
        leading = _members(own, _("Tổ trưởng tổ cấp xã, phường"), (SeatRole.LEADER,))
        found += leading
    return _once(found)


def to_take_out(group: ZaloGroup, people: Iterable[Invited]) -> list[str]:
    """The names of who was invited once and belongs into the group no more."""
    still = {one.key for one in people}
    gone = [key for key in group.invited if key not in still and key.startswith("person:")]
    left = Person.objects.filter(pk__in=[int(key.removeprefix("person:")) for key in gone])
    return list(left.order_by("pk").values_list("full_name", flat=True))


def _of_commune(commune: Commune) -> list[Invited]:
    teams = Team.objects.filter(commune=commune)
    heads = (SeatRole.LEADER, SeatRole.DEPUTY)
    return _once(
        [
            *_members(teams.filter(level=Level.COMMUNE), _("thành viên tổ cấp xã, phường")),
            *_members(teams.filter(level=Level.HAMLET), _("Tổ trưởng, Tổ phó"), heads),
            *_officers(commune),
        ]
    )


def _members(teams: QuerySet[Team], why: str, roles: tuple[str, ...] = ()) -> list[Invited]:
    seats = Membership.objects.filter(in_force(), team__in=teams).select_related("person", "team")
    if roles:
        seats = seats.filter(role__in=roles)
    return [
        Invited(f"person:{seat.person_id}", seat.person.full_name, why)
        for seat in seats.order_by("team", "pk")
    ]


def _officers(commune: Commune) -> list[Invited]:
    held = Holding.objects.filter(
        in_force(),
        post__agency=commune.agency_id,
        post__role__in=(Role.DIVISION_HEAD, Role.YOUTH_SECRETARY),
    )
    return [
        Invited(f"post:{row.post_id}", row.user.full_name, row.post.title)
        for row in held.select_related("post", "user").order_by("post")
    ]


def _once(found: Iterable[Invited]) -> list[Invited]:
    """Somebody who belongs there twice is invited once, as what he is named first."""
    kept: dict[str, Invited] = {}
    for one in found:
        known = one.key.startswith("post:") and one.name in {other.name for other in kept.values()}
        if one.key not in kept and not known:
            kept[one.key] = one
    return list(kept.values())

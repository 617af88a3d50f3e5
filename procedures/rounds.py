"""How far a round has come: each place it asked, what came from there, and reminding the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows import authority, engine
from workflows.errors import Refusal
from workflows.models import Holding, Post, in_force
from workflows.states import AUTHOR, FINAL, State

from . import rules
from .models import Change, Dossier, Level, Notice, Round, RoundPlace, Team
from .models.places import in_use
from .people import mourning
from .roles import Role
from .rules import Finding

Place = int | None


class Standing(models.TextChoices):
    """Where the list of a place is, in the words of the specialist who waits for it."""

    MISSING = "missing", _("Chưa lập")
    DRAFT = "draft", _("Đang soạn")
    SENT = "sent", _("Đã gửi")
    RETURNED = "returned", _("Đã trả lại để sửa")
    GATHERED = "gathered", _("Đã vào đợt")
    ALONE = "alone", _("Đi riêng")
    TEAM = "team", _("Đã có tổ")


# A list is missing to the round until it was sent.
WAITED_FOR = (Standing.MISSING, Standing.DRAFT, Standing.RETURNED)


@dataclass(frozen=True)
class Row:
    """One place of a round. ``heads`` hold the post that sends its list; ``findings`` are what
    the rules say about a list that was sent."""

    asked: RoundPlace
    standing: Standing
    heads: tuple[Holding, ...]
    request: Dossier | None = None
    line: Change | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def blocked(self) -> bool:
        return any(finding.blocks for finding in self.findings)


@dataclass(frozen=True)
class Progress:
    rows: tuple[Row, ...]

    def having(self, *standings: Standing) -> list[Row]:
        return [row for row in self.rows if row.standing in standings]

    @property
    def arrived(self) -> int:
        """How many places have sent their list, or need none any more: "14/18"."""
        return len(self.rows) - len(self.missing)

    @property
    def missing(self) -> list[Row]:
        return self.having(*WAITED_FOR)

    @property
    def sent(self) -> list[Row]:
        return self.having(Standing.SENT)


def progress(round: Round, *, judged: bool = True) -> Progress:
    """Every place the round asked, in order. ``judged`` lets the rules look at what was sent."""
    places = list(round.places.select_related("hamlet", "round__dossier__commune"))
    heads = _heads(round, places)
    found = _Found.of(round)
    return Progress(tuple(found.row(place, heads, judged=judged) for place in places))


@dataclass(frozen=True)
class _Found:
    """What exists at the places of a commune, by place."""

    teams: frozenset[Place]
    lines: dict[Place, Change]
    requests: dict[Place, Dossier]

    @classmethod
    def of(cls, round: Round) -> _Found:
        commune = round.dossier.commune
        teams = Team.objects.filter(commune=commune, until__isnull=True)
        lines = round.dossier.changes.select_related("hamlet", "origin").prefetch_related("seats")
        return cls(
            teams=frozenset(teams.values_list("hamlet", flat=True)),
            lines={line.hamlet_id: line for line in lines},
            requests=_requests(round.dossier),
        )

    def row(self, asked: RoundPlace, heads: dict[Place, list[Holding]], *, judged: bool) -> Row:
        place = asked.hamlet_id
        line, request = self.lines.get(place), self.requests.get(place)
        standing = self._standing(place)
        findings = rules.judge(request) if judged and standing is Standing.SENT and request else []
        return Row(asked, standing, tuple(heads.get(place, ())), request, line, tuple(findings))

    def _standing(self, place: Place) -> Standing:
        if place in self.lines:
            return Standing.GATHERED
        if place in self.teams:
            return Standing.TEAM
        request = self.requests.get(place)
        if request is None:
            return Standing.MISSING
        return {
            State.DRAFT: Standing.DRAFT,
            State.RETURNED: Standing.RETURNED,
            State.SUBMITTED: Standing.SENT,
        }.get(State(request.state), Standing.ALONE)


def _requests(round_dossier: Dossier) -> dict[Place, Dossier]:
    """The newest request under way at each place, with what the rules need."""
    own = Dossier.for_act().filter(commune=round_dossier.commune_id, procedure="establish_team")
    under_way = own.exclude(state__in=FINAL).order_by("pk")
    return {line.hamlet_id: dossier for dossier in under_way for line in dossier.lines()}


def _heads(round: Round, places: Iterable[RoundPlace]) -> dict[Place, list[Holding]]:
    """Who holds the post of each place today; the commune's own team is the Youth secretary's."""
    posts = {p.hamlet.head_post_id: p.hamlet_id for p in places if p.hamlet}
    secretary = Q(post__agency=round.dossier.agency_id, post__role=Role.YOUTH_SECRETARY)
    sitting = Holding.objects.filter(in_force(), Q(post__in=posts) | secretary)
    heads: dict[Place, list[Holding]] = {}
    for holding in sitting.select_related("user", "post"):
        heads.setdefault(posts.get(holding.post_id), []).append(holding)
    return heads


def post_of(asked: RoundPlace) -> Post | None:
    """The post that sends the list of a place."""
    if asked.hamlet:
        head: Post | None = asked.hamlet.head_post
        return head
    agency = asked.round.dossier.agency_id
    return Post.objects.filter(agency=agency, role=Role.YOUTH_SECRETARY).first()


def invitations(posts: Sequence[Post]) -> list[RoundPlace]:
    """The open rounds that wait for a list from the holder of these posts: three queries."""
    if not posts:
        return []
    asked = RoundPlace.objects.filter(
        Q(hamlet__head_post__in=posts)
        | Q(hamlet=None, round__dossier__agency__in=_secretaries(posts)),
        round__dossier__state__in=(State.DRAFT, State.RETURNED),
    ).select_related("hamlet", "round__dossier__commune")
    found = list(asked)
    taken = _taken(found)
    return [place for place in found if _key(place) not in taken]


def _secretaries(posts: Sequence[Post]) -> list[int]:
    return [post.agency_id for post in posts if post.role == Role.YOUTH_SECRETARY]


def _key(place: RoundPlace) -> tuple[int, Place]:
    return (place.round.dossier.commune_id, place.hamlet_id)


def _taken(places: list[RoundPlace]) -> set[tuple[int, Place]]:
    """The places whose list was sent already, or where a team stands."""
    if not places:
        return set()
    communes = {place.round.dossier.commune_id for place in places}
    lines = Change.objects.filter(dossier__commune__in=communes)
    open_lines = lines.exclude(dossier__state__in=FINAL).exclude(
        dossier__state=State.DRAFT, origin__isnull=True
    )
    teams = Team.objects.filter(commune__in=communes, until__isnull=True)
    return {
        *open_lines.values_list("dossier__commune", "hamlet"),
        *teams.values_list("commune", "hamlet"),
    }


@transaction.atomic
def remind(round: Round, *, by: Any) -> int:
    """Remind the head of every place whose list is missing; how many people were told.

    Once a working day and place, as any reminder. Raises :class:`Refusal`: not a specialist of
    the round, the round is over, nobody to remind.
    """
    locked = Dossier.for_act().select_for_update(of=("self",)).get(pk=round.dossier_id)
    held = authority.capacities(by)
    capacity = authority.capacity_at(locked.desk(AUTHOR), held, engine.fields())
    if capacity is None:
        raise Refusal(*authority.missing_paper(locked.desk(AUTHOR), held))
    if not round.is_open:
        raise Refusal(_t("Đợt này không còn nhận danh sách."))
    said = {"sender_name": str(by), "sender_capacity": capacity.label}
    missing = progress(round, judged=False).missing
    asked = {row.asked.pk: row for row in missing}
    for pk in _reminded_today(asked):
        del asked[pk]
    notices = [
        _notice(row.asked, user, **said) for row in asked.values() for user in _living(row.heads)
    ]
    if not notices:
        raise Refusal(_t("Hôm nay đã nhắc hết rồi, hoặc nơi còn thiếu chưa có người giữ chức vụ."))
    return len(Notice.objects.bulk_create(notices))


def _living(heads: Iterable[Any]) -> list[Any]:
    """Whoever was reported dead is reminded of nothing."""
    users = [holding.user for holding in heads]
    silent = mourning.silenced(user.pk for user in users)
    return [user for user in users if user.pk not in silent]


def _reminded_today(asked: Iterable[int]) -> set[int]:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    told = Notice.objects.filter(
        record_type=RoundPlace._meta.label_lower,
        record_id__in=list(asked),
        kind=Notice.Kind.NUDGE,
        at__gte=midnight,
    )
    return set(told.values_list("record_id", flat=True))


def _notice(asked: RoundPlace, recipient: Any, **said: Any) -> Notice:
    return Notice(
        recipient=recipient,
        kind=Notice.Kind.NUDGE,
        record_type=RoundPlace._meta.label_lower,
        record_id=asked.pk,
        title=str(asked),
        **said,
    )


def share_text(asked: RoundPlace) -> str:
    """Plain text to send the head of a place by Zalo; it names nobody."""
    round = asked.round
    return "\n".join(
        filter(
            None,
            [
                f"{round.dossier.name} - UBND {round.dossier.commune.full_name}",
                _t("Mời Trưởng %(place)s lập danh sách Tổ công nghệ số cộng đồng.")
                % {"place": asked.place}
                if asked.hamlet
                else _t("Mời Bí thư Đoàn lập danh sách Tổ công nghệ số cộng đồng cấp xã."),
                _t("Hạn gửi: %(due)s") % {"due": f"{round.due:%d/%m/%Y}"},
                round.message,
                f"{settings.PUBLIC_URL.rstrip('/')}{asked.get_absolute_url()}",
            ],
        )
    )


def free_places(commune: Any) -> tuple[list[Any], bool]:
    """The hamlets without a team, and whether the commune's own team is missing."""
    teams = Team.objects.filter(commune=commune, until__isnull=True)
    taken = teams.filter(level=Level.HAMLET).values("hamlet")
    hamlets = list(commune.hamlets.filter(in_use()).exclude(pk__in=taken).order_by("pk"))
    return hamlets, not teams.filter(level=Level.COMMUNE).exists()

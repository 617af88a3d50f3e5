"""What becomes of whole teams in a year: recorded, without a leader, merged, reviewed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from documents import service as documents
from workflows import assigning, authority
from workflows.models import Holding, Post
from workflows.terms import Paper, Term

from .. import assignments, demo, sheets
from ..flows import appoint_leader, change_members, merge_hamlets, record_teams, review_team
from ..lists import listing
from ..models import Change, Person, SeatRole, Team
from ..models.changes import kept
from ..models.entering import Channel, Received
from ..models.existing import IssuedElsewhere
from ..people import member_requests
from ..roles import Role
from ..sheets import Decision, ListedTeam, Member, Place
from ..teams import mergers, warnings
from .walk import Walk

# Three bản have had their teams since before the two-tier model; this is the decision they rest on.
_BEFORE = Decision(datetime.date(2025, 4, 18), "QĐ-UBND", 63)


@dataclass(frozen=True)
class _Listed:
    place: str
    members: tuple[tuple[str, str, str], ...]


_EXISTING = (
    _Listed(
        "Quang Phúc",
        (
            ("Lương Văn Toản", "0905630001", "Bí thư Chi đoàn"),
            ("Ngân Thị Hòe", "0905630002", "Chi hội trưởng Chi hội Phụ nữ"),
            ("Vi Văn Nhất", "0905630003", "Công an viên"),
            ("Lữ Thị Thơm", "0905630004", "Giáo viên"),
        ),
    ),
    _Listed(
        "Khe Mèn",
        (
            ("Kha Văn Đức", "0905630011", "Bí thư Chi đoàn"),
            ("Lô Thị Lý", "0905630012", "Nhân viên y tế"),
            ("Vang Văn Sáu", "0905630013", "Trưởng Ban công tác Mặt trận"),
            ("Vi Thị Ngoan", "", "Chi hội trưởng Chi hội Phụ nữ"),
        ),
    ),
    _Listed(
        "Nậm Cắm",
        (
            ("Xồng Y Dở", "0905630021", "Giáo viên"),
            ("La Văn Kỷ", "0905630022", "Bí thư Chi đoàn"),
            ("La Thị Hà", "0905630023", "Nhân viên bưu chính, viễn thông"),
        ),
    ),
)


def record_existing(walk: Walk) -> None:
    """The clerk uploads the list of eight columns; its decision was issued outside the system."""
    walk.tell("ghi nhận 3 tổ đã có từ danh sách 8 cột, quyết định ban hành ngoài hệ thống")
    listed = [_listed(walk, each) for each in _EXISTING]
    data = sheets.written(walk.commune.full_name, listed)
    sheet = listing.read(walk.commune, data)
    elsewhere = IssuedElsewhere(
        _BEFORE.number,
        _BEFORE.symbol,
        _BEFORE.date,
        "Vi Văn Sơn",
        "UBND xã Tam Quang, huyện Tương Dương",
    )
    user, post = walk.cast(Role.CLERK), walk.cast.post(Role.CLERK)
    dossier = record_teams.record(
        user, post, sheet, {_BEFORE: elsewhere}, digest=documents.sha256(data)
    )
    walk.told(dossier)


def _listed(walk: Walk, told: _Listed) -> ListedTeam:
    hamlet = walk.hamlet(told.place)
    head = _head(walk, told.place)
    rows = [(head.full_name, SeatRole.LEADER, head.person.phone, f"Trưởng bản {told.place}")]
    for number, (name, phone, note) in enumerate(told.members):
        rows.append((name, SeatRole.MEMBER if number else SeatRole.DEPUTY, phone, note))
    members = tuple(Member(*row) for row in rows)
    return ListedTeam(Place("hamlet", hamlet.pk, hamlet.full_name), _BEFORE, members)


def _head(walk: Walk, place: str) -> Any:
    post = walk.hamlet(place).head_post
    assert post is not None
    holding = post.holder()
    assert holding is not None
    return holding.user


# A leader who died -------------------------------------------------------------------------------


def leader_dies(walk: Walk, place: str) -> None:
    """The clerk ends what he held; the deputy asks through the specialist that he be taken off
    the list, and a decision of its own does so."""
    walk.tell(f"Trưởng bản {place} qua đời, đưa ra khỏi danh sách tổ")
    team, today = walk.team(place), timezone.localdate()
    post = team.leading_post()
    assert post is not None
    holding = post.holder()
    assert holding is not None
    last, note = today - datetime.timedelta(days=1), "Qua đời"
    assigning.end(_desk(walk), holding, by=walk.cast(Role.CLERK), last=last, note=note)
    specialist, own = walk.drafter()
    leader = next(s for s in member_requests.choices(team) if s.role == SeatRole.LEADER)
    request = member_requests.ask(
        specialist,
        own,
        team,
        Change.Kind.REMOVE,
        {"was_id": leader.pk},
        {"cause": Change.Cause.DIED.value},
        Received(Channel.PAPER, today),
    )
    request = walk.do(request, "pass_for_consent", walk.cast(Role.SPECIALIST))
    request = walk.do(request, "consent", walk.cast(Role.CHAIRMAN))
    walk.decided(change_members.draft(specialist, own, [request]))
    _warn(walk, team)


def _warn(walk: Walk, team: Team) -> None:
    for warning in warnings.of_team(Team.objects.get(pk=team.pk)):
        walk.say(f"  ! {warning.sentence}")


def leader_follows(walk: Walk, place: str, login: str) -> None:
    """The deputy is elected head of the bản, gets an account, and is appointed leader."""
    team = walk.team(place)
    deputy = team.memberships.get(role=SeatRole.DEPUTY, until=None).person
    walk.tell(f"{deputy.full_name} được công nhận Trưởng bản {place}, thay Tổ trưởng")
    post = team.leading_post()
    assert post is not None
    _installed(walk, post, _account(deputy, login))
    specialist, own = walk.drafter()
    draft = appoint_leader.draft(specialist, own, [team])
    walk.decided(draft)
    _warn(walk, team)


def _account(person: Person, login: str) -> Any:
    user = get_user_model().objects.create(
        username=login, full_name=person.full_name, password=make_password(demo.PASSWORD)
    )
    person.user = user
    person.save(update_fields=["user"])
    return user


def _installed(walk: Walk, post: Post, user: Any) -> Holding:
    today = timezone.localdate()
    paper = Paper(f"Quyết định công nhận {post.title} của {walk.cast.agency.name}", today)
    clerk = walk.cast(Role.CLERK)
    return assigning.install(
        _desk(walk), by=clerk, post=post, user=user, term=Term(today), paper=paper
    )


def _desk(walk: Walk) -> authority.Desk:
    return assignments.desk_of(walk.cast.agency)


# Two hamlets become one --------------------------------------------------------------------------


def hamlets_merge(walk: Walk, gone: str, stays: str) -> None:
    """The resolution is entered; both teams stand until a decision makes one of them."""
    walk.tell(f"bản {gone} sáp nhập vào bản {stays}")
    clerk, today = walk.cast(Role.CLERK), timezone.localdate()
    places = [walk.hamlet(stays), walk.hamlet(gone)]
    keeper = mergers.keeper(authority.capacities(clerk))
    assert keeper is not None
    mergers.enter(
        keeper,
        hamlets=places,
        into=places[0],
        on=today,
        paper="20/NQ-HĐND",
        paper_date=today - datetime.timedelta(days=12),
        issued_by=f"Hội đồng nhân dân {walk.commune.full_name}",
    )
    _warn(walk, walk.team(gone))


def teams_merge(walk: Walk, stays: str) -> None:
    walk.tell(f"hợp nhất tổ của bản {stays}")
    specialist, own = walk.drafter()
    [merger] = mergers.open_ones(walk.commune)
    draft = merge_hamlets.draft(specialist, own, merger)
    line = draft.changes.get(kind=Change.Kind.REVISE)
    leader, second, *others = line.seats.order_by("position")
    # He headed the bản that is no more.
    rows = [_stays(leader), _stays(second, represents="Người có uy tín"), *map(_stays, others)]
    walk.decided(walk.do(draft, "edit", specialist, seats={line.pk: rows}))


# Reviewed ----------------------------------------------------------------------------------------


def team_reviewed(walk: Walk, place: str) -> None:
    """The whole list again: the last of it goes, somebody joins, another is deputy."""
    walk.tell(f"kiện toàn tổ bản {place}")
    specialist, own = walk.drafter()
    draft = review_team.draft(specialist, own, [walk.team(place)])
    line = draft.changes.get()
    leader, deputy, other, *rest = line.seats.order_by("position")
    rows = [
        _stays(leader),
        _stays(other, role=SeatRole.DEPUTY),
        _stays(deputy, role=SeatRole.MEMBER),
        *map(_stays, rest[:-1]),
        {"full_name": "Lô Văn Thắng", "birth_year": 1998, "phone": "0905630099",
         "role": SeatRole.MEMBER, "represents": "Nhân viên bưu chính, viễn thông"},
    ]  # fmt: skip
    why = "Một thành viên chuyển nơi ở; tổ đổi Tổ phó và bổ sung người thông thạo dịch vụ số"
    walk.decided(walk.do(draft, "edit", specialist, seats={line.pk: rows}, why=why))


def _stays(seat: Any, **otherwise: Any) -> dict[str, Any]:
    """A seat of the draft as typed again: it follows the one that stands today."""
    return {**kept(seat, **otherwise), "was_id": seat.was_id}

"""Teams that stand, and requests about their members, driven by the right people."""

from __future__ import annotations

import datetime

from django.utils import timezone

from procedures.flows import change_members
from procedures.models import Change, Dossier, Team
from procedures.models.entering import Received
from procedures.people import member_requests
from procedures.roles import Role
from tests.procedures.test_roster import released as founded
from workflows.models import Post
from workflows.service import perform
from workflows.states import State

ADMIT, LEAVE, REMOVE = Change.Kind.ADMIT, Change.Kind.LEAVE, Change.Kind.REMOVE
SINCE = datetime.date(2025, 9, 12)
FAMILIES = ("Lô", "Kha", "Ngân", "La", "Vi", "Lương", "Hà", "Quang", "Mạc", "Lữ", "Cụt")
GIVEN = ("An", "Bình", "Chung", "Dũng")
NEWCOMER = {"full_name": "Vi Thị Hoa", "birth_year": 1996, "represents": "Giáo viên"}


def team(cast, index=0, members=6, role=Role.HAMLET_HEAD) -> Team:
    """A team that stands since last year, without signing and sealing its decision."""
    leader = cast(role, index).full_name
    rows = [{"full_name": leader, "role": "leader", "represents": "Người đứng đầu"}]
    rows += [
        {
            "full_name": f"{FAMILIES[number]} Văn {GIVEN[index]}",
            "birth_year": 1980 + number,
            "phone": f"09149940{index}{number}",
            "role": "deputy" if number == 0 else "member",
            "represents": "Người dân",
        }
        for number in range(members - 1)
    ]
    return founded(cast, index, role, day=SINCE, rows=rows).changes.get().team


def member(of: Team, role="member", number=0) -> dict:
    """The seat of somebody in the team, as its page would send it."""
    seats = [seat for seat in member_requests.choices(of) if seat.role == role]
    return {"was_id": seats[number].pk}


def asked(cast, of: Team, kind=ADMIT, seat=None, *, by=None, received=None, **words) -> Dossier:
    """Sent by the leader, or entered for him by ``by``."""
    post = of.leading_post()
    user = by or post.holder().user
    if by and received is None:
        received = Received("phone", timezone.localdate())
    if kind == LEAVE:
        words = {"cause": "own_wish", **words}
    seat = seat or (NEWCOMER if kind == ADMIT else member(of))
    return member_requests.ask(user, post, of, kind, seat, words, received)


def do(record, act, by, note="", **data):
    return perform(record, act, by=by, seen=record.revision, note=note, **data)


def passed(cast, request) -> Dossier:
    """Read by the specialist; it lies before the Chairman."""
    return do(request, "pass_for_consent", cast(Role.SPECIALIST))


def agreed(cast, of: Team, kind=ADMIT, seat=None, **words) -> Dossier:
    """In the pool."""
    request = passed(cast, asked(cast, of, kind, seat, **words))
    return do(request, "consent", cast(Role.CHAIRMAN))


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def gathered(cast, *requests) -> Dossier:
    """A draft of the decision that gathers these requests."""
    specialist = cast(Role.SPECIALIST)
    return change_members.draft(specialist, post_of(specialist), requests)


def post_of(user) -> Post:
    return Post.objects.get(holdings__user=user, holdings__until=None)


def sent(cast, dossier) -> Dossier:
    """Sent up by the specialist who gathered it: at the head of division."""
    specialist = cast(Role.SPECIALIST)
    return do(do(dossier, "submit", specialist), "check_content", specialist)


def decided(road, dossier) -> Dossier:
    """From where it stands to its release, by the fixture's people."""
    return road._forward(dossier, State.RELEASED)


def names(of: Team) -> list[str]:
    seats = of.memberships.filter(until__isnull=True).select_related("person")
    return sorted(seat.person.full_name for seat in seats)

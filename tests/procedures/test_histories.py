"""Random histories of decisions: the roster on any date is what a plain diary of them says.

The diary below is a second, naive account: a dictionary of who sits where as what, written down
decision by decision in the order of their dates. It shares nothing with the fold. Any decision may
be drafted and dated before others that are released before it.
"""

from __future__ import annotations

import datetime
from copy import deepcopy
from dataclasses import dataclass, field

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procedures.models import Change, Dossier, Hamlet, Membership, Person, Seat, Team
from procedures.roles import DIGITAL, Role
from procedures.teams import fold, in_order, roster, warnings
from procedures.teams.standing_teams import all_standing
from tests.procedures.test_roster import DAY, commune_of, decided
from workflows.errors import Refusal
from workflows.models import in_force
from workflows.states import State

PLACES, PEOPLE = 3, 13
# KH-UBND xã Tam Quang 2025, mục II.2.1.d: "khoảng từ 5 - 10 thành viên", no more than 10.
LEAST, MOST = 5, 10
LEADER, DEPUTY, MEMBER = "leader", "deputy", "member"

# (days since the last draft, kind, place, people with their roles, the first being the leader if
# it has one, how many others are released before it)
decisions = st.tuples(
    st.integers(0, 3),
    st.sampled_from(
        ["create", "admit", "leave", "remove", "appoint", "revise", "amend", "replace",
         "dissolve", "recall"]
    ),
    st.integers(0, PLACES - 1),
    st.lists(
        st.tuples(st.integers(0, PEOPLE - 1), st.sampled_from([DEPUTY, MEMBER])),
        min_size=1, max_size=12, unique_by=lambda one: one[0],
    ),
    st.booleans(),
    st.sampled_from([0, 0, 1, 3]),
)  # fmt: skip
WHOLE_LISTS = ("revise", "amend", "replace")


@dataclass
class Diary:
    """{place: {person: role}} as it stands, and as it stood at the end of each day."""

    now: dict[int, dict[int, str]] = field(default_factory=dict)
    days: dict[datetime.date, dict[int, dict[int, str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, told):
        """What is told, by the dates: (day, kind, place, named) in the order of their release."""
        diary = cls()
        for day, kind, place, named in sorted(told, key=lambda one: one[0]):
            diary.write(day, kind, place, named)
        return diary

    def write(self, day, kind, place, named):
        team = self.now.get(place, {})
        if kind in ("create", "revise", "amend", "replace"):
            self.now[place] = dict(named)
        elif kind == "admit":
            self.now[place] = dict(named) | team
        elif kind in ("leave", "remove"):
            self.now[place] = {p: role for p, role in team.items() if p not in named}
        elif kind == "appoint":
            given = {LEADER, DEPUTY} & set(named.values())
            stay = {p: role for p, role in team.items() if role not in given}
            self.now[place] = stay | named
        else:
            del self.now[place]
        self.days[day] = deepcopy(self.now)


@dataclass(frozen=True)
class Drafted:
    """A dossier with one line, dated ``day``, and who sat in its team when it was drawn up."""

    dossier: Dossier
    day: datetime.date
    kind: str
    place: int
    named: dict[int, str]
    sat: dict[int, str]
    known: int

    def release(self):
        """As far as the roster is concerned; whether it was let."""
        decision = decided(self.dossier, self.dossier.pk, self.day)
        Dossier.objects.filter(pk=self.dossier.pk).update(state=State.RELEASED, decision=decision)
        try:
            with transaction.atomic():
                roster.apply(Dossier.objects.get(pk=self.dossier.pk))
        except Refusal:
            Dossier.objects.filter(pk=self.dossier.pk).update(state=State.WITHDRAWN)
            return False
        return True


def draft(cast, people, hamlets, day, kind, place, named, told):
    commune = commune_of(cast)
    dossier = Dossier.objects.create(
        agency=cast.agency, post=cast.post(Role.SPECIALIST), author=cast(Role.SPECIALIST),
        field=DIGITAL, procedure="establish_team", commune=commune,
        unit=commune.divisions.get().unit, name="Lịch sử",
    )  # fmt: skip
    team = Team.objects.filter(hamlet=hamlets[place], until=None).first()
    line = Change.objects.create(
        dossier=dossier, kind=kind, level="hamlet", hamlet=hamlets[place], team=team
    )
    if kind in WHOLE_LISTS:
        line.start_from(in_order.standing_list(team), [])
    Seat.objects.bulk_create(
        Seat(change=line, position=n, full_name=people[p].full_name, role=role, person=people[p])
        for n, (p, role) in enumerate(named.items(), 1)
    )
    sat = Diary.of(told).now.get(place, {})
    return Drafted(dossier, day, kind, place, named, sat, len(told))


def kept_on(day, people, hamlets):
    """What the rows say of a day, in the words of the diary; ``None`` for a second leader."""
    number = {person.pk: n for n, person in enumerate(people)}
    place = {hamlet.pk: n for n, hamlet in enumerate(hamlets)}
    found = {place[t.hamlet_id]: {} for t in Team.objects.filter(in_force(day))}
    for row in Membership.objects.filter(in_force(day)).select_related("team"):
        seats = found[place[row.team.hamlet_id]]
        assert number[row.person_id] not in seats
        seats[number[row.person_id]] = row.role
    return found


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(history=st.lists(decisions, min_size=3, max_size=14))
def test_the_roster_on_any_date_is_what_the_decisions_say(tam_quang, history):
    with transaction.atomic():
        _played(tam_quang, history)
        transaction.set_rollback(True)


def _played(cast, history):
    commune = commune_of(cast)
    hamlets = list(Hamlet.objects.filter(commune=commune).order_by("pk")[:PLACES])
    people = Person.objects.bulk_create(
        Person(commune=commune, full_name=f"Vi Văn {n}", folded=f"vi van {n}")
        for n in range(PEOPLE)
    )
    told, waiting, day = [], [], DAY
    for gap, kind, place, seats, led, late in history:
        day += datetime.timedelta(days=gap)
        named = dict(seats)
        if led and kind not in ("admit", "leave", "remove"):
            named[seats[0][0]] = LEADER
        if (place in Diary.of(told).now) == (kind == "create"):
            kind = "revise" if kind == "create" else "create"
        one = draft(cast, people, hamlets, day, kind, place, named, told)
        waiting.append([late if kind != "create" else 0, one])
        waiting = _released(waiting, told)
    _released([[0, one] for _late, one in waiting], told)
    diary = Diary.of(told)
    for date, said in diary.days.items():
        assert kept_on(date, people, hamlets) == said
        assert all(list(team.values()).count(LEADER) <= 1 for team in said.values())
    assert roster.differences(commune) == []
    _has_its_warnings(commune)
    before = set(Membership.objects.values_list("team", "person", "role", "since", "until"))
    roster.rebuild(commune)
    after = set(Membership.objects.values_list("team", "person", "role", "since", "until"))
    assert before == after


def _released(waiting, told):
    """Release what has waited long enough, newest first; the rest waits for one release less."""
    for one in reversed([one for late, one in waiting if late == 0]):
        let = one.release()
        between = [place for _day, _kind, place, _named in told[one.known :]]
        sits = Diary.of(told).now.get(one.place)
        if one.kind in WHOLE_LISTS and sits != one.sat:
            assert not let, "somebody who joined or left since would be overruled without a word"
        assert let or one.place in between
        if let:
            told.append((one.day, one.kind, one.place, one.named))
    return [[late - 1, one] for late, one in waiting if late]


def _has_its_warnings(commune):
    """A size outside the governing rule, and a team nobody leads, always have an open warning."""
    for team in all_standing(commune):
        roles = list(team.memberships.filter(until=None).values_list("role", flat=True))
        open_ones = {warning.kind for warning in warnings.of_team(team)}
        assert warnings.SIZE in open_ones or LEAST <= len(roles) <= MOST
        assert (warnings.NO_LEADER in open_ones) == (LEADER not in roles)


# A leader who is followed by another, on the day the team was set up.
FOLLOWED = [(0, "create", 0, [(1, MEMBER)], True, 0), (0, "appoint", 0, [(2, MEMBER)], True, 0)]
# Who joins while a correction is a draft; who leaves by a decision dated before a list with him.
OVERTAKEN = [
    (0, "create", 0, [(1, MEMBER), (2, MEMBER)], True, 0),
    (1, "amend", 0, [(1, MEMBER)], True, 1),
    (0, "admit", 0, [(3, MEMBER)], False, 0),
    (1, "leave", 0, [(3, MEMBER)], False, 1),
    (1, "revise", 0, [(1, MEMBER), (3, MEMBER)], True, 0),
]

FOLLOWED_LATE = [
    (0, "create", 0, [(1, MEMBER), (2, MEMBER)], True, 0),
    (1, "appoint", 0, [(3, MEMBER)], True, 1),
    (1, "appoint", 0, [(4, MEMBER)], True, 0),
]


@pytest.mark.parametrize("history", [OVERTAKEN, FOLLOWED_LATE])
def test_what_is_released_after_decisions_of_a_later_date(history, tam_quang):
    _played(tam_quang, history)


@pytest.mark.parametrize(
    ("mended", "history"),
    [
        ("procedures.teams.overtaken.is_stale", OVERTAKEN),
        ("procedures.teams.roster.one", FOLLOWED_LATE),
    ],
)
def test_a_release_that_does_not_look_back_is_noticed(mended, history, tam_quang, monkeypatch):
    """The control: lists nobody asks about again, lines applied in the order of their release."""
    blind = {"is_stale": lambda *_: False, "one": in_order_of_release}
    monkeypatch.setattr(mended, blind[mended.rpartition(".")[2]])
    with pytest.raises(AssertionError):
        _played(tam_quang, history)


def in_order_of_release(history):
    first, *rest = sorted(history, key=lambda line: line.decision.released)
    standing = fold._founded(first)
    for line in rest:
        standing = fold.CHANGES[line.kind](standing, line)
    return standing


def test_a_fold_that_leaves_the_old_leader_sitting_is_noticed(tam_quang, monkeypatch):
    """The control: what the diary is there to catch."""
    _played(tam_quang, FOLLOWED)
    monkeypatch.setitem(fold.CHANGES, "appoint", fold.CHANGES["admit"])
    with pytest.raises((AssertionError, IntegrityError)):
        _played(tam_quang, [(one, kind, 1, *rest) for one, kind, _place, *rest in FOLLOWED])

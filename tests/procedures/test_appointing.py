"""Thay Tổ trưởng, Tổ phó: one team, and all teams whose head changed, in one decision."""

import datetime
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from documents import nd30
from documents import service as documents
from documents.model import SignatureBlock
from procedures import papers, rules
from procedures.flows import appoint_leader
from procedures.issuing import signing
from procedures.models import Dossier
from procedures.models.changes import kept
from procedures.roles import Role
from procedures.teams import fold, in_order, roster, warnings
from workflows.errors import Refusal
from workflows.states import State

from .restructuring import (
    carried_out,
    findings_of,
    founded,
    sitting,
    specialist,
    succeed,
    text_of,
)

# Thirty statements a step, and three for each of three lines (DESIGN, section 9).
BUDGET = 30 + 3 * 3


def asked(captured):
    return [q["sql"] for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]


def lost_their_head(teams):
    told = warnings.of_teams(teams)
    return [t for t in teams if any(w.kind == warnings.POST_LOST for w in told[t.pk])]


@pytest.fixture
def heads(db):
    """Three new heads of hamlets, with accounts."""
    names = ("Lô Văn Mới", "Vi Thị Nhậm", "Kha Văn Kế")
    return [
        get_user_model().objects.create(username=f"moi-{n}", full_name=name)
        for n, name in enumerate(names)
    ]


def test_three_teams_get_their_new_heads_by_one_decision(road, tam_quang, heads):
    teams = [founded(tam_quang, index) for index in range(4)]
    for index, user in enumerate(heads):
        succeed(tam_quang, index, user)
    user, post = specialist(tam_quang)
    assert lost_their_head(teams) == teams[:3]
    dossier = appoint_leader.draft(user, post, teams[:3])
    assert dossier.title == "Thay Tổ trưởng, Tổ phó 03 Tổ công nghệ số cộng đồng"
    lines = list(dossier.changes.order_by("pk"))
    assert [line.seats.get().full_name for line in lines] == [user.full_name for user in heads]
    assert {line.cause for line in lines} == {"post_lost"}
    former = [next(n for n, role in sitting(team).items() if role == "leader") for team in teams]
    with CaptureQueriesContext(connection) as captured:
        dossier = road.do(dossier, "submit", user)
    assert len(asked(captured)) <= BUDGET, asked(captured)
    sealed = Dossier.objects.get(pk=road._forward(dossier, State.SEALED).pk)
    with CaptureQueriesContext(connection) as captured:
        done = road.do(sealed, "release_decision", tam_quang(Role.CLERK))
    assert len(asked(captured)) <= BUDGET, asked(captured)
    assert done.proposal is None
    for team, head, old in zip(teams, heads, former, strict=False):
        now = sitting(team)
        assert now[head.full_name] == "leader"
        assert old not in now
        assert len(now) == 5
    assert sitting(teams[3])[former[3]] == "leader"
    assert roster.differences(teams[0].commune) == []
    assert lost_their_head(teams) == []
    for slot, name in (("submission", "Tờ trình"), ("decision", "Quyết định")):
        data = signing.preview(done, slot)
        assert nd30.inspect(data) == nd30.Report(name, ()), slot
        assert documents.verify(data).valid
    said = text_of(done.decision)
    assert f"bản Bãi Sở | Tổ trưởng | Lô Văn Mới | Trưởng bản Bãi Sở | {former[0]}" in said
    assert documents.around(teams[0].decision)[0][0].kind == "amends"


@pytest.fixture
def team(tam_quang):
    return founded(tam_quang)


def line_of(case, *changes):
    """The line naming these of the list, (position from 0, role)."""
    line = case.changes.get()
    return {line.pk: [kept(line.before[at], role=role) for at, role in changes]}


def test_the_head_of_a_place_asks_and_the_former_leader_may_stay(road, tam_quang, team):
    head, post = tam_quang(Role.HAMLET_HEAD), tam_quang.post(Role.HAMLET_HEAD)
    case = appoint_leader.draft(head, post, [team])
    assert case.title == f"Thay Tổ trưởng, Tổ phó {team.name}"
    assert not case.changes.get().seats.exists()  # he leads himself: nobody is followed
    seats = line_of(case, (2, "deputy"), (1, "member"))
    [line] = case.changes.all()
    with pytest.raises(Refusal, match="chọn lý do"):
        road.do(road.do(case, "edit", head, seats=seats), "submit", head)
    case = Dossier.objects.get(pk=case.pk)
    case = road.do(case, "edit", head, causes={line.pk: ("moved", "Đi làm xa")})
    case = road.do(case, "submit", head)
    assert case.proposal.state == "released" or case.proposal.kind == "proposal"
    data = signing.preview(case, "proposal")
    assert nd30.inspect(data) == nd30.Report("", ())
    new, old = line.before[2].full_name, line.before[1].full_name
    asked = text_of(case.proposal)
    assert f"Cử ông (bà) {new}, {line.before[2].represents}, giữ chức vụ Tổ phó" in asked
    assert f"thay ông (bà) {old}" in asked
    assert "Đi làm xa" not in asked + str(case.proposal.content)
    assert [findings_of(case, slot) for slot in ("submission", "decision")] == [[], []]
    assert case.is_interested(head)
    carried_out(case)
    now = sitting(team)
    assert (now[new], now[old]) == ("deputy", "member")
    assert list(now.values()).count("leader") == 1
    assert roster.differences(team.commune) == []


def test_a_dead_leader_is_followed_without_a_hand_over(road, tam_quang, team, heads):
    succeed(tam_quang, 0, heads[0])
    user, post = specialist(tam_quang)
    case = appoint_leader.draft(user, post, [team])
    line = case.changes.get()
    case = road.do(case, "edit", user, causes={line.pk: ("died", "")})
    case = road.do(case, "submit", user)
    said = text_of(SimpleNamespace(says=lambda: content_of(case)))
    assert "bàn giao" not in said
    assert "đã mất" not in said.casefold()


def content_of(case):
    return papers.content("decision", case, SignatureBlock(("CHỦ TỊCH",), "Nguyễn Văn T"))


@pytest.mark.parametrize(
    ("named", "rule", "blocks"),
    [
        ([], "somebody_is_appointed", True),
        ([(1, "member")], "somebody_is_appointed", True),
        ([(1, "leader")], "leader_holds_the_post", True),
        ([(1, "leader"), (2, "leader")], "one_leader", True),
        ([(0, "deputy")], "one_leader", False),
    ],
)
def test_what_a_line_may_name(named, rule, blocks, tam_quang, team):
    case = appoint_leader.draft(*specialist(tam_quang), [team])
    for pk, rows in line_of(case, *named).items():
        case.changes.get(pk=pk).replace_seats(rows)
    found = {finding.rule: finding for finding in rules.judge(case)}
    assert found[rule].blocks is blocks


def test_a_small_team_may_still_change_its_leader(tam_quang):
    """Hạc Thành's sources set no size; in Tam Quang four are below what should be kept."""
    team = founded(tam_quang, members=4)
    case = appoint_leader.draft(*specialist(tam_quang), [team])
    line = case.changes.get()
    line.replace_seats([kept(line.before[2], role="deputy")])
    sizes = [f for f in rules.judge(case) if f.rule == "size_is_near_the_target"]
    assert [f.level for f in sizes] == ["warn"]


def test_who_may_ask_for_which_team(tam_quang, hac_thanh, team):
    post = tam_quang.post(Role.HAMLET_HEAD, 1)
    theirs = specialist(hac_thanh, 0)
    for user, at in (
        (tam_quang(Role.HAMLET_HEAD, 1), post),
        (tam_quang(Role.YOUTH_SECRETARY), tam_quang.post(Role.YOUTH_SECRETARY)),
        (tam_quang(Role.CLERK), tam_quang.post(Role.CLERK)),
        (tam_quang(Role.CHAIRMAN), tam_quang.post(Role.CHAIRMAN)),
        (tam_quang(Role.HAMLET_HEAD, 1), tam_quang.post(Role.HAMLET_HEAD)),
        theirs,
    ):
        with pytest.raises(Refusal, match="Chỉ chuyên viên hoặc người đứng đầu"):
            appoint_leader.draft(user, at, [team])


def test_the_secretary_asks_for_the_team_of_the_commune(tam_quang):
    team = founded(tam_quang, role=Role.YOUTH_SECRETARY)
    secretary = tam_quang(Role.YOUTH_SECRETARY)
    case = appoint_leader.draft(secretary, tam_quang.post(Role.YOUTH_SECRETARY), [team])
    assert case.changes.get().level == "commune"
    assert warnings.of_team(team) == []


# The fold ---------------------------------------------------------------------------------------

ROLES = st.sampled_from(["leader", "deputy", "member"])
NAMED = st.lists(st.tuples(st.integers(1, 8), ROLES), max_size=4, unique_by=lambda seat: seat[0])
HISTORY = st.lists(NAMED.filter(lambda n: [r for _p, r in n].count("leader") < 2), max_size=6)


class Line:
    """A line as the fold reads it."""

    def __init__(self, named, decision):
        self.decision = decision
        rows = [
            SimpleNamespace(pk=p, person_id=p, role=r, represents="", was_id=None) for p, r in named
        ]
        self.seats = SimpleNamespace(all=lambda: rows)


@given(HISTORY)
def test_after_any_appointment_at_most_one_leads_and_nobody_sits_twice(history):
    day = datetime.date(2026, 1, 1)
    seats = frozenset(
        fold.Sitting(p, r, "", day, 1) for p, r in ((1, "leader"), (2, "deputy"), (3, "member"))
    )
    team = fold.Standing(1, 1, "hamlet", 1, "Tổ", day, seats)
    listed = [
        SimpleNamespace(pk=-p, person_id=p, role=r)
        for p, r in ((1, "leader"), (2, "deputy"), (3, "member"))
    ]
    for number, named in enumerate(history, 2):
        decision = SimpleNamespace(pk=number, date=day + datetime.timedelta(days=number))
        line, before = Line(named, decision), team.sitting
        team = fold.CHANGES["appoint"](team, line)
        listed = in_order.LISTED["appoint"](listed, line)
        sitting = list(team.sitting)
        roles = [seat.role for seat in sitting]
        assert roles.count("leader") <= 1
        assert len({seat.person_id for seat in sitting}) == len(sitting)
        assert {(p, r) for p, r in named} <= {(s.person_id, s.role) for s in sitting}
        # Nobody is lost but who was followed.
        given = {role for _p, role in named} - {"member"}
        gone = {s.person_id for s in before} - {s.person_id for s in sitting}
        assert gone <= {s.person_id for s in before if s.role in given}
        # The printed list and the roster say the same.
        assert {(s.person_id, s.role) for s in listed} == {(s.person_id, s.role) for s in sitting}
        ended = [s for s in team.seats if s.until]
        assert all(s.until <= decision.date for s in ended)

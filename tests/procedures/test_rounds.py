"""Đợt lập tổ: gather, set aside, one decision for all or one per team."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents import service as documents
from documents.nd30 import check
from procedures.flows import establish_round
from procedures.issuing import signing
from procedures.management.commands import check_cases, verify_ledger
from procedures.models import Dossier, Hamlet, Team
from procedures.models.rounds import lines_of
from procedures.roles import Role
from procedures.teams import roster
from tests.conftest import PASSPHRASE
from tests.procedures.cells import attempt, everybody
from workflows.errors import Refusal
from workflows.service import history, perform
from workflows.states import State

PLACES = 4


class Office:
    """A round of ``PLACES`` bản of xã Tam Quang, and the acts of its people."""

    def __init__(self, road):
        self.road, self.cast = road, road.cast
        self.specialist = self.cast(Role.SPECIALIST)
        self.round = road.round(PLACES)
        self.requests = [
            road.to(State.SUBMITTED, self.cast(Role.HAMLET_HEAD, n)) for n in range(PLACES)
        ]

    @property
    def dossier(self):
        return Dossier.objects.get(pk=self.round.dossier_id)

    def do(self, act, by, note="", **data):
        return self.road.do(self.dossier, act, by, note, **data)

    def gather(self, requests=None, by=None):
        chosen = [request.pk for request in requests or self.requests]
        return self.do("gather", by or self.specialist, requests=chosen)

    def to(self, state):
        """The round in ``state``, everything gathered."""
        steps = {
            State.DRAFT: self.gather,
            State.SUBMITTED: lambda: self.do("submit", self.specialist),
            State.CHECKED: lambda: self.do("check_content", self.specialist),
            State.APPRAISED: lambda: self.sign("submission", Role.DIVISION_HEAD),
            State.CLEARED: lambda: self.do("check_form", self.cast(Role.CLERK)),
            State.SIGNED: lambda: self.sign("decision", Role.DEPUTY_CHAIRMAN),
            State.SEALED: self.seal,
            State.RELEASED: lambda: self.do("release_decision", self.cast(Role.CLERK)),
        }
        for reached, step in steps.items():
            step()
            if reached == state:
                break
        assert self.dossier.state == state
        return self.dossier

    def sign(self, kind, role):
        return self.road.sign(self.dossier, kind, self.cast(role))

    def seal(self):
        now, clerk = self.dossier, self.cast(Role.CLERK)
        return signing.seal(now, by=clerk, seen=now.revision, passphrase=PASSPHRASE)

    def fresh(self, number):
        return Dossier.objects.get(pk=self.requests[number].pk)


@pytest.fixture
def office(road):
    return Office(road)


def test_what_is_gathered_goes_on_in_the_round(office):
    titles = [request.title for request in office.requests]
    round_ = office.gather()
    assert [change.origin_id for change in lines_of(round_)] == [r.pk for r in office.requests]
    for number, title in enumerate(titles):
        request = office.fresh(number)
        assert (request.state, request.title, request.joined) == ("continued", title, round_)
        assert request.lines() == []
        assert request.proposal.state != "void"


def test_a_request_not_sent_is_not_gathered(office, road):
    draft = road.draft(office.cast(Role.HAMLET_HEAD, PLACES))
    with pytest.raises(Refusal, match="Chọn ít nhất một danh sách đã gửi"):
        office.gather([draft])


def test_another_communes_request_is_not_gathered(office, other_road):
    foreign = other_road.to(State.SUBMITTED)
    with pytest.raises(Refusal, match="Chọn ít nhất một danh sách đã gửi"):
        office.gather([foreign])
    assert Dossier.objects.get(pk=foreign.pk).state == "submitted"


def test_one_list_a_rule_refuses_keeps_all_from_being_gathered(office):
    line = office.requests[1].changes.get()
    line.seats.update(role="leader")
    with pytest.raises(Refusal, match=r"Bãi Xa: .*Tổ trưởng"):
        office.gather()
    assert {office.fresh(n).state for n in range(PLACES)} == {"submitted"}


def test_any_specialist_carries_a_round_on_and_nobody_else(office):
    office.gather(by=office.cast(Role.SPECIALIST, 1))
    for role in (Role.CLERK, Role.HAMLET_HEAD, Role.CHAIRMAN, Role.DIVISION_HEAD):
        with pytest.raises(Refusal):
            office.do("submit", office.cast(role))
    office.do("submit", office.cast(Role.SPECIALIST, 1))


def test_the_one_who_gathers_may_check_what_others_asked(office):
    assert office.to(State.CHECKED).state == "checked"


def test_a_place_in_a_round_has_no_room_for_a_second_request(office, road):
    office.gather()
    again = road.draft(office.cast(Role.HAMLET_HEAD, 0))
    with pytest.raises(Refusal, match="đang có hồ sơ khác"):
        road.do(again, "submit", office.cast(Role.HAMLET_HEAD, 0))


def test_one_decision_sets_up_every_team(office):
    released = office.to(State.RELEASED)
    teams = Team.objects.filter(decision=released.decision)
    assert teams.count() == PLACES
    assert roster.differences(released.commune) == []
    for kind in ("submission", "decision"):
        data = documents.file_of(getattr(released, kind))
        assert check(data) == []
        assert documents.verify(data).valid
    assert list(check_cases.disagreements()) == []
    assert list(verify_ledger.check(released.agency)) == []


@pytest.mark.parametrize(
    ("state", "role"),
    [
        ("draft", Role.SPECIALIST),
        ("submitted", Role.SPECIALIST),
        ("checked", Role.DIVISION_HEAD),
        ("appraised", Role.CLERK),
        ("cleared", Role.CHAIRMAN),
    ],
)
def test_a_line_is_set_aside_at_every_step_without_the_rest(office, state, role):
    line = office.to(state).lines()[2]
    office.do("set_aside", office.cast(role), "Còn thiếu người.", lines=[line.pk])
    left = office.fresh(2)
    assert (office.dossier.state, len(office.dossier.lines())) == (state, PLACES - 1)
    assert (left.state, left.joined, [c.pk for c in left.lines()]) == ("submitted", None, [line.pk])
    assert history(left).last().note == "Còn thiếu người."
    assert list(check_cases.disagreements()) == []
    assert list(verify_ledger.check(left.agency)) == []


def test_what_was_set_aside_is_decided_later(office, road):
    line = office.to(State.CLEARED).lines()[0]
    office.do("set_aside", office.cast(Role.DEPUTY_CHAIRMAN), "Để sau.", lines=[line.pk])
    office.sign("decision", Role.DEPUTY_CHAIRMAN)
    office.seal()
    first = office.do("release_decision", office.cast(Role.CLERK))
    later = road._forward(office.fresh(0), State.RELEASED)
    assert Team.objects.filter(decision=first.decision).count() == PLACES - 1
    assert Team.objects.get(decision=later.decision).hamlet == line.hamlet
    assert roster.differences(later.commune) == []


def test_the_last_line_is_not_set_aside(office):
    lines = [change.pk for change in office.to(State.CHECKED).lines()]
    with pytest.raises(Refusal, match="ít nhất một tổ"):
        office.do("set_aside", office.cast(Role.DIVISION_HEAD), "Vì.", lines=lines)


def test_a_line_of_another_round_is_not_set_aside(office, road):
    office.to(State.CHECKED)
    foreign = road.to(State.SUBMITTED, office.cast(Role.HAMLET_HEAD, PLACES)).changes.get()
    with pytest.raises(Refusal, match="trong danh sách của đợt"):
        office.do("set_aside", office.cast(Role.DIVISION_HEAD), "Vì.", lines=[foreign.pk])


def test_a_round_split_gives_each_team_its_own_decision_on_one_submission(office, road):
    asked = office.to(State.APPRAISED).submission
    assert office.do("split_round", office.cast(Role.CLERK)).state == "continued"
    numbers = set()
    for number in range(PLACES):
        request = office.fresh(number)
        assert (request.state, request.submission) == ("appraised", asked)
        done = road._forward(request, State.RELEASED)
        numbers.add(done.decision.number)
        text = done.decision.says().grounds[-1]
        assert f"số {asked.number:02d}/" in text
    assert len(numbers) == PLACES
    assert list(check_cases.disagreements()) == []


def test_a_split_request_sent_back_leaves_the_shared_submission_standing(office):
    asked = office.to(State.APPRAISED).submission
    office.do("split_round", office.cast(Role.CLERK))
    request = office.fresh(0)
    office.road.do(request, "return_for_correction", office.cast(Role.CLERK), "Sai tên.")
    assert type(asked).objects.get(pk=asked.pk).state == "signed"


def test_a_round_withdrawn_gives_every_request_back(office):
    office.to(State.CHECKED)
    office.do("withdraw", office.specialist)
    assert {office.fresh(n).state for n in range(PLACES)} == {"submitted"}
    assert list(check_cases.disagreements()) == []


def test_a_round_returned_is_corrected_and_sent_again(office):
    line = office.to(State.CHECKED).lines()[1]
    office.do("return_for_correction", office.cast(Role.DIVISION_HEAD), "Sai họ tên.")
    rows = [
        {"full_name": s.full_name, "role": s.role, "phone": s.phone, "represents": s.represents}
        for s in line.seats.all()
    ]
    rows[2]["full_name"] = "Lô Thị Mới"
    office.do("edit", office.specialist, seats={line.pk: rows})
    sent = office.do("submit", office.specialist)
    names = [seat.full_name for seat in sent.lines()[1].seats.all()]
    assert names[2] == "Lô Thị Mới"
    assert all(len(change.seats.all()) == 6 for change in sent.lines())


def test_inner_acts_cannot_be_done_by_themselves(office):
    request = office.fresh(0)
    for act in ("join_round", "leave_round", "resume_alone"):
        with pytest.raises(Refusal):
            perform(request, act, by=office.specialist, seen=request.revision, note="x")


def test_a_place_is_asked_for_of_its_own_commune_only(road, other_road):
    foreign = Hamlet.objects.filter(commune__agency=other_road.cast.agency)
    with pytest.raises(Refusal, match="xã, phường của mình"):
        establish_round.open_round(
            road.cast(Role.SPECIALIST), road.cast.post(Role.SPECIALIST),
            name="Đợt", due=timezone.localdate(), hamlets=foreign,
        )  # fmt: skip


SPECIALISTS = {"specialist", "second specialist"}
# Who may do what with a round, by hand. The head of a place may nothing: his request went on.
MAY = {
    ("draft", "gather"): SPECIALISTS,
    ("draft", "set_aside"): SPECIALISTS,
    ("draft", "submit"): SPECIALISTS,
    ("draft", "withdraw"): SPECIALISTS,
    ("submitted", "check_content"): SPECIALISTS,
    ("submitted", "set_aside"): SPECIALISTS,
    ("submitted", "withdraw"): SPECIALISTS,
    ("submitted", "reject"): SPECIALISTS,
    ("checked", "reject"): {"division head", "deputy division head"},
    ("appraised", "reject"): {"clerk", "second clerk"},
    ("appraised", "return_to_specialist"): {"clerk", "second clerk"},
    ("cleared", "return_to_specialist"): {"chairman", "deputy of the field"},
    ("submitted", "take_back_proposal"): {"specialist"},
    ("checked", "set_aside"): {"division head", "deputy division head"},
    ("checked", "withdraw"): SPECIALISTS,
    ("checked", "return_to_specialist"): {"division head", "deputy division head"},
    ("appraised", "set_aside"): {"clerk", "second clerk"},
    ("appraised", "split_round"): {"clerk", "second clerk"},
    ("appraised", "check_form"): {"clerk", "second clerk"},
    ("appraised", "withdraw"): SPECIALISTS,
    ("cleared", "set_aside"): {"chairman", "deputy of the field"},
    ("cleared", "withdraw"): SPECIALISTS,
    ("cleared", "reject"): {"chairman", "deputy of the field"},
    ("signed", "set_aside"): set(),
    ("signed", "withdraw"): set(),
}
ACTS = sorted({act for _state, act in MAY})


@pytest.mark.parametrize("state", sorted({state for state, _act in MAY}))
def test_everybody_with_every_act_of_a_round(office, state, tam_quang, hac_thanh, road):
    dossier, wrong = office.to(state), []
    people = everybody(tam_quang, hac_thanh)
    waiting = road.to(State.SUBMITTED, office.cast(Role.HAMLET_HEAD, PLACES))
    data = {
        "gather": {"requests": [waiting.pk]},
        "set_aside": {"lines": [dossier.lines()[0].pk]},
    }
    for act in ACTS:
        allowed = MAY.get((state, act), set())
        for name, cast, user in people:
            may = cast is tam_quang and name in allowed
            outcome = attempt(dossier, act, user, data.get(act, {}))
            if (outcome == "refused") == may:
                wrong.append((act, name, cast.agency.code, outcome))
    assert wrong == []


BATCH = [
    (State.DRAFT, "submit", Role.SPECIALIST),
    (State.SUBMITTED, "check_content", Role.SPECIALIST),
    (State.CHECKED, "reserve_submission", Role.DIVISION_HEAD),
    (State.APPRAISED, "check_form", Role.CLERK),
    (State.CLEARED, "reserve_decision", Role.DEPUTY_CHAIRMAN),
    (State.SEALED, "release_decision", Role.CLERK),
]


@pytest.mark.parametrize(("state", "act", "role"), BATCH)
def test_a_step_of_a_round_stays_within_the_budget_of_a_batch(office, state, act, role):
    """30 statements and 3 per line (DESIGN, section 9)."""
    dossier, by = office.to(state), office.cast(role)
    with CaptureQueriesContext(connection) as captured:
        perform(dossier, act, by=by, seen=dossier.revision)
    asked = [q["sql"] for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert len(asked) <= 30 + 3 * PLACES, asked

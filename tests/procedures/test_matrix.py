"""States x acts x people x own or other commune.

The cells are enumerated from the declarations; who may is written here by hand. Every cell is
executed (``cells.py`` says by whom). A cell not named in ``MAY`` is refused and changes nothing.
"""

import datetime

import pytest
from django.utils import timezone

from procedures import demo
from procedures.models import Dossier
from procedures.models.entering import Received
from procedures.roles import Role
from workflows.errors import Refusal
from workflows.models import Delegation, Holding
from workflows.service import perform
from workflows.states import State, acts_of

from .cells import AUTHOR, CHIEF, CLERKS, HEAD, SIGNERS, SPECIALISTS, wrong_cells

# Who may do an act in a state, and the state it leads to.
MAY = {
    ("draft", "edit"): ({AUTHOR}, "draft"),
    ("draft", "submit"): ({AUTHOR}, "submitted"),
    ("draft", "withdraw"): ({AUTHOR}, "withdrawn"),
    ("draft", "enter"): (SPECIALISTS, "draft"),
    ("returned", "enter"): (SPECIALISTS, "returned"),
    ("returned", "edit"): ({AUTHOR}, "returned"),
    ("returned", "submit"): ({AUTHOR}, "submitted"),
    ("returned", "withdraw"): ({AUTHOR}, "withdrawn"),
    ("submitted", "withdraw"): ({AUTHOR}, "withdrawn"),
    ("submitted", "check_content"): (SPECIALISTS, "checked"),
    ("submitted", "set_annexes_apart"): (SPECIALISTS, "submitted"),
    ("submitted", "return_for_correction"): (SPECIALISTS, "returned"),
    ("submitted", "reject"): (SPECIALISTS, "rejected"),
    ("checked", "withdraw"): ({AUTHOR}, "withdrawn"),
    ("checked", "reserve_submission"): (HEAD, "checked"),
    ("checked", "record_paper_submission"): (CLERKS, "appraised"),
    ("checked", "return_for_correction"): (HEAD, "returned"),
    ("checked", "reject"): (HEAD, "rejected"),
    ("appraised", "withdraw"): ({AUTHOR}, "withdrawn"),
    ("appraised", "check_form"): (CLERKS, "cleared"),
    ("appraised", "reword"): (CLERKS, "appraised"),
    ("appraised", "set_annexes_apart"): (CLERKS, "appraised"),
    ("appraised", "return_for_correction"): (CLERKS, "returned"),
    ("appraised", "reject"): (CLERKS, "rejected"),
    ("cleared", "withdraw"): ({AUTHOR}, "withdrawn"),
    ("cleared", "reserve_decision"): (SIGNERS, "cleared"),
    ("cleared", "record_paper_decision"): (CLERKS, "signed"),
    ("cleared", "return_for_correction"): (SIGNERS, "returned"),
    ("cleared", "reject"): (SIGNERS, "rejected"),
    ("checked", "return_to_specialist"): (HEAD, "submitted"),
    ("appraised", "return_to_specialist"): (CLERKS, "submitted"),
    ("appraised", "return_to_head"): (CLERKS, "checked"),
    ("cleared", "return_to_specialist"): (SIGNERS, "submitted"),
    ("cleared", "return_to_head"): (SIGNERS, "checked"),
    ("cleared", "return_to_clerk"): (SIGNERS, "appraised"),
    # Only who did the act, and nobody has acted since: the fixture's first specialist and clerk.
    ("submitted", "take_back_proposal"): ({AUTHOR}, "returned"),
    ("checked", "take_back_content_check"): ({"specialist"}, "submitted"),
    ("cleared", "take_back_form_check"): ({"clerk"}, "appraised"),
    ("signed", "void_decision"): (CLERKS, "appraised"),
    ("sealed", "void_decision"): (CLERKS, "appraised"),
    ("sealed", "release_decision"): (CLERKS, "released"),
    ("released", "record_delivery"): (CLERKS, "released"),
    # The head of the place the decision names, and nobody for him.
    ("released", "acknowledge"): ({AUTHOR}, "released"),
}
# The same where a specialist has told how the request he enters was received.
MAY_ENTERED = {
    (state, act): (who, after or state)
    for state in ("draft", "returned")
    for act, who, after in (
        ("edit", {AUTHOR}, ""),
        ("submit", {AUTHOR}, "submitted"),
        ("withdraw", {AUTHOR}, "withdrawn"),
        ("enter", SPECIALISTS, ""),
        ("edit_entered", SPECIALISTS, ""),
        ("submit_entered", SPECIALISTS, "submitted"),
    )
}
# What differs on the road of an office that does otherwise: without a Tờ trình, or with the step of
# the Chánh Văn phòng. None is a cell that only the other roads have.
SLIP, INITIALS, REVIEWED = "slip", "initials", "reviewed"
OTHERWISE = {
    SLIP: {
        ("checked", "reserve_submission"): None,
        ("checked", "record_paper_submission"): None,
        ("checked", "agree_by_slip"): (HEAD, "appraised"),
        ("appraised", "take_back_slip"): ({"division head"}, "checked"),
        # Only the person of both desks who has just checked the content: test_ways.py.
        ("checked", "check_form_ahead"): (set(), "checked"),
    },
    INITIALS: {
        ("checked", "reserve_submission"): None,
        ("checked", "record_paper_submission"): None,
        ("checked", "initial_draft"): (HEAD, "appraised"),
        ("appraised", "take_back_initials"): ({"division head"}, "checked"),
        ("checked", "check_form_ahead"): (set(), "checked"),
    },
    REVIEWED: {
        ("appraised", "check_form"): None,
        ("cleared", "take_back_form_check"): None,
        ("appraised", "pass_to_office"): (CLERKS, "office_review"),
        ("office_review", "withdraw"): ({AUTHOR}, "withdrawn"),
        ("office_review", "approve_draft"): (CHIEF, "cleared"),
        ("office_review", "return_for_correction"): (CHIEF, "returned"),
        ("office_review", "return_to_specialist"): (CHIEF, "submitted"),
        ("office_review", "return_to_head"): (CHIEF, "checked"),
        ("office_review", "return_to_clerk"): (CHIEF, "appraised"),
        ("office_review", "reject"): (CHIEF, "rejected"),
        ("office_review", "take_back_to_clerk"): ({"clerk"}, "appraised"),
        ("cleared", "take_back_approval"): (CHIEF, "office_review"),
        ("cleared", "return_to_office"): (SIGNERS, "office_review"),
    },
}
# States only a request for consent is ever in, or the minutes of a meeting
# (test_draft_paper_matrix.py).
_OF_OTHERS = (State.AWAITING_CONSENT, State.AGREED, State.AWAITING_SECRETARY)
# Acts of one person at two desks, or that carry on what he did: test_ways.py plays them.
BY_ONE_PERSON = {
    "take_back_checks", "carry_to_leader", "carry_to_office", "take_back_from_leader",
    "take_back_from_office",
}  # fmt: skip
# Acts that need a ticket, a file or a reserved number, or belong to another procedure or to a
# paper whose original is elsewhere: even the right person is refused without.
NEEDS_MORE = {
    "edit_entered", "submit_entered",
    "sign_submission", "sign_decision", "drop_signing", "seal_decision", "record_existing",
    "gather", "set_aside", "split_round", "join_round", "leave_round", "resume_alone",
    "add_scan", "record_training", "put_back_signing", "record_elsewhere", "put_annexes_back",
    # Requests about single members have a table of their own: test_members_matrix.py.
    "pass_for_consent", "take_back_passing", "consent", "take_back_consent", "reopen",
    "collaborate", "join_decision", "leave_decision",
    # Minutes signed by two, likewise: test_draft_paper_matrix.py.
    "sign_minutes", "countersign_minutes", "decline_minutes",
}  # fmt: skip


def test_the_table_names_only_declared_cells():
    acts = acts_of(Dossier)
    cells = {*MAY, *(cell for road in OTHERWISE.values() for cell in road)}
    assert {act for _, act in cells} | NEEDS_MORE | BY_ONE_PERSON == set(acts)
    for state, act in cells:
        assert state in acts[act].sources, (state, act)
    declared = {(s, name) for name, act in acts.items() for s in act.sources}
    declared = {cell for cell in declared if cell[0] not in _OF_OTHERS}
    more = NEEDS_MORE | BY_ONE_PERSON
    others = {(s, name) for name in more for s in acts[name].sources}
    assert declared - cells == {cell for cell in others if cell[0] not in _OF_OTHERS}


# States of other roads than this one have tables of their own.
_ELSEWHERE = (
    State.OFFICE_REVIEW, State.AWAITING_CONSENT, State.AGREED, State.ACCEPTED, State.TEAM_REVIEW,
    State.AWAITING_SECRETARY,
)  # fmt: skip
USUAL = [(state, "") for state in State.values if state not in _ELSEWHERE]
SPECIAL = [
    *((state, way) for way in (SLIP, INITIALS) for state in ("checked", "appraised", "cleared")),
    *((state, REVIEWED) for state in ("appraised", "office_review", "cleared")),
]


@pytest.mark.parametrize(("state", "way"), USUAL + SPECIAL)
def test_every_act_by_everybody(state, way, road, tam_quang, hac_thanh):
    road.ways(asking=way if way in (SLIP, INITIALS) else "submission", review=way == REVIEWED)
    table = {**MAY, **OTHERWISE.get(way, {})}
    assert wrong_cells(road.to(state), table, (tam_quang, hac_thanh), strangers=not way) == []


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_every_act_on_what_is_being_entered(state, road, tam_quang, hac_thanh):
    received = Received("phone", timezone.localdate())
    dossier = road.do(road.to(state), "enter", tam_quang(Role.SPECIALIST), received=received)
    assert wrong_cells(dossier, MAY_ENTERED, (tam_quang, hac_thanh)) == []


def test_a_stale_page_is_refused(road, tam_quang):
    """Returned, edited, submitted again: an appraisal of the old page must not erase the edit."""
    dossier = road.to(State.SUBMITTED)
    seen = dossier.revision
    specialist, author = tam_quang(Role.SPECIALIST), tam_quang(Role.HAMLET_HEAD)
    dossier = road.do(dossier, "return_for_correction", specialist, note="Thiếu thành phần.")
    road.do(dossier, "submit", author)
    with pytest.raises(Refusal, match="vừa được người khác xử lý"):
        perform(dossier, "check_content", by=specialist, seen=seen)


def test_a_second_click_is_refused_with_a_sentence(road, tam_quang):
    dossier = road.to(State.SUBMITTED)
    specialist = tam_quang(Role.SPECIALIST)
    perform(dossier, "check_content", by=specialist, seen=dossier.revision)
    with pytest.raises(Refusal, match="vừa được người khác xử lý"):
        perform(dossier, "check_content", by=specialist, seen=dossier.revision)


@pytest.mark.parametrize("act", ["return_for_correction", "reject"])
def test_a_reason_is_asked_for(act, road, tam_quang):
    dossier = road.to(State.SUBMITTED)
    with pytest.raises(Refusal, match="lý do") as refused:
        perform(dossier, act, by=tam_quang(Role.SPECIALIST), seen=dossier.revision, note="  ")
    assert refused.value.field == "note"


def test_nobody_decides_his_own_request(road, tam_quang):
    """The head of the bản, standing in for the specialist, may not check his own proposal."""
    Delegation.objects.create(
        principal=tam_quang.post(Role.SPECIALIST), delegate=tam_quang.post(Role.HAMLET_HEAD),
        kind="STAND_IN", since=timezone.localdate(), paper="Thông báo số 7/TB-UBND",
    )  # fmt: skip
    dossier = road.to(State.SUBMITTED)
    with pytest.raises(Refusal, match="của chính ông/bà"):
        perform(dossier, "check_content", by=tam_quang(Role.HAMLET_HEAD), seen=dossier.revision)


def test_an_officer_named_as_a_member_may_not_check_the_team_he_joins(road, tam_quang):
    specialist = tam_quang(Role.SPECIALIST)
    dossier = road.draft()
    seats = [*demo.seats(dossier, 4), {"full_name": specialist.full_name, "role": "member"}]
    author = tam_quang(Role.HAMLET_HEAD)
    dossier = road.do(dossier, "edit", author, seats={dossier.changes.get().pk: seats})
    dossier = road.do(dossier, "submit", author)
    with pytest.raises(Refusal, match="của chính ông/bà"):
        road.do(dossier, "check_content", specialist)
    assert road.do(dossier, "check_content", tam_quang(Role.SPECIALIST, 1)).state == "checked"


def test_a_successor_in_the_post_takes_the_returned_case_up(road, tam_quang):
    dossier = road.to(State.RETURNED)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Holding.objects.filter(post=dossier.post).update(until=yesterday)
    successor = tam_quang("specialist", 1)
    Holding.objects.create(post=dossier.post, user=successor, since=timezone.localdate())
    former = dossier.author
    with pytest.raises(Refusal, match="Việc này thuộc"):
        road.do(dossier, "withdraw", former)
    assert road.do(dossier, "withdraw", successor).state == State.WITHDRAWN

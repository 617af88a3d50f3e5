"""States x acts x people x own or other commune, for a request about one member and for the
decision that gathers such requests. Who may is written here by hand."""

import pytest

from procedures.people import member_requests
from procedures.roles import Role
from workflows.states import State

from . import members as on
from .cells import AUTHOR, CLERKS, HEAD, SIGNERS, SPECIALISTS, data_for, wrong_cells

REQUEST = {
    ("draft", "edit"): ({AUTHOR}, "draft"),
    ("draft", "submit"): ({AUTHOR}, "submitted"),
    ("draft", "withdraw"): ({AUTHOR}, "withdrawn"),
    ("draft", "enter"): (SPECIALISTS, "draft"),
    ("submitted", "withdraw"): ({AUTHOR}, "withdrawn"),
    ("submitted", "take_back_proposal"): ({AUTHOR}, "returned"),
    ("submitted", "pass_for_consent"): (SPECIALISTS, "awaiting_consent"),
    ("submitted", "return_for_correction"): (SPECIALISTS, "returned"),
    ("submitted", "reject"): (SPECIALISTS, "rejected"),
    ("submitted", "collaborate"): (SPECIALISTS, "submitted"),
    ("returned", "edit"): ({AUTHOR}, "returned"),
    ("returned", "submit"): ({AUTHOR}, "submitted"),
    ("returned", "withdraw"): ({AUTHOR}, "withdrawn"),
    ("returned", "enter"): (SPECIALISTS, "returned"),
    ("awaiting_consent", "withdraw"): ({AUTHOR}, "withdrawn"),
    ("awaiting_consent", "take_back_passing"): ({"specialist"}, "submitted"),
    ("awaiting_consent", "consent"): (SIGNERS, "agreed"),
    ("awaiting_consent", "return_for_correction"): (SIGNERS, "returned"),
    ("awaiting_consent", "return_to_specialist"): (SIGNERS, "submitted"),
    ("awaiting_consent", "reject"): (SIGNERS, "rejected"),
    ("awaiting_consent", "collaborate"): (SIGNERS, "awaiting_consent"),
    ("agreed", "withdraw"): ({AUTHOR}, "withdrawn"),
    ("agreed", "take_back_consent"): ({"chairman"}, "awaiting_consent"),
    ("agreed", "reopen"): (SPECIALISTS, "submitted"),
}
DECISION = {
    ("draft", "gather"): (SPECIALISTS, "draft"),
    ("draft", "set_aside"): (SPECIALISTS, "draft"),
    ("draft", "submit"): (SPECIALISTS, "submitted"),
    ("draft", "withdraw"): (SPECIALISTS, "withdrawn"),
    ("submitted", "set_aside"): (SPECIALISTS, "submitted"),
    ("submitted", "set_annexes_apart"): (SPECIALISTS, "submitted"),
    ("submitted", "withdraw"): (SPECIALISTS, "withdrawn"),
    ("submitted", "take_back_proposal"): ({"specialist"}, "returned"),
    ("submitted", "check_content"): (SPECIALISTS, "checked"),
    ("submitted", "return_for_correction"): (SPECIALISTS, "returned"),
    ("submitted", "reject"): (SPECIALISTS, "rejected"),
    ("returned", "gather"): (SPECIALISTS, "returned"),
    ("returned", "set_aside"): (SPECIALISTS, "returned"),
    ("returned", "submit"): (SPECIALISTS, "submitted"),
    ("returned", "withdraw"): (SPECIALISTS, "withdrawn"),
    ("checked", "set_aside"): (HEAD, "checked"),
    ("checked", "withdraw"): (SPECIALISTS, "withdrawn"),
    ("checked", "initial_draft"): (HEAD, "appraised"),
    ("checked", "return_for_correction"): (HEAD, "returned"),
    ("checked", "return_to_specialist"): (HEAD, "submitted"),
    ("checked", "reject"): (HEAD, "rejected"),
    ("checked", "take_back_content_check"): ({"specialist"}, "submitted"),
    ("cleared", "set_aside"): (SIGNERS, "cleared"),
    ("cleared", "withdraw"): (SPECIALISTS, "withdrawn"),
    ("cleared", "reserve_decision"): (SIGNERS, "cleared"),
    ("cleared", "record_paper_decision"): (CLERKS, "signed"),
    ("cleared", "return_for_correction"): (SIGNERS, "returned"),
    ("cleared", "return_to_specialist"): (SIGNERS, "submitted"),
    ("cleared", "return_to_head"): (SIGNERS, "checked"),
    ("cleared", "return_to_clerk"): (SIGNERS, "appraised"),
    ("cleared", "reject"): (SIGNERS, "rejected"),
    ("cleared", "take_back_form_check"): ({"clerk"}, "appraised"),
}
# Who might come nearest to doing what nobody may.
NEAREST = frozenset({AUTHOR, "specialist", "chairman", "clerk"})


def tried(dossier, table, casts, more):
    def told(act, dossier, cast):
        return more.get(act) or data_for(act, dossier, cast)

    return wrong_cells(dossier, table, casts, told, nearest=NEAREST)


def request_in(state, tam_quang):
    team, specialist = on.team(tam_quang), tam_quang(Role.SPECIALIST)
    leader = tam_quang(Role.HAMLET_HEAD)
    if state == "draft":
        dossier = member_requests.draft(leader, team.leading_post(), team, on.ADMIT)
        seats = {dossier.changes.get().pk: [{"role": "member", **on.NEWCOMER}]}
        return on.do(dossier, "edit", leader, seats=seats)
    if state in ("agreed", "continued"):
        agreed = on.agreed(tam_quang, team)
        if state == "continued":
            on.gathered(tam_quang, agreed)
        return on.fresh(agreed)
    request = on.asked(tam_quang, team)
    if state == "awaiting_consent":
        return on.passed(tam_quang, request)
    if state == "returned":
        return on.do(request, "return_for_correction", specialist, "Chưa rõ.")
    return request


@pytest.mark.parametrize("state", [*dict.fromkeys(state for state, _act in REQUEST), "continued"])
def test_every_act_by_everybody_on_a_request(state, tam_quang, hac_thanh):
    dossier = request_in(state, tam_quang)
    assert dossier.state == state
    line = dossier.changes.first()
    edit = {"seats": {line.pk: [{"role": "member", **on.NEWCOMER}]}} if line else {"seats": {}}
    more = {"edit": edit, "edit_entered": edit}
    assert tried(dossier, REQUEST, (tam_quang, hac_thanh), more) == []


@pytest.mark.parametrize("state", dict.fromkeys(state for state, _act in DECISION))
def test_every_act_by_everybody_on_a_decision(state, road, tam_quang, hac_thanh):
    road.ways(asking="initials")
    team, specialist = on.team(tam_quang), tam_quang(Role.SPECIALIST)
    one, other = on.agreed(tam_quang, team), on.agreed(tam_quang, team, on.LEAVE)
    waiting = on.agreed(tam_quang, team, on.LEAVE, on.member(team, number=1))
    dossier = on.gathered(tam_quang, one, other)
    if state != "draft":
        dossier = on.do(dossier, "submit", specialist)
    if state == "returned":
        dossier = on.do(dossier, "return_for_correction", specialist, "Chưa rõ.")
    if state in ("checked", "cleared"):
        dossier = road._forward(dossier, State(state))
    more = {
        "gather": {"requests": [waiting.pk]},
        "set_aside": {"lines": [other.given_lines.get().pk]},
    }
    assert tried(dossier, DECISION, (tam_quang, hac_thanh), more) == []

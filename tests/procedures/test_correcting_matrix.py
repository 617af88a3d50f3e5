"""States x people x own or other commune for a case that puts a released decision right.

The acts are those of every decision; what differs is who begins it: a specialist, who may then
decide nothing about it. Who may is written here by hand.
"""

import pytest

from procedures.models import Remedy
from workflows.states import State

from .cells import CLERKS, HEAD, SIGNERS, data_for, wrong_cells
from .correcting import begun, changed, respelt, sent

AUTHOR = {"second specialist"}
CHECKERS = {"specialist"}

MAY = {
    ("draft", "edit"): (AUTHOR, "draft"),
    ("draft", "submit"): (AUTHOR, "submitted"),
    ("draft", "withdraw"): (AUTHOR, "withdrawn"),
    ("submitted", "withdraw"): (AUTHOR, "withdrawn"),
    ("submitted", "take_back_proposal"): (AUTHOR, "returned"),
    ("submitted", "check_content"): (CHECKERS, "checked"),
    ("submitted", "return_for_correction"): (CHECKERS, "returned"),
    ("submitted", "reject"): (CHECKERS, "rejected"),
    ("checked", "withdraw"): (AUTHOR, "withdrawn"),
    ("checked", "reserve_submission"): (HEAD, "checked"),
    ("checked", "record_paper_submission"): (CLERKS, "appraised"),
    ("checked", "return_for_correction"): (HEAD, "returned"),
    ("checked", "return_to_specialist"): (HEAD, "submitted"),
    ("checked", "reject"): (HEAD, "rejected"),
    ("checked", "take_back_content_check"): (CHECKERS, "submitted"),
    ("cleared", "withdraw"): (AUTHOR, "withdrawn"),
    ("cleared", "reserve_decision"): (SIGNERS, "cleared"),
    ("cleared", "record_paper_decision"): (CLERKS, "signed"),
    ("cleared", "return_for_correction"): (SIGNERS, "returned"),
    ("cleared", "return_to_specialist"): (SIGNERS, "submitted"),
    ("cleared", "return_to_head"): (SIGNERS, "checked"),
    ("cleared", "return_to_clerk"): (SIGNERS, "appraised"),
    ("cleared", "reject"): (SIGNERS, "rejected"),
    ("cleared", "take_back_form_check"): ({"clerk"}, "appraised"),
    ("sealed", "void_decision"): (CLERKS, "appraised"),
    ("sealed", "release_decision"): (CLERKS, "released"),
}


@pytest.mark.parametrize("state", ["draft", "submitted", "checked", "cleared", "sealed"])
def test_every_act_by_everybody_on_a_remedy(state, road, tam_quang, hac_thanh):
    old = road.to(State.RELEASED)
    dossier = begun(tam_quang, old.decision, Remedy.AMEND)
    line = dossier.changes.get()
    seats = {line.pk: changed(line, 3, full_name=respelt(line))}
    words = {"seats": seats, "fault": "Sai tên"}
    if state == State.DRAFT:
        dossier = road.do(dossier, "edit", dossier.author, **words)
    else:
        dossier = road._forward(sent(road, dossier, **words), state)

    def told(act, dossier, cast):
        return words if act == "edit" else data_for(act, dossier, cast)

    assert wrong_cells(dossier, MAY, (tam_quang, hac_thanh), told) == []

"""States x people x own or other commune for a letter that sends the list of teams upward.

The acts are those of every decision; who may is written here by hand: the second specialist drew
it up, so the first checks it.
"""

import pytest

from workflows.states import State

from .cells import CLERKS, HEAD, SIGNERS, data_for, wrong_cells
from .test_existing import record
from .test_upward import ASKED, begun, sent

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
}


def told(act, dossier, cast):
    return {"request": ASKED} if act == "edit" else data_for(act, dossier, cast)


@pytest.mark.parametrize("state", ["draft", "submitted", "checked", "cleared"])
def test_every_act_by_everybody_on_a_list_upward(state, road, tam_quang, hac_thanh):
    record(tam_quang)
    dossier = begun(tam_quang)
    if state == State.DRAFT:
        dossier = road.do(dossier, "edit", dossier.author, request=ASKED)
    else:
        dossier = road._forward(sent(road, dossier), state)
    assert wrong_cells(dossier, MAY, (tam_quang, hac_thanh), told) == []

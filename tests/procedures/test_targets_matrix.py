"""States x people x own or other commune for a case that assigns targets.

Its author is the second specialist, who decides nothing about it; the leaders of the teams have no
act on it, though one of them heads a bản that gets its numbers. Written here by hand.
"""

import pytest

from workflows.states import State

from .cells import CLERKS, SIGNERS, wrong_cells
from .targets import begun, sent, standing, written

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
    ("cleared", "withdraw"): (AUTHOR, "withdrawn"),
    ("cleared", "reserve_decision"): (SIGNERS, "cleared"),
    ("cleared", "record_paper_decision"): (CLERKS, "signed"),
    ("cleared", "return_for_correction"): (SIGNERS, "returned"),
    ("cleared", "return_to_specialist"): (SIGNERS, "submitted"),
    ("cleared", "return_to_head"): (SIGNERS, "checked"),
    ("cleared", "return_to_clerk"): (SIGNERS, "appraised"),
    ("cleared", "reject"): (SIGNERS, "rejected"),
    ("cleared", "take_back_form_check"): ({"clerk"}, "appraised"),
    ("released", "record_delivery"): (CLERKS, "released"),
}


@pytest.mark.parametrize("state", ["draft", "submitted", "cleared", "released"])
def test_every_act_by_everybody_on_targets(state, road, tam_quang, hac_thanh):
    standing(tam_quang, 1)
    dossier = written(road, begun(tam_quang), 1)
    if state != State.DRAFT:
        dossier = road._forward(sent(road, dossier), state)
    assert wrong_cells(dossier, MAY, (tam_quang, hac_thanh)) == []

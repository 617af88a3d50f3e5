"""States x people x own or other commune for what a specialist begins.

The acts are those of every decision; who may is written here by hand: the second specialist drew
it up, so the first checks it. Results of a course are written by either specialist.
"""

import pytest
from django.utils import timezone

from procedures import deliveries
from procedures.deliveries import Entry, key_of
from procedures.flows import AnnounceTeamsFlow, RegisterTrainingFlow
from procedures.models import Dossier
from workflows.states import State, acts_of

from .drafted import begun, sent, written
from .test_matrix import CLERKS, SIGNERS, SPECIALISTS, attempt, data_for, everybody
from .test_training import SAID, leaders
from .test_training import teams as teams

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
    ("released", "record_training"): (SPECIALISTS, "released"),
    ("released", "record_delivery"): (CLERKS, "released"),
}


def told(act, dossier, cast):
    if act == "edit":
        return {"said": SAID}
    if act == "record_training":
        return {"results": {dossier.matter.trainees.first().pk: ("took_part", "")}}
    if act == "record_delivery" and dossier.state == State.RELEASED:
        place = deliveries.recipients(dossier)[0]
        key = key_of(place.name, place.post_id)
        return {"entries": [Entry(key, way="paper", sent=timezone.localdate())]}
    return data_for(act, dossier, cast)


@pytest.mark.parametrize("state", ["draft", "submitted", "cleared", "released"])
def test_every_act_by_everybody_on_a_registration(state, road, tam_quang, hac_thanh, teams):
    said = SAID | {"people": leaders(teams)}
    dossier = begun(tam_quang, RegisterTrainingFlow)
    if state == State.DRAFT:
        dossier = written(road, dossier, said)
    else:
        dossier = road._forward(sent(road, dossier, said), state)
    people, wrong = everybody(tam_quang, hac_thanh), []
    for act in acts_of(Dossier):
        allowed, target = MAY.get((state, act), (set(), None))
        for name, cast, user in people:
            may = cast is tam_quang and name in allowed
            outcome = attempt(dossier, act, user, told(act, dossier, cast))
            if outcome != (target if may else "refused"):
                wrong.append((act, name, cast.agency.code, outcome))
    assert wrong == []


def test_results_belong_to_a_course_only(tam_quang, teams):
    act = acts_of(Dossier)["record_training"]
    assert not begun(tam_quang, AnnounceTeamsFlow).knows(act)
    assert begun(tam_quang, RegisterTrainingFlow).knows(act)

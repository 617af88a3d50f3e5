"""States x people x own or other commune for what a specialist begins.

The acts are those of every decision; who may is in cells.py: the second specialist drew
it up, so the first checks it. Results of a course are written by either specialist. The second
clerk is commended, so he decides nothing about that. What the Chairman gives away he signs
himself; the chief of office receives it.
"""

import datetime

import pytest
from django.utils import timezone

from procedures.flows import (
    AnnounceTeamsFlow,
    CommendFlow,
    DelegateSigningFlow,
    RegisterTrainingFlow,
)  # fmt: skip
from procedures.issuing import deliveries
from procedures.issuing.deliveries import Entry, key_of
from procedures.models import Dossier, Grant
from procedures.roles import Role
from workflows.states import State, acts_of

from .cells import BY_A_SPECIALIST, SPECIALISTS, WITH_AN_ANNEX, data_for, wrong_cells
from .correcting import post_of
from .drafted import begun, sent, written
from .test_announcing import SAID as ANNOUNCED
from .test_commending import SAID as COMMENDED
from .test_commending import row
from .test_training import SAID as REGISTERED
from .test_training import leaders
from .test_training import teams as teams

# Who comes nearest to what nobody may.
NEAREST = frozenset({*SPECIALISTS, "chairman", "clerk", "deputy of the field"})

# What differs where the second clerk is one of those rewarded.
ONE_CLERK = {"clerk"}
COMMENDING = {
    ("checked", "record_paper_submission"): (ONE_CLERK, "appraised"),
    ("appraised", "check_form"): (ONE_CLERK, "cleared"),
    ("appraised", "reword"): (ONE_CLERK, "appraised"),
    ("appraised", "return_for_correction"): (ONE_CLERK, "returned"),
    ("appraised", "return_to_specialist"): (ONE_CLERK, "submitted"),
    ("appraised", "return_to_head"): (ONE_CLERK, "checked"),
    ("appraised", "reject"): (ONE_CLERK, "rejected"),
    ("cleared", "record_paper_decision"): (ONE_CLERK, "signed"),
    ("signed", "void_decision"): (ONE_CLERK, "appraised"),
    ("sealed", "void_decision"): (ONE_CLERK, "appraised"),
}
HIMSELF = {"chairman"}
DELEGATING = {
    ("cleared", "reserve_decision"): (HIMSELF, "cleared"),
    ("cleared", "return_for_correction"): (HIMSELF, "returned"),
    ("cleared", "return_to_specialist"): (HIMSELF, "submitted"),
    ("cleared", "return_to_head"): (HIMSELF, "checked"),
    ("cleared", "return_to_clerk"): (HIMSELF, "appraised"),
    ("cleared", "reject"): (HIMSELF, "rejected"),
}
TRAINING = {("released", "record_training"): (SPECIALISTS, "released"), **WITH_AN_ANNEX}
TABLES = {
    AnnounceTeamsFlow: BY_A_SPECIALIST,
    RegisterTrainingFlow: {**BY_A_SPECIALIST, **TRAINING},
    CommendFlow: {**BY_A_SPECIALIST, **COMMENDING},
    DelegateSigningFlow: {**BY_A_SPECIALIST, **DELEGATING},
}
STATES = list(dict.fromkeys(state for state, _act in BY_A_SPECIALIST))
# Where nobody is left out, not even from what nobody may.
EVERYBODY = ("draft", "submitted", "cleared", "released")
# The registration is tried in every state; the others where they differ from it.
CASES = [
    *((RegisterTrainingFlow, state) for state in STATES),
    *((CommendFlow, state) for state in ("draft", "appraised", "cleared", "released")),
    *((AnnounceTeamsFlow, state) for state in ("draft", "submitted", "cleared", "released")),
    *((DelegateSigningFlow, state) for state in ("draft", "checked", "cleared", "sealed")),
]


def said_of(flow, cast, teams):
    if flow is RegisterTrainingFlow:
        return REGISTERED | {"people": leaders(teams)}
    if flow is CommendFlow:
        clerk = row("op", other=cast(Role.CLERK, 1).full_name)
        return COMMENDED | {"rows": [clerk]}
    if flow is AnnounceTeamsFlow:
        return ANNOUNCED
    chief = post_of(cast(Role.CHIEF_OF_OFFICE)).pk
    return {
        "rows": [{"delegate": chief, "field": "digital"}],
        "until": timezone.localdate() + datetime.timedelta(days=30),
        "content": "Giấy mời họp về chuyển đổi số.",
        "kinds": ["invitation"],
    }


def brought(flow, state, road, cast, said):
    dossier = begun(cast, flow, **({"grant": Grant.AUTHORISE} if said.get("until") else {}))
    if state == State.DRAFT:
        return written(road, dossier, said)
    dossier = sent(road, dossier, said)
    if state == State.RETURNED:
        return road.do(dossier, "return_for_correction", cast(Role.SPECIALIST), "Chưa rõ.")
    return road._forward(dossier, state)


@pytest.mark.parametrize(("flow", "state"), CASES)
def test_every_act_by_everybody(flow, state, road, tam_quang, hac_thanh, teams):
    said = said_of(flow, tam_quang, teams)
    dossier = brought(flow, state, road, tam_quang, said)
    assert dossier.state == state

    def told(act, dossier, cast):
        if act == "edit":
            return {"said": said}
        if act == "record_training" and flow is RegisterTrainingFlow:
            return {"results": {dossier.matter.trainees.first().pk: ("took_part", "")}}
        if act == "record_delivery" and dossier.state == State.RELEASED:
            place = deliveries.recipients(dossier)[0]
            key = key_of(place.name, place.post_id)
            return {"entries": [Entry(key, way="paper", sent=timezone.localdate())]}
        return data_for(act, dossier, cast)

    whole = flow is RegisterTrainingFlow and state in EVERYBODY
    nearest = None if whole else NEAREST
    casts = (tam_quang, hac_thanh)
    assert wrong_cells(dossier, TABLES[flow], casts, told, nearest=nearest) == []


def test_the_tables_name_only_declared_cells():
    acts = acts_of(Dossier)
    for table in TABLES.values():
        assert not [cell for cell in table if cell[0] not in acts[cell[1]].sources]


def test_results_belong_to_a_course_only(tam_quang, teams):
    act = acts_of(Dossier)["record_training"]
    assert not begun(tam_quang, AnnounceTeamsFlow).knows(act)
    assert begun(tam_quang, RegisterTrainingFlow).knows(act)

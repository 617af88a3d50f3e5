"""States x people x own or other commune for papers a specialist drafts.

The acts are those of every decision, and in the states in between what test_drafted_matrix.py says;
who may is in cells.py: the second specialist drafts, so the first checks. Where the
Chairman himself is asked to sign, his deputy does not; minutes are signed by who chaired, here the
deputy, with ink where their secretary is words, else by the two with their keys: after the chair
the secretary, here who drew them up.
"""

import pytest
from django.utils import timezone

from procedures.flows import DraftPaperFlow
from procedures.models import Dossier
from procedures.roles import Role
from workflows.states import State, acts_of

from .cells import BY_A_SPECIALIST, CLERKS, SIGNERS, SPECIALISTS, data_for, wrong_cells
from .drafted import begun, sent, written
from .paper_drafts import SAID, said_of, signed_by_secretary, two_of

CHAIRMAN = {"chairman"}
CHAIR, SECRETARY = {"deputy of the field"}, {"second specialist"}
NEAREST = frozenset({*SPECIALISTS, *SIGNERS, "clerk", "chief of office"})
_ANSWERS = {
    "return_for_correction": "returned",
    "return_to_specialist": "submitted",
    "return_to_head": "checked",
    "return_to_clerk": "appraised",
    "reject": "rejected",
}


def at_signing(signers, **others):
    """Who decides on a paper that is ready to be signed."""
    answers = {("cleared", act): (signers, state) for act, state in _ANSWERS.items()}
    return {**answers, **{("cleared", act): cell for act, cell in others.items()}}


FOR_ANY = BY_A_SPECIALIST
FOR_HIM = {**FOR_ANY, **at_signing(CHAIRMAN, reserve_decision=(CHAIRMAN, "cleared"))}
INK = {**FOR_ANY, **at_signing(CHAIR, reserve_decision=None)}
KEYS = {
    **FOR_ANY,
    **at_signing(CHAIR, reserve_decision=(CHAIR, "cleared")),
    ("awaiting_secretary", "countersign_minutes"): (SECRETARY, "signed"),
    ("awaiting_secretary", "decline_minutes"): (SECRETARY, "returned"),
    ("awaiting_secretary", "void_decision"): (CLERKS, "appraised"),
}

CASES = [
    ("introduction", "", "draft", FOR_ANY),
    ("invitation", "", "appraised", FOR_ANY),
    ("plan", "KT", "cleared", FOR_ANY),
    ("plan", "OWN", "cleared", FOR_HIM),
    ("minutes", "", "cleared", INK),
    ("minutes", "two", "awaiting_secretary", KEYS),
]


def brought(road, cast, kind, signed_by, state):
    dossier = begun(cast, DraftPaperFlow, kind=kind)
    said = two_of(cast) if signed_by == "two" else said_of(cast, kind) | {"signed_by": signed_by}
    if state == State.DRAFT:
        return written(road, dossier, said)
    dossier = sent(road, dossier, said)
    if state != State.AWAITING_SECRETARY:
        return road._forward(dossier, state)
    return road.sign(road._forward(dossier, State.CLEARED), "decision", cast(Role.DEPUTY_CHAIRMAN))


@pytest.mark.parametrize(("kind", "signed_by", "state", "table"), CASES)
def test_every_act_by_everybody(kind, signed_by, state, table, road, tam_quang, hac_thanh):
    dossier = brought(road, tam_quang, kind, signed_by, state)
    assert dossier.state == state
    both = signed_by_secretary(dossier) if state == State.AWAITING_SECRETARY else b""

    def told(act, dossier, cast):
        if act == "edit":
            return {"said": SAID[kind]}
        if act == "countersign_minutes":
            return {"file": both}
        data = data_for(act, dossier, cast)
        if act == "record_paper_decision" and kind == "minutes":
            data |= {"signer": tam_quang(Role.DEPUTY_CHAIRMAN), "date": timezone.localdate()}
        return data

    casts = (tam_quang, hac_thanh)
    assert wrong_cells(dossier, table, casts, told, nearest=NEAREST) == []


def test_the_tables_name_only_declared_cells():
    acts = acts_of(Dossier)
    for table in (FOR_ANY, FOR_HIM, INK, KEYS):
        assert not [cell for cell in table if cell[0] not in acts[cell[1]].sources]

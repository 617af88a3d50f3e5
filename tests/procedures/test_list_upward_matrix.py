"""States x people x own or other commune for a letter that sends the list of teams upward.

The acts are those of every decision; who may is in cells.py: the second specialist drew
it up, so the first checks it.
"""

import pytest

from workflows.states import State

from .cells import BY_A_SPECIALIST, WITH_AN_ANNEX, data_for, wrong_cells
from .test_existing import record
from .test_upward import ASKED, begun, sent


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
    assert (
        wrong_cells(dossier, {**BY_A_SPECIALIST, **WITH_AN_ANNEX}, (tam_quang, hac_thanh), told)
        == []
    )

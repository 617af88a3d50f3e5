"""States x people x own or other commune for a case that puts a released decision right.

The acts are those of every decision; what differs is who begins it: a specialist, who may then
decide nothing about it. Who may is in cells.py.
"""

import pytest

from procedures.models import Remedy
from workflows.states import State

from .cells import BY_A_SPECIALIST, data_for, wrong_cells
from .correcting import begun, changed, respelt, sent


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

    assert wrong_cells(dossier, BY_A_SPECIALIST, (tam_quang, hac_thanh), told) == []

"""States x people x own or other commune for a case that assigns targets.

Its author is the second specialist, who decides nothing about it; the leaders of the teams have no
act on it, though one of them heads a bản that gets its numbers. Who may is written in cells.py.
"""

import pytest

from workflows.states import State

from .cells import BY_A_SPECIALIST, WITH_AN_ANNEX, wrong_cells
from .targets import begun, sent, standing, written


@pytest.mark.parametrize("state", ["draft", "submitted", "cleared", "released"])
def test_every_act_by_everybody_on_targets(state, road, tam_quang, hac_thanh):
    standing(tam_quang, 1)
    dossier = written(road, begun(tam_quang), 1)
    if state != State.DRAFT:
        dossier = road._forward(sent(road, dossier), state)
    assert wrong_cells(dossier, {**BY_A_SPECIALIST, **WITH_AN_ANNEX}, (tam_quang, hac_thanh)) == []

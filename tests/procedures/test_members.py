"""Joining, leaving and being taken out of a team: from the leader's words to the roster."""

import pytest

from procedures import roster
from procedures.flows import change_members
from procedures.models import Membership, Notice
from procedures.roles import Role
from workflows.errors import Refusal
from workflows.states import State

from . import members as on
from .members import ADMIT, LEAVE, REMOVE


def test_from_the_leaders_words_to_the_roster(road, tam_quang):
    """Two teams, one decision: somebody joins, somebody leaves, somebody died."""
    first, second = on.team(tam_quang), on.team(tam_quang, 1)
    joining = on.agreed(tam_quang, first)
    leaving = on.agreed(tam_quang, second, LEAVE)
    dead = on.agreed(tam_quang, second, REMOVE, on.member(second, number=1), cause="died")
    assert [d.pk for d in change_members.pool(first.commune)] == [joining.pk, leaving.pk, dead.pk]
    assert joining.waits_at is None
    dossier = on.gathered(tam_quang, joining, leaving, dead)
    assert {on.fresh(r).state for r in (joining, leaving, dead)} == {State.CONTINUED}
    assert not change_members.pool(first.commune).exists()
    dossier = on.decided(road, on.sent(tam_quang, dossier))
    assert "Vi Thị Hoa" in on.names(first)
    assert len(on.names(second)) == 4
    assert roster.differences(first.commune) == []
    assert {on.fresh(r).shown_state for r in (joining, leaving, dead)} == {State.RELEASED}

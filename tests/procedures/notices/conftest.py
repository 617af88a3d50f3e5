"""Cases whose acts are heard after their commit."""

import pytest

from procedures.roles import Role
from workflows.states import State

from .clock import FRIDAY, at_step


@pytest.fixture
def after(road, django_capture_on_commit_callbacks):
    """``after(dossier, act, by)``: the act done and committed, as far as anybody can tell."""

    def do(dossier, act, by, note="", **data):
        with django_capture_on_commit_callbacks(execute=True):
            return road.do(dossier, act, by, note, **data)

    return do


@pytest.fixture
def rejected(after, road, tam_quang):
    dossier = road.to(State.SUBMITTED)
    return after(dossier, "reject", tam_quang(Role.SPECIALIST), "Không đủ người & <b>thiếu</b>.")


@pytest.fixture
def waiting(road):
    """A case that came to the specialists on Friday morning."""
    dossier = road.to(State.SUBMITTED)
    return at_step(dossier, *FRIDAY, 8)

"""SQL per step (DESIGN, section 9): at most 30, a signing counted as its two acts."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procedures.issuing import signing
from procedures.models import Dossier
from procedures.roles import Role
from tests.conftest import PASSPHRASE
from workflows.service import perform
from workflows.states import State

BUDGET = 30

STEPS = [
    (State.DRAFT, "submit", Role.HAMLET_HEAD),
    (State.SUBMITTED, "check_content", Role.SPECIALIST),
    (State.SUBMITTED, "return_for_correction", Role.SPECIALIST),
    (State.CHECKED, "reserve_submission", Role.DIVISION_HEAD),
    (State.APPRAISED, "check_form", Role.CLERK),
    (State.CLEARED, "reserve_decision", Role.DEPUTY_CHAIRMAN),
    (State.CLEARED, "withdraw", Role.HAMLET_HEAD),
    (State.SEALED, "release_decision", Role.CLERK),
]


@pytest.fixture(autouse=True)
def warm(db):
    """A process asks for each content type once: that is no cost of a step."""
    ContentType.objects.get_for_models(*apps.get_models())


def fresh(dossier):
    return Dossier.objects.get(pk=dossier.pk)


def statements(captured):
    """What the database is asked, without the savepoints of the surrounding test."""
    return [query["sql"] for query in captured.captured_queries if "SAVEPOINT" not in query["sql"]]


@pytest.mark.parametrize(("state", "act", "role"), STEPS)
def test_a_step_stays_within_its_budget(state, act, role, road, tam_quang):
    dossier, by = fresh(road.to(state)), tam_quang(role)
    with CaptureQueriesContext(connection) as captured:
        perform(dossier, act, by=by, seen=dossier.revision, note="Vì một lý do.")
    assert len(statements(captured)) <= BUDGET, statements(captured)


@pytest.mark.parametrize(
    ("asking", "review", "state", "act", "role"),
    [
        ("slip", False, State.CHECKED, "agree_by_slip", Role.DIVISION_HEAD),
        ("initials", False, State.CHECKED, "initial_draft", Role.DIVISION_HEAD),
        ("submission", True, State.APPRAISED, "pass_to_office", Role.CLERK),
        ("submission", True, State.OFFICE_REVIEW, "approve_draft", Role.CHIEF_OF_OFFICE),
        ("initials", False, State.SEALED, "release_decision", Role.CLERK),
    ],
)
def test_a_step_of_another_way_does_too(asking, review, state, act, role, road, tam_quang):
    road.ways(asking=asking, review=review)
    dossier, by = fresh(road.to(state)), tam_quang(role)
    with CaptureQueriesContext(connection) as captured:
        perform(dossier, act, by=by, seen=dossier.revision)
    assert len(statements(captured)) <= BUDGET, statements(captured)


def test_the_second_half_of_a_signing_stays_within_its_budget(road, tam_quang):
    from documents import service as documents

    dossier, by = fresh(road.to(State.CLEARED)), tam_quang(Role.CHAIRMAN)
    held = perform(dossier, "reserve_decision", by=by, seen=dossier.revision)
    data = documents.sign(
        held.decision, attempt=held.hold, passphrase=PASSPHRASE, signer_key=f"user:{by.pk}"
    )
    with CaptureQueriesContext(connection) as captured:
        perform(held, "sign_decision", by=by, seen=held.revision, hold=held.hold, file=data)
    assert len(statements(captured)) <= BUDGET, statements(captured)


def test_sealing_stays_within_its_budget(road, tam_quang):
    dossier, by = fresh(road.to(State.SIGNED)), tam_quang(Role.CLERK)
    with CaptureQueriesContext(connection) as captured:
        signing.seal(dossier, by=by, seen=dossier.revision, passphrase=PASSPHRASE)
    # The act itself and reading the signed file back before the key is opened.
    assert len(statements(captured)) <= BUDGET + 10, statements(captured)

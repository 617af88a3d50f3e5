"""A commune with a case in every state, for the walks over every page."""

import datetime

import pytest
import time_machine
from django.db import transaction
from django.test import TestCase
from django.utils import timezone

from procedures.roles import Role
from tests.conftest import TAM_QUANG, Cast
from tests.procedures.conftest import Road
from workflows.models import Agency
from workflows.states import State

# States of the usual road, and of the requests it gathers; "sealed" lasts a moment.
STATES = [
    State.DRAFT, State.SUBMITTED, State.CHECKED, State.APPRAISED, State.OFFICE_REVIEW,
    State.CLEARED, State.SIGNED, State.RELEASED, State.RETURNED, State.REJECTED, State.WITHDRAWN,
    State.CONTINUED,
]  # fmt: skip
AGES = [0, 2, 26, 24 * 8, 24 * 40, 24 * 400]  # hours: minutes, hours, days, weeks, months, years


@pytest.fixture(scope="module")
def settled(django_db_setup, django_db_blocker):
    """A case in every state, begun between today and last year, with its notices.

    Made once for a module: what a test does on top of it is rolled back to here.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        cast = Cast(Agency.objects.get(code=TAM_QUANG))
        for number, state in enumerate(STATES):
            age = datetime.timedelta(hours=AGES[number % len(AGES)])
            with (
                time_machine.travel(timezone.now() - age),
                TestCase.captureOnCommitCallbacks(execute=True),
            ):
                road = Road(cast)
                road.ways(review=state == State.OFFICE_REVIEW)
                road.to(state, cast(Role.HAMLET_HEAD, number))
        yield
        transaction.set_rollback(True)

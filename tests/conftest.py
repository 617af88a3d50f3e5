"""The cast. Every test plays in the two communes of the demo data.

Lô Văn A heads a bản of xã Tam Quang and proposes; the others are found by the post they hold.
People of phường Hạc Thành must see nothing of Tam Quang.
"""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, settings

from procedures.demo import PASSPHRASE, Cast
from workflows import triggers
from workflows.models import Agency

# How long an example takes says something of the machine, nothing of the code.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

TAM_QUANG, HAC_THANH = "16933", "14797"

__all__ = ["HAC_THANH", "PASSPHRASE", "TAM_QUANG", "Cast"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In a module those come first who ask for nothing made for all of it: they would meet it."""
    modules = itertools.groupby(items[:], key=lambda item: item.path)
    items[:] = [item for _path, own in modules for item in sorted(own, key=_stands_on_others)]


def _stands_on_others(item: pytest.Item) -> bool:
    return "module_db" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The demo data is loaded once; every test rolls back to it."""
    with django_db_blocker.unblock():
        call_command("demo_data", verbosity=0)


@pytest.fixture
def transactional_db(transactional_db: None) -> Any:
    """Tests with real transactions end in a flush, which takes the demo data and which the
    ledger's triggers would refuse."""
    triggers.install()
    call_command("demo_data", verbosity=0)
    yield
    triggers.remove()


@pytest.fixture(scope="module")
def module_db(django_db_setup: None, django_db_blocker: Any) -> Any:
    """For fixtures of a module: what they make stands for all its tests, each of which rolls back
    to it, and goes with the last. A test reads the rows anew."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def tam_quang(db: None) -> Cast:
    return Cast(Agency.objects.get(code=TAM_QUANG))


@pytest.fixture
def hac_thanh(db: None) -> Cast:
    return Cast(Agency.objects.get(code=HAC_THANH))

"""What an installation must not start with."""

import pytest
from django.core.checks import run_checks

from documents.signing import demo_ca

from .office import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office().give_keys()


def faults(**options):
    return {fault.id for fault in run_checks(**options) if fault.id.startswith("documents.")}


def test_production_checks_find_demo_keys_roots_and_a_private_address(office, settings, tmp_path):
    (tmp_path / "copied.pem").write_bytes(demo_ca.root_file().read_bytes())
    settings.PRODUCTION, settings.DEMO_KEYS_ALLOWED = True, False
    settings.TRUST_ROOTS, settings.PUBLIC_URL = tmp_path, "http://192.168.1.9:8000"

    found = faults(include_deployment_checks=True, databases=["default"])

    assert found == {"documents.E002", "documents.E003", "documents.E004"}


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://vanban.tamquang.gov.vn", True),
        ("https://203.113.131.9", True),
        ("http://vanban.tamquang.gov.vn", False),
        ("https://localhost", False),
        ("https://10.0.0.4", False),
        ("https://may-chu.local", False),
    ],
)
def test_only_a_public_https_address_may_be_printed(settings, address, good):
    settings.PRODUCTION, settings.PUBLIC_URL = True, address

    assert ("documents.E003" not in faults(include_deployment_checks=True)) is good


def test_a_trial_passes_the_checks(office):
    assert faults(include_deployment_checks=True, databases=["default"]) == set()

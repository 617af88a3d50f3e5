"""What the installation refuses, and what it has after a plain ``migrate``."""

import pytest
from django.core.cache import cache
from django.core.checks import run_checks
from django.db import connection

LOCMEM = "django.core.cache.backends.locmem.LocMemCache"


def found(settings):
    return {message.id for message in run_checks(include_deployment_checks=True)}


def test_a_cache_of_one_process_is_refused_for_production(settings):
    assert "accounts.E001" not in found(settings)
    for backend in (LOCMEM, "django.core.cache.backends.dummy.DummyCache"):
        settings.CACHES = {"default": {"BACKEND": backend}}
        assert "accounts.E001" in found(settings)


def test_officers_without_a_second_factor_are_reported(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    assert "accounts.W001" in found(settings)
    settings.SECOND_FACTOR_REQUIRED = True
    assert "accounts.W001" not in found(settings)


@pytest.mark.django_db
def test_the_table_of_the_cache_is_there():
    assert "django_cache" in connection.introspection.table_names()
    cache.set("khoa", "giá trị", 60)
    assert cache.get("khoa") == "giá trị"

"""System checks: what must hold before the engine serves anybody."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from . import triggers


@register(Tags.database)
def ledger_is_append_only(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The ledger's triggers are in place in every database that has the ledger."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        if triggers.TABLE not in connections[alias].introspection.table_names():
            continue
        if absent := triggers.missing(alias):
            found.append(
                Error(
                    f"The ledger lacks its triggers {sorted(absent)}.",
                    hint="Run `manage.py migrate`: it installs them again.",
                    id="workflows.E001",
                )
            )
    return found


@register(deploy=True)
def ledger_key_exists(**kwargs: Any) -> list[CheckMessage]:
    if settings.LEDGER_KEY_FILE.is_file():
        return []
    return [
        Error(
            "The ledger has no key.",
            hint="Write 64 hexadecimal digits to LEDGER_KEY_FILE, outside the database's backup.",
            id="workflows.E002",
        )
    ]

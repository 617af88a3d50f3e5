"""Database triggers that keep the ledger append-only.

They are installed by a migration and again after every ``migrate``: SQLite drops a table's
triggers when it remakes the table for a changed column.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

TABLE = "workflows_event"
_MESSAGE = "the ledger is append-only"

_SQLITE = {
    f"{TABLE}_no_{verb.lower()}": (
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
    )
    for verb in ("UPDATE", "DELETE")
}

_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$
"""
_POSTGRES = {
    f"{TABLE}_no_{verb.lower()}": (
        f"CREATE OR REPLACE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
        f"FOR EACH {'STATEMENT' if verb == 'TRUNCATE' else 'ROW'} "
        f"EXECUTE FUNCTION {TABLE}_refuse()"
    )
    for verb in ("UPDATE", "DELETE", "TRUNCATE")
}


def expected(vendor: str) -> dict[str, str]:
    """Name and statement of every trigger a database of this vendor must have."""
    return _POSTGRES if vendor == "postgresql" else _SQLITE


def install(using: str = "default") -> None:
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for statement in expected(connection.vendor).values():
            cursor.execute(statement)


def remove(using: str = "default") -> None:
    connection = connections[using]
    suffix = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in expected(connection.vendor):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{suffix}")


def missing(using: str = "default") -> set[str]:
    """Names of the triggers that should be there and are not."""
    connection = connections[using]
    query = (
        f"SELECT tgname FROM pg_trigger WHERE tgrelid = '{TABLE}'::regclass "  # noqa: S608
        "AND NOT tgisinternal AND tgenabled IN ('O', 'A')"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    return set(expected(connection.vendor)) - present


def reinstall(using: str = "default", **kwargs: Any) -> None:
    """Receiver of ``post_migrate``."""
    if TABLE in connections[using].introspection.table_names():
        install(using)

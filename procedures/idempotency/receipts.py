"""The number a proposal is received under: "16933-0007", told to whoever sent it.

Short enough to be read out over the telephone, so it does not begin anew each year: a code names
one case of a commune for ever. It is no number of a document, and may have gaps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from ..models import Commune

# One statement, the same text on SQLite and PostgreSQL: two senders cannot read the same value.
_NEXT = """
INSERT INTO procedures_receiptcounter (commune_id, value) VALUES (%s, 1)
ON CONFLICT (commune_id) DO UPDATE SET value = procedures_receiptcounter.value + 1
RETURNING value
"""


def next_code(commune: Commune) -> str:
    """The next code of a commune. Call inside the transaction that stores it."""
    if not connection.in_atomic_block:
        raise RuntimeError("a code is taken inside the transaction that stores it")
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [commune.pk])
        value = int(cursor.fetchone()[0])
    return f"{commune.code}-{value:04d}"

"""How long the page of each procedure is, and what each step asks of the database.

Run by hand: ``python -m tests.benchmarks.procedure_pages``. Prints; the budget of 30 statements a
step is held by the tests.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

FLOWS = Path(__file__).resolve().parents[2] / "procedures" / "flows"
Counted = dict[str, list[int]]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.test.utils import setup_test_environment

    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    call_command("demo_data", verbosity=0)
    print("Lines of each procedure's page")
    for lines, name in sorted(_pages()):
        print(f"  {lines:4} {name}")
    print("Statements per act (budget 30, and 3 for each line); notices come after the commit")
    with transaction.atomic():
        counted = _counted()
    for act, counts in counted.items():
        print(f"  {max(counts):4} {act}")


def _pages() -> list[tuple[int, str]]:
    pages = [page for page in FLOWS.glob("*.py") if page.stem != "__init__"]
    return [(len(page.read_text(encoding="utf-8").splitlines()), page.stem) for page in pages]


def _counted() -> Counted:
    """One member joins, one leaves, and the decision that gathers both is released."""
    from procedures.demo import Cast
    from tests.procedures import members as on
    from tests.procedures.conftest import Road
    from workflows.models import Agency

    counted: Counted = {}
    cast = Cast(Agency.objects.get(code="16933"))
    road = Road(cast)
    on.do = _counting(on.do, counted)
    road.do = _counting(road.do, counted)  # type: ignore[method-assign]
    road.sign = _counting(road.sign, counted, "sign ")  # type: ignore[method-assign]
    team = on.team(cast)
    requests = [on.agreed(cast, team, on.ADMIT), on.agreed(cast, team, on.LEAVE)]
    on.decided(road, on.sent(cast, on.gathered(cast, *requests)))
    return counted


def _counting(work: Callable[..., Any], counted: Counted, prefix: str = "") -> Callable[..., Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def counting(record: Any, act: str, *args: Any, **data: Any) -> Any:
        record = type(record).objects.get(pk=record.pk)
        with CaptureQueriesContext(connection) as captured:
            done = work(record, act, *args, **data)
        asked = [q for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]
        counted.setdefault(f"{record.procedure}: {prefix}{act}", []).append(len(asked))
        return done

    return counting


if __name__ == "__main__":
    main()

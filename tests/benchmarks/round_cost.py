"""What a round costs: SQL statements and CPU per step, for 18 and for 60 teams.

Run by hand: ``python -m tests.benchmarks.round_cost``. Prints; judges nothing but the number of
statements, which the tests hold (``tests/procedures/test_rounds.py``).
"""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Callable
from typing import Any

import django

SIZES = (1, 18, 60)
MEMBERS = 6


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    call_command("demo_data", verbosity=0)
    _more_hamlets(max(SIZES))
    # The first document loads fonts and the style sheet; what counts is an office at work.
    _round(1)
    _print({size: _round(size) for size in SIZES})


def _more_hamlets(count: int) -> None:
    """Xã Tam Quang has 18 bản; a merged commune may have 60."""
    from django.contrib.auth import get_user_model

    from procedures.models import Hamlet
    from procedures.roles import Role
    from workflows.models import Holding, Post

    commune = _cast().agency.commune
    for number in range(commune.hamlets.count(), count):
        name = f"Thử {number}"
        user = get_user_model().objects.create(
            username=f"thu{number}", full_name=f"Lô Văn Thử {number}"
        )
        post = Post.objects.create(
            agency=commune.agency, role=Role.HAMLET_HEAD, title=f"Trưởng bản {name}"
        )
        Holding.objects.create(post=post, user=user, since=datetime.date(2025, 7, 1))
        Hamlet.objects.create(commune=commune, kind="bản", name=name, head_post=post)


def _cast() -> Any:
    from procedures.demo import Cast
    from workflows.models import Agency

    return Cast(Agency.objects.get(code="16933"))


def _round(size: int) -> dict[str, tuple[int, float]]:
    """(statements, CPU ms) of every step of a round of ``size`` teams, then undone."""
    from django.db import transaction

    with transaction.atomic():
        measured = dict(_steps(size))
        transaction.set_rollback(True)
    return measured


def _steps(size: int) -> Any:
    from django.utils import timezone

    from procedures import demo
    from procedures.flows import establish_round, establish_team
    from procedures.issuing import signing
    from procedures.models import Dossier
    from procedures.roles import Role
    from workflows.service import perform

    cast = _cast()
    specialist, clerk = cast(Role.SPECIALIST), cast(Role.CLERK)
    hamlets = list(cast.agency.commune.hamlets.order_by("pk")[:size])
    opened = establish_round.open_round(
        specialist, cast.post(Role.SPECIALIST), name="Đợt", due=timezone.localdate(),
        hamlets=hamlets,
    )  # fmt: skip
    requests = []
    for hamlet in hamlets:
        head = hamlet.head_post.holder().user
        dossier = establish_team.draft(head, hamlet.head_post)
        seats = {dossier.changes.get().pk: demo.seats(dossier, MEMBERS)}
        dossier = perform(dossier, "edit", by=head, seen=dossier.revision, seats=seats)
        requests.append(perform(dossier, "submit", by=head, seen=dossier.revision).pk)

    def fresh() -> Any:
        return Dossier.objects.get(pk=opened.dossier_id)

    def do(act: str, by: Any, **data: Any) -> Callable[[], Any]:
        return lambda: perform(fresh(), act, by=by, seen=fresh().revision, **data)

    def signed(kind: str, by: Any) -> Callable[[], Any]:
        return lambda: signing.sign(
            fresh(), kind, by=by, seen=fresh().revision, passphrase=demo.PASSPHRASE
        )

    yield "gather", _measured(do("gather", specialist, requests=requests))
    yield "submit", _measured(do("submit", specialist))
    yield "check_content", _measured(do("check_content", specialist))
    yield "sign_submission", _measured(signed("submission", cast(Role.DIVISION_HEAD)))
    yield "check_form", _measured(do("check_form", clerk))
    yield "sign_decision", _measured(signed("decision", cast(Role.DEPUTY_CHAIRMAN)))
    yield (
        "seal_and_release",
        _measured(
            lambda: signing.seal_and_release(
                fresh(), by=clerk, seen=fresh().revision, passphrase=demo.PASSPHRASE
            )
        ),
    )


def _measured(work: Callable[[], Any]) -> tuple[int, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        began = time.process_time()
        work()
        spent = 1000 * (time.process_time() - began)
    asked = [q for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]
    return len(asked), spent


def _print(measured: dict[int, dict[str, tuple[int, float]]]) -> None:
    heads = "".join(f"{f'{size} tổ':>18}" for size in SIZES)
    print(f"{'bước':<18}{heads}{'SQL mỗi dòng':>15}{'ms mỗi dòng':>14}")
    few, many = SIZES[1], SIZES[2]
    for step in measured[few]:
        cells = "".join(
            f"{f'{queries} SQL {ms:.0f} ms':>18}"
            for queries, ms in (measured[size][step] for size in SIZES)
        )
        more = [measured[many][step][n] - measured[few][step][n] for n in (0, 1)]
        per_line = [value / (many - few) for value in more]
        print(f"{step:<18}{cells}{per_line[0]:>15.1f}{per_line[1]:>14.1f}")


if __name__ == "__main__":
    main()

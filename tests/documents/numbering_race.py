"""Eight processes take numbers while one after another is killed; prints what stands, as JSON.

Run as ``python -m tests.documents.numbering_race SECONDS [--apart]`` with ``DATABASE_URL`` naming
an empty database. ``--apart`` commits the number before the document: the mistake this test must
be able to see.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from uuid import uuid4

import django

WORKERS = 8


def take(series):
    """One number as the product takes it: number and document in one transaction."""
    from django.db import transaction
    from django.utils import timezone

    from documents import service

    from .office import DEPUTY
    from .samples import DECISION

    with transaction.atomic():
        return service.reserve(
            issuer=series.issuer,
            kind="decision",
            series=series,
            content=DECISION,
            attempt=uuid4(),
            signer=DEPUTY,
            today=timezone.localdate(),
        ).number


def take_apart(series):
    """The same in two transactions."""
    from django.db import transaction
    from django.utils import timezone

    from documents.models import Document, digest_of
    from documents.registry.numbering import next_number

    from .samples import DECISION

    today = timezone.localdate()
    with transaction.atomic():
        number = next_number(series, today.year)
    Document.objects.create(
        issuer=series.issuer,
        kind="decision",
        series=series,
        year=today.year,
        number=number,
        date=today,
        content={},
        content_digest=digest_of(DECISION),
    )
    return number


def work(taken, series, acknowledged):
    """Take numbers for ever; each is written down once its transaction has been committed."""
    descriptor = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    while True:
        os.write(descriptor, f"{taken(series)}\n".encode())


def start(taken, series, folder):
    child = os.fork()
    if child:
        return child
    try:
        work(taken, series, folder / str(os.getpid()))
    finally:
        # Never fall back into the parent's code.
        os._exit(1)


def race(taken, series, folder, seconds):
    """Kill and replace a random worker every few milliseconds; how many were killed."""
    chance, kills, dead_early = random.Random(8), 0, 0
    workers = [start(taken, series, folder) for _ in range(WORKERS)]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(chance.uniform(0.02, 0.12))
        victim = workers.pop(chance.randrange(WORKERS))
        os.kill(victim, signal.SIGKILL)
        _, status = os.waitpid(victim, 0)
        dead_early += not os.WIFSIGNALED(status)
        kills += 1
        workers.append(start(taken, series, folder))
    for victim in workers:
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
    return kills, dead_early


def main(seconds, apart):
    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from documents.models import Document

    from .office import Office

    call_command("migrate", verbosity=0)
    series = Office().series
    assert series.issuer.pk
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # A forked child must open its own connection.
        connections.close_all()
        kills, dead_early = race(take_apart if apart else take, series, folder, seconds)
        acknowledged = [int(line) for file in folder.iterdir() for line in file.open()]
    stored = Counter(Document.objects.values_list("number", flat=True))
    highest = max(stored, default=0)
    report = {
        "kills": kills,
        "died_by_themselves": dead_early,
        "issued": sum(stored.values()),
        "gaps": highest - len(stored),
        "duplicates": sum(count - 1 for count in stored.values()),
        "acknowledged": len(acknowledged),
        "acknowledged_twice": len(acknowledged) - len(set(acknowledged)),
        "lost": len(set(acknowledged) - set(stored)),
    }
    json.dump(report, sys.stdout)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("seconds", type=float)
    parser.add_argument("--apart", action="store_true")
    main(**vars(parser.parse_args()))

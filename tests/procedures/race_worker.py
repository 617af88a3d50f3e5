"""One process of the race tests: ``python -m tests.procedures.race_worker COMMAND ...``.

Runs on the database and the folder its environment names; prints one JSON line and exits.
``RACE_LOCK=off`` removes the lock under test: the positive control.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from documents.models import Document  # noqa: E402
from procedures.flows import establish_team  # noqa: E402
from procedures.idempotency import claims, receipts  # noqa: E402
from procedures.issuing import signing  # noqa: E402
from procedures.models import Dossier  # noqa: E402
from procedures.models.entering import Received  # noqa: E402
from procedures.roles import Role  # noqa: E402
from tests.conftest import PASSPHRASE, TAM_QUANG, Cast  # noqa: E402
from workflows import locking, service  # noqa: E402
from workflows.errors import Refusal  # noqa: E402
from workflows.models import Agency  # noqa: E402


@contextmanager
def unlocked(record):
    """What ``locking.locked`` would be without a lock: everybody has read before one writes."""
    fresh = type(record)._default_manager.select_related("agency", "post").get(pk=record.pk)
    time.sleep(0.5)
    with transaction.atomic():
        yield fresh


if os.environ.get("RACE_LOCK") == "off":
    locking.locked = unlocked


def paused(claim):
    """Both have been judged by the rules before either claims its place."""

    def wait(dossier):
        time.sleep(1)
        claim(dossier)

    return wait


claims.claim_places = paused(
    (lambda dossier: None) if os.environ.get("RACE_LOCK") == "off" else claims.claim_places
)


def draft(index):
    """A draft for the ``index``-th hamlet; its pk and its author."""
    from tests.procedures.conftest import Road

    cast = Cast(Agency.objects.get(code=TAM_QUANG))
    head = cast(Role.HAMLET_HEAD, int(index))
    return [Road(cast).draft(head).pk, head.username]


def submit(pk, username, gate):
    """Send the draft when the gate file appears: the state it ended in, or the refusal."""
    dossier, by = Dossier.objects.get(pk=pk), get_user_model().objects.get(username=username)
    while not Path(gate).exists():
        time.sleep(0.005)
    try:
        return {"state": service.perform(dossier, "submit", by=by, seen=dossier.revision).state}
    except Refusal as refusal:
        return {"refused": refusal.sentence}


def prepare(index):
    """A dossier of the ``index``-th hamlet waiting for the Chairman's signature; its pk."""
    from tests.procedures.conftest import Road

    cast = Cast(Agency.objects.get(code=TAM_QUANG))
    return Road(cast).to("cleared", cast(Role.HAMLET_HEAD, int(index))).pk


def reserve_and_die(pk, username):
    """kill -9 between the reservation and the signature."""
    dossier = Dossier.objects.get(pk=pk)
    by = get_user_model().objects.get(username=username)
    service.perform(dossier, "reserve_decision", by=by, seen=dossier.revision)
    os.kill(os.getpid(), signal.SIGKILL)


def sign(pk, username, gate=""):
    """Sign when the gate file appears: the state it ended in, or the refusal."""
    dossier = Dossier.objects.get(pk=pk)
    by = get_user_model().objects.get(username=username)
    while gate and not Path(gate).exists():
        time.sleep(0.005)
    try:
        done = signing.sign(
            dossier, "decision", by=by, seen=dossier.revision, passphrase=PASSPHRASE
        )
    except Refusal as refusal:
        return {"refused": refusal.sentence}
    return {"state": done.state, "number": done.decision.number}


def register(pk):
    """[number, state] of every decision drawn up for the dossier's place."""
    place = Dossier.objects.get(pk=pk).changes.get().place
    decisions = Document.objects.filter(kind="decision").order_by("number")
    return [[row.number, row.state] for row in decisions if f" {place}," in row.subject]


def _wait(gate):
    while not Path(gate).exists():
        time.sleep(0.005)


def codes(count, gate):
    """Take that many codes of a commune, each in a transaction of its own."""
    commune = Agency.objects.get(code=TAM_QUANG).commune
    _wait(gate)
    if os.environ.get("RACE_LOCK") == "off":
        return [_counted() for _ in range(int(count))]
    taken = []
    for _ in range(int(count)):
        with transaction.atomic():
            taken.append(receipts.next_code(commune))
    return taken


def _counted():
    """What a code would be without the counter: what stood before, and one more."""
    folder = Path(os.environ["VAR"]) / "counted"
    folder.mkdir(exist_ok=True)
    value = len(list(folder.iterdir())) + 1
    time.sleep(0.02)
    (folder / f"{value}-{os.getpid()}").touch()
    return value


def enter(index, gate):
    """Enter for the ``index``-th hamlet when the gate appears: the pk of the draft."""
    cast = Cast(Agency.objects.get(code=TAM_QUANG))
    post, specialist = cast.post(Role.HAMLET_HEAD, int(index)), cast(Role.SPECIALIST)
    _wait(gate)
    return establish_team.draft_for(specialist, post, Received("phone", timezone.localdate())).pk


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    print(json.dumps(globals()[command](*arguments), ensure_ascii=False))

"""One process of the race tests: ``python -m tests.procedures.race_worker COMMAND ...``.

Runs on the database and the folder its environment names; prints one JSON line and exits.
``RACE_LOCK=off`` removes the lock under test: the positive control.
"""

from __future__ import annotations

import datetime
import json
import os
import signal
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.db import DatabaseError, transaction  # noqa: E402
from django.db.models import QuerySet  # noqa: E402
from django.utils import timezone  # noqa: E402

from documents.models import Document  # noqa: E402
from procedures import assignments  # noqa: E402
from procedures.flows import establish_team  # noqa: E402
from procedures.idempotency import claims, receipts  # noqa: E402
from procedures.issuing import certificates, signing  # noqa: E402
from procedures.models import Commune, Dossier  # noqa: E402
from procedures.models.entering import Received  # noqa: E402
from procedures.roles import Role  # noqa: E402
from tests.conftest import PASSPHRASE, TAM_QUANG, Cast  # noqa: E402
from tests.documents.outside import Outside  # noqa: E402
from workflows import assigning, ledger, locking, service  # noqa: E402
from workflows.errors import Refusal  # noqa: E402
from workflows.models import Agency, Post  # noqa: E402
from workflows.terms import Paper, Term  # noqa: E402


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


def _wait(gate):
    """Come to the gate, and wait there until it opens."""
    _come(f"{gate}.come")
    while not Path(gate).exists():
        time.sleep(0.005)


def _come(place):
    """Tell at a place that this process has come to it; the place."""
    place = Path(place)
    place.mkdir(exist_ok=True)
    (place / str(os.getpid())).touch()
    return place


def draft(index):
    """A draft for the ``index``-th hamlet; its pk and its author."""
    from tests.procedures.conftest import Road

    cast = Cast(Agency.objects.get(code=TAM_QUANG))
    head = cast(Role.HAMLET_HEAD, int(index))
    return [Road(cast).draft(head).pk, head.username]


def submit(pk, username, gate):
    """Send the draft when the gate file appears: the state it ended in, or the refusal."""
    dossier, by = Dossier.objects.get(pk=pk), get_user_model().objects.get(username=username)
    _wait(gate)
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
    if gate:
        _wait(gate)
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


def _without_locks_on(*models):
    kept = QuerySet.select_for_update

    def unlocked(rows, *args, **options):
        return rows if rows.model in models else kept(rows, *args, **options)

    QuerySet.select_for_update = unlocked


def _meet(gate, what):
    """Wait until the other clerk has come as far."""
    place = _come(f"{gate}.{what}")
    while len(list(place.iterdir())) < 2:
        time.sleep(0.005)


def _slowly(work):
    """Both have looked before either has committed: each entry ends in a line of the ledger."""

    def wait(*args, **told):
        time.sleep(0.5)
        return work(*args, **told)

    return wait


def entries(index, gate):
    """What two clerks enter at once: a certificate for the chief of office, another Chairman, a
    Deputy in charge of everything. For each True, or why not."""
    day = timezone.localdate() + datetime.timedelta(days=1)
    if os.environ.get("RACE_LOCK") == "off":
        _without_locks_on(Post, Commune)
        day += datetime.timedelta(days=1)  # beside nothing the other race has entered
    cast, index = Cast(Agency.objects.get(code=TAM_QUANG)), int(index)
    desk, clerk = assignments.desk_of(cast.agency), cast(Role.CLERK, index)
    chair, chief = cast.post(Role.CHAIRMAN), cast(Role.CHIEF_OF_OFFICE)
    deputy, post = cast(Role.DEPUTY_CHAIRMAN, index), cast.post(Role.DEPUTY_CHAIRMAN, index)
    form, term = assignments.FORMS[0], Term(day, day)
    paper = {"term": term, "paper": Paper("Quyết định số 9/QĐ-UBND", timezone.localdate())}
    with TemporaryDirectory() as folder:
        certificate = Outside(Path(folder)).token(chief.full_name, "token")

    def in_charge():
        assignments.refuse_second_in_charge(form, chair, post, term)
        assigning.assign(desk, by=clerk, principal=chair, delegate=post, kind=form.kind, **paper)

    works = (
        lambda: certificates.enrol(cast.agency, str(chief.pk), certificate, by=clerk),
        lambda: assigning.install(desk, by=clerk, post=chair, user=deputy, **paper),
        in_charge,
    )
    ledger.append = _slowly(ledger.append)
    return [_entered(work, gate, number) for number, work in enumerate(works)]


def successions(index, gate):
    """One clerk ends somebody's time in his post while the other enters his successor."""
    cast = Cast(Agency.objects.get(code=TAM_QUANG))
    desk, clerk = assignments.desk_of(cast.agency), cast(Role.CLERK, int(index))
    post, now = cast.post(Role.CHIEF_OF_OFFICE), Term(timezone.localdate())
    paper = {"term": now, "paper": Paper("Quyết định số 9/QĐ-UBND", now.since)}
    works = (
        lambda: assigning.end(desk, post.holder(), by=clerk, last=now.since),
        lambda: assigning.install(desk, by=clerk, post=post, user=cast(Role.SPECIALIST), **paper),
    )
    # Each has one of the two locks before it asks for the other.
    asked, after = assigning._locked, int(index)

    def slow(*args):
        time.sleep(0 if after else 0.5)
        asked(*args)
        time.sleep(0.5 if after else 0)

    assigning._locked = slow
    return _entered(works[int(index)], gate, "succession")


def _entered(work, gate, what):
    _meet(gate, what)
    try:
        with transaction.atomic():
            work()
    except Refusal as refusal:
        return refusal.sentence
    except DatabaseError as error:
        return type(error).__name__
    return True


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    print(json.dumps(globals()[command](*arguments), ensure_ascii=False))

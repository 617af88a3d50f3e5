"""Numbers: one after another, none twice, none missing, whatever is killed."""

import datetime
import json
import os
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import IntegrityError, transaction

from documents.errors import DocumentRefused
from documents.models import Counter, Document, Mode
from documents.registry import numbering

from .office import Office

ROOT = Path(__file__).resolve().parents[2]
TEST_PG_URL = os.environ.get("TEST_PG_URL", "")


@pytest.fixture
def office(db):
    return Office()


def test_numbers_follow_one_another(office):
    assert [office.reserve().number for _ in range(4)] == [1, 2, 3, 4]


def test_each_series_and_year_counts_for_itself(office):
    this_year, new_year = datetime.date(2026, 12, 31), datetime.date(2027, 1, 1)

    assert [office.reserve(today=this_year).number for _ in range(2)] == [1, 2]
    assert office.reserve(today=new_year).number == 1
    assert office.reserve_submission().number == 1
    assert office.reserve(today=this_year).number == 3


def test_a_number_rolled_back_is_given_again(office):
    with transaction.atomic():
        assert numbering.next_number(office.series, 2026) == 1
        transaction.set_rollback(True)
    assert office.reserve(today=datetime.date(2026, 3, 5)).number == 1


def test_a_number_costs_one_statement(office, django_assert_num_queries):
    with django_assert_num_queries(1):
        numbering.next_number(office.series, 2026)


def test_a_number_is_never_taken_outside_a_transaction(office):
    # Tests run inside a transaction; another thread has a connection of its own, without one.
    with ThreadPoolExecutor(1) as thread:
        refusal = thread.submit(numbering.next_number, office.series, 2026).exception()

    assert isinstance(refusal, RuntimeError)
    assert not Counter.objects.exists()


def test_the_database_refuses_a_number_twice(office):
    document = office.reserve()
    Counter.objects.update(value=0)

    with pytest.raises(DocumentRefused, match="vừa được"):
        office.reserve()
    copy = Document.objects.get(pk=document.pk)
    copy.pk, copy.token = None, "x" * 24
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_a_typed_number_starts_at_one(db):
    office = Office(Mode.EXTERNAL)
    with pytest.raises(DocumentRefused, match="01 trở lên"):
        office.reserve(external_number=0)


def test_the_same_typed_number_is_free_in_another_year(db):
    office = Office(Mode.EXTERNAL)
    for year in (2026, 2027):
        today = datetime.date(year, 2, 1)
        assert office.reserve(today=today, external_number=12).number == 12


@pytest.mark.parametrize(
    ("number", "day", "sentences"),
    [
        (13, 7, []),
        (15, 7, ["còn số chưa ghi"]),
        (13, 4, ["ngày muộn hơn (06/03/2026)"]),
        (5, 7, ["ngày sớm hơn (05/03/2026)"]),
        (14, 1, ["ngày muộn hơn", "còn số chưa ghi"]),
        (11, 6, []),
    ],
)
def test_a_typed_number_out_of_order_is_warned_about(db, number, day, sentences):
    office = Office(Mode.EXTERNAL)
    for known, known_day in ((10, 5), (12, 6)):
        office.reserve(external_number=known, today=datetime.date(2026, 3, known_day))

    date = datetime.date(2026, 3, day)
    found = numbering.order_warnings(office.series, number, date)

    assert len(found) == len(sentences)
    for sentence, warning in zip(sentences, found, strict=True):
        assert sentence in warning


# -- kill -9 -----------------------------------------------------------------------------------


def race(database_url, *options, seconds=6):
    done = subprocess.run(
        [sys.executable, "-m", "tests.documents.numbering_race", str(seconds), *options],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_database(request, tmp_path):
    """The address of an empty database, dropped afterwards."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/race.sqlite3"
        return
    if not TEST_PG_URL:
        pytest.skip("TEST_PG_URL is not set")
    name = f"race_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(TEST_PG_URL, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield urlunsplit(urlsplit(TEST_PG_URL)._replace(path=f"/{name}"))
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.slow
def test_eight_processes_under_kill_9_leave_no_gap(empty_database, capsys):
    found = race(empty_database)

    with capsys.disabled():
        print(f"\n{urlsplit(empty_database).scheme}: {found}")
    assert found["kills"] >= 20
    assert found["acknowledged"] >= 100
    faults = ("died_by_themselves", "gaps", "duplicates", "acknowledged_twice", "lost")
    assert {name: found[name] for name in faults} == dict.fromkeys(faults, 0)


@pytest.mark.slow
def test_a_number_committed_before_its_document_leaves_gaps(empty_database):
    """Positive control: the race sees the mistake it is there to find."""
    assert race(empty_database, "--apart")["gaps"] > 0


ALONE = """
import sys
import django
from django.conf import settings
from django.core.management import call_command
from project import settings as product
settings.configure(
    INSTALLED_APPS=["django.contrib.contenttypes", "documents"],
    DATABASES=product.DATABASES,
    DEMO_KEYS_ALLOWED=True,
    USE_TZ=True,
)
django.setup()
call_command("migrate", "documents", verbosity=0)
call_command("migrate", "documents", "zero", verbosity=0)
call_command("showmigrations", "documents")
"""


def test_the_app_stands_alone_and_its_migration_can_be_undone(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", ALONE],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/alone.sqlite3"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "[ ] 0001_initial" in done.stdout

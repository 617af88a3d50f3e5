"""Data migrations, forwards and back; and that all of them together make what the models say."""

import datetime
import os
import sqlite3
import subprocess
import sys
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from procedures.models import Membership

from . import members as on

eve = import_module("procedures.migrations.0007_seats_end_on_the_eve")
own_indexes = import_module("workflows.migrations.0002_triggers_and_indexes").INDEXES
DAY = datetime.date(2026, 3, 1)


def test_ended_seats_move_to_the_eve_and_back(tam_quang):
    team = on.team(tam_quang)
    seats = list(Membership.objects.filter(team=team).order_by("pk"))
    ends = [DAY, DAY, DAY - eve.A_DAY, DAY + eve.A_DAY, None, None]
    for seat, until in zip(seats, ends, strict=True):
        Membership.objects.filter(pk=seat.pk).update(until=until)
    kept = Membership.objects.filter(team=team).order_by("pk")
    eve.earlier(apps, None)
    moved = [until and until - eve.A_DAY for until in ends]
    assert list(kept.values_list("until", flat=True)) == moved
    eve.later(apps, None)
    assert list(kept.values_list("until", flat=True)) == ends


def made(cursor):
    """What a database of SQLite consists of: {(kind, name): columns of a table, else its SQL}."""
    rows = cursor.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    return {
        (kind, name): _columns(cursor, name) if kind == "table" else sql
        for kind, name, sql in rows
        if not name.startswith("sqlite_") and name != "django_migrations"
    }


def _columns(cursor, table):
    """Without their order: a column added later stands last."""
    return {row[1:] for row in cursor.execute(f'PRAGMA table_info("{table}")').fetchall()}


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's tests are migrated ones")
def test_the_migrations_make_the_tables_the_tests_stand_on(db, tmp_path):
    env = os.environ | {"VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "project.settings"}
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=settings.BASE_DIR, env=env, check=True)
    with connection.cursor() as cursor:
        wanted = made(cursor)
    # Viewflow's own migrations left the numbers of this one shorter than its models say.
    del wanted["table", "viewflow_task_previous"]
    migrated = made(sqlite3.connect(tmp_path / "trinhky.sqlite3"))
    indexes = {name for kind, name in migrated.keys() - wanted.keys() if kind == "index"}
    assert indexes == set(own_indexes)
    assert {key: migrated.get(key) for key in wanted} == wanted
    assert len([kind for kind, _name in wanted if kind == "trigger"]) == 2

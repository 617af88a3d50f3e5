"""A backup is whole or not there; what is no backup for this office is restored nowhere."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from documents import files
from documents.models import Document, Stage
from procedures.files import backing_up
from tests.conftest import TAM_QUANG, Cast
from workflows.models import Agency
from workflows.states import State

from .conftest import Road
from .databases import empty_database

ROOT = Path(__file__).resolve().parents[2]
SQLITE = connection.vendor == "sqlite"


@pytest.fixture
def office(tmp_path, settings):
    """The folders of an office with a file in each; one of them leads somewhere else."""
    settings.VAR, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    settings.TRUST_ROOTS, settings.CRL_FOLDER = tmp_path / "trust", tmp_path / "crl"
    for folder in ("elsewhere", "trust"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "one").write_bytes(b"one")
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "documents").symlink_to(tmp_path / "elsewhere")
    return tmp_path


@pytest.fixture
def backup(office, db, monkeypatch):
    if SQLITE:  # the database of the tests is in the memory
        monkeypatch.setattr(backing_up, "_copy_sqlite", lambda target: _migrations(target))
    call_command("back_up", str(office / "backup"))
    return office / "backup"


def _migrations(target):
    """The tests' tables come from the models: the migrations that would make them are told."""
    rows = [(n, *name, "") for n, name in enumerate(sorted(MigrationLoader(None).disk_migrations))]
    with closing(sqlite3.connect(target)) as made, made:
        made.execute("CREATE TABLE django_migrations (id, app, name, applied)")
        insert = "INSERT INTO django_migrations VALUES (?, ?, ?, ?)"
        made.executemany(insert, rows)


def refused(backup, why):
    with pytest.raises(CommandError, match=why):
        call_command("restore", str(backup))


def test_a_folder_without_a_database_restores_nothing(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "office"
    with pytest.raises(CommandError, match="không có gì để khôi phục"):
        call_command("restore", str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_backup_holds_what_links_lead_to_and_is_restored_into_no_office(backup):
    assert (backup / "files" / "documents" / "one").read_bytes() == b"one"
    assert [path for path in backup.rglob("*") if path.is_symlink()] == []
    assert backup.stat().st_mode & 0o777 == 0o700
    refused(backup, "Ở đây đã có dữ liệu")


def test_a_backup_broken_off_is_none(office, monkeypatch):
    before = sorted(office.iterdir())
    monkeypatch.setattr(backing_up, "_copy_sqlite", lambda target: target.touch())
    monkeypatch.setattr(backing_up, "_postgres", lambda *told: None)
    monkeypatch.setattr(shutil, "copytree", _full)
    with pytest.raises(OSError, match="No space left"):
        call_command("back_up", str(office / "backup"))
    assert sorted(office.iterdir()) == before


def _full(*args, **options):
    raise OSError("No space left on device")


def test_a_restoring_broken_off_leaves_nobody_trusted(backup, office, settings, monkeypatch):
    settings.MEDIA_ROOT, settings.TRUST_ROOTS = office / "new", office / "said"
    settings.TRUST_ROOTS.mkdir()
    (settings.TRUST_ROOTS / "own").write_bytes(b"own")
    monkeypatch.setattr(connection.introspection, "table_names", list)
    for put in ("_put_sqlite", "_postgres"):
        monkeypatch.setattr(backing_up, put, _full)
    with pytest.raises(OSError, match="No space left"):
        call_command("restore", str(backup))
    assert [path.name for path in settings.TRUST_ROOTS.iterdir()] == ["own"]
    assert not settings.MEDIA_ROOT.exists()


def test_a_link_in_a_backup_is_refused(backup, tmp_path):
    (backup / "files" / "scans").symlink_to(tmp_path)
    refused(backup, "scans không phải tệp của bản sao lưu")


def test_a_damaged_database_is_refused(backup):
    [database] = backup.glob("database.*")
    database.write_bytes(database.read_bytes()[:1000])
    refused(backup, "hỏng hoặc không phải bản sao lưu")


@pytest.mark.skipif(not SQLITE, reason="below, with a whole office")
def test_a_backup_of_a_later_version_is_refused(backup):
    with closing(sqlite3.connect(backup / backing_up.SQLITE)) as later, later:
        later.execute("INSERT INTO django_migrations VALUES (0, 'documents', '9999_later', '')")
    refused(backup, "phiên bản mới hơn .documents.9999_later")


_WHOLE = """
import sys, django
django.setup()
from django.core.management import call_command
call_command("restore", sys.argv[1])
call_command("verify_ledger")
call_command("check_cases")
call_command("verify_document", sys.argv[2])
"""


@pytest.mark.slow
@pytest.mark.skipif(SQLITE, reason=".ci/restore-check does it with a whole year")
def test_an_office_on_postgresql_is_restored_whole(transactional_db, tmp_path):
    Road(Cast(Agency.objects.get(code=TAM_QUANG))).to(State.RELEASED)
    sealed = Document.objects.get(kind="decision").files.get(stage=Stage.SEALED)
    document = tmp_path / "decision.pdf"
    document.write_bytes(files.read(sealed))
    call_command("back_up", str(tmp_path / "backup"))
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "project.settings",
        "DATABASE_URL": empty_database(f"trinhky_restored_{os.getpid()}"),
        "VAR": str(tmp_path / "office"),
        "LEDGER_KEY_FILE": str(settings.LEDGER_KEY_FILE),
    }
    command = [sys.executable, "-c", _WHOLE, str(tmp_path / "backup"), str(document)]
    restored = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert restored.returncode == 0, restored.stderr

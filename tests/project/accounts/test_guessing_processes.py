"""Three server processes and one guesser who sends to all of them at once."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection, connections

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
WORKERS, TRIES = 3, 5


@pytest.fixture
def office(tmp_path):
    """An installation of its own; returns its environment."""
    env = os.environ | {
        "VAR": str(tmp_path),
        "DATABASE_URL": _database(tmp_path),
        "DJANGO_SETTINGS_MODULE": "project.settings",
    }
    for command in ("migrate", "demo_data"):
        arguments = [sys.executable, "manage.py", command, "--verbosity", "0"]
        subprocess.run(arguments, cwd=ROOT, env=env, check=True)
    return env


def _database(folder):
    """An SQLite file, or a fresh database on the PostgreSQL server the tests run on."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{folder}/guess.sqlite3"
    settings = connections["default"].settings_dict
    import psycopg

    params = connection.get_connection_params()
    login = {k: params[k] for k in ("host", "port", "user", "password") if params.get(k)}
    with psycopg.connect(dbname="postgres", autocommit=True, **login) as admin:
        admin.execute("DROP DATABASE IF EXISTS trinhky_guess")
        admin.execute("CREATE DATABASE trinhky_guess")
    name = ":".join(filter(None, [settings["USER"], settings["PASSWORD"]]))
    server = f"{settings['HOST'] or 'localhost'}:{settings['PORT'] or 5432}"
    return f"postgres://{name}@{server}/trinhky_guess"


def guesses_looked_at(env, folder, tries=TRIES):
    """How many guesses each of the workers, all starting at once, let through to the password."""
    gate = folder / "gate"
    command = [sys.executable, "-m", "tests.project.accounts.guess_worker", gate, str(tries)]
    workers = [
        subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
        for _worker in range(WORKERS)
    ]
    deadline = time.monotonic() + 60
    while len(list(folder.glob("gate.*"))) < WORKERS and time.monotonic() < deadline:
        time.sleep(0.05)
    gate.touch()
    outcomes = [worker.communicate(timeout=120)[0] for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * WORKERS
    return [int(outcome) for outcome in outcomes]


def test_three_processes_let_five_guesses_through(office, tmp_path):
    assert sum(guesses_looked_at(office, tmp_path)) == 5


def test_control_counts_of_one_process_let_fifteen_through(office, tmp_path):
    assert guesses_looked_at(office | {"COUNT_IN": "memory"}, tmp_path) == [5, 5, 5]

"""Real processes on a real database: killed in between, clicking twice, signing at once.

Each race has its positive control: with the lock switched off it must come out wrong.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from .databases import empty_database

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
LEASE = 1

one_writer = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite has one writer at a time"
)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An installation of its own: folder, database, demo data. Returns its environment."""
    folder = tmp_path_factory.mktemp("office")
    database = _database(folder)
    env = os.environ | {
        "VAR": str(folder),
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "project.settings",
        "SIGNING_LEASE_SECONDS": str(LEASE),
    }
    for command in (["migrate", "--verbosity", "0"], ["demo_data", "--verbosity", "0"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True)
    return env


def _database(folder):
    """An SQLite file, or a fresh database on the PostgreSQL server the tests run on."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{folder}/race.sqlite3"
    return empty_database(f"trinhky_race_{os.getpid()}")  # each test process has its own


_hamlets = iter(range(18))


def start(env, *arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.procedures.race_worker", *map(str, arguments)],
        cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def result(process):
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0, process.returncode
    return json.loads(out)


@pytest.fixture
def dossier(office):
    """The pk of a dossier waiting for the Chairman."""
    return result(start(office, "prepare", next(_hamlets)))


def race(env, tmp_path, pk, *usernames):
    """All sign at the same moment; what became of each."""
    return _at_once(env, tmp_path, [("sign", pk, username) for username in usernames])


def register(env, pk):
    """[number, state] of every decision drawn up for the dossier's place."""
    return result(start(env, "register", pk))


def test_killed_between_reservation_and_signature(office, dossier):
    killed = start(office, "reserve_and_die", dossier, "tq.chutich")
    assert killed.wait(60) == -9
    [(number, state)] = register(office, dossier)
    assert state == "reserved"
    time.sleep(LEASE + 0.2)
    subprocess.run(
        [sys.executable, "manage.py", "finish_signing"], cwd=ROOT, env=office, check=True
    )
    assert register(office, dossier) == [[number, "reserved"]]  # it signs for nobody
    assert result(start(office, "sign", dossier, "tq.chutich")) == {
        "state": "signed",
        "number": number,
    }
    assert register(office, dossier) == [[number, "signed"]]


def test_a_double_click_signs_once(office, dossier, tmp_path):
    outcomes = race(office, tmp_path, dossier, "tq.chutich", "tq.chutich")
    assert sorted(outcome.get("state", "refused") for outcome in outcomes) == ["refused", "signed"]
    assert [state for _, state in register(office, dossier)] == ["signed"]


def test_two_signers_at_once_make_one_document(office, dossier, tmp_path):
    outcomes = race(office, tmp_path, dossier, "tq.chutich", "tq.phochutich")
    assert sorted(outcome.get("state", "refused") for outcome in outcomes) == ["refused", "signed"]
    [refused] = [outcome["refused"] for outcome in outcomes if "refused" in outcome]
    assert "đang ký" in refused or "vừa được người khác xử lý" in refused
    assert [state for _, state in register(office, dossier)] == ["signed"]


def test_control_without_the_lock_two_signers_take_two_numbers(office, dossier, tmp_path):
    unlocked = office | {"RACE_LOCK": "off"}
    race(unlocked, tmp_path, dossier, "tq.chutich", "tq.phochutich")
    assert len(register(office, dossier)) > 1


def together(env, tmp_path, count, *arguments):
    """``count`` processes do the same at the same moment; what each of them returns."""
    return _at_once(env, tmp_path, [arguments] * count)


def two_drafts(env, tmp_path):
    """Two drafts for one place, sent at the same moment; what became of each."""
    place = next(_hamlets)
    drafts = [result(start(env, "draft", place)) for _ in range(2)]
    return _at_once(env, tmp_path, [("submit", pk, username) for pk, username in drafts])


def _at_once(env, tmp_path, jobs):
    gate = tmp_path / "gate"
    processes = [start(env, *job, gate) for job in jobs]
    # It opens when every process has loaded and read what it works on, or one has failed to.
    come = Path(f"{gate}.come")
    while len(list(come.glob("*"))) < len(jobs) and not any(one.poll() for one in processes):
        time.sleep(0.005)
    gate.touch()
    return [result(process) for process in processes]


def test_codes_taken_at_once_are_all_different(office, tmp_path):
    taken = [code for codes in together(office, tmp_path, 4, "codes", 25) for code in codes]
    assert len(set(taken)) == len(taken) == 100


def test_control_without_the_counter_two_senders_take_one_code(office, tmp_path):
    env = office | {"RACE_LOCK": "off", "VAR": str(tmp_path)}
    taken = [code for codes in together(env, tmp_path, 4, "codes", 25) for code in codes]
    assert len(set(taken)) < len(taken)


def test_two_specialists_who_enter_for_one_place_share_one_draft(office, tmp_path):
    drafts = together(office, tmp_path, 2, "enter", next(_hamlets))
    assert len(set(drafts)) == 1


def test_of_two_proposals_for_one_place_exactly_one_gets_through(office, tmp_path):
    outcomes = two_drafts(office, tmp_path)
    assert sorted(outcome.get("state", "refused") for outcome in outcomes) == [
        "refused",
        "submitted",
    ]
    [refused] = [outcome["refused"] for outcome in outcomes if "refused" in outcome]
    assert "đang có hồ sơ khác" in refused


@one_writer
def test_control_without_the_claim_both_proposals_get_through(office, tmp_path):
    outcomes = two_drafts(office | {"RACE_LOCK": "off"}, tmp_path)
    assert [outcome.get("state") for outcome in outcomes] == ["submitted", "submitted"]


def clerks(env, gate, doing):
    """What two clerks get who do it at the same moment."""
    processes = [start(env, doing, index, gate) for index in range(2)]
    return [result(process) for process in processes]


def test_two_clerks_enter_in_turn(office, tmp_path):
    certificate, successor, in_charge = zip(
        *clerks(office, tmp_path / "gate", "entries"), strict=True
    )
    assert certificate == (True, True)  # the later one stands, the earlier is deactivated
    for outcomes, why in ((successor, "một ngày không có hai người"), (in_charge, "Chỉ giao một")):
        [refused] = [told for told in outcomes if told is not True]
        assert why in refused


@one_writer
def test_control_without_the_locks_both_clerks_enter_or_one_breaks_off(office, tmp_path):
    told = clerks(office | {"RACE_LOCK": "off"}, tmp_path / "gate", "entries")
    certificate, successor, in_charge = zip(*told, strict=True)
    assert sorted(map(str, certificate)) == ["IntegrityError", "True"]
    assert (successor, in_charge) == ((True, True), (True, True))


@one_writer
def test_a_term_ended_while_a_successor_is_entered_blocks_nobody(office, tmp_path):
    outcomes = clerks(office, tmp_path / "gate", "successions")
    assert all(told is True or "đã kết thúc rồi" in told for told in outcomes)

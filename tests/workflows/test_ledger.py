"""The chain notices edits, deletions, swaps, insertions, a cut tail and a recomputation."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from workflows import ledger, triggers
from workflows.models import Chain, Event


@pytest.fixture
def agency(tam_quang):
    return tam_quang.agency


@pytest.fixture
def events(agency, tam_quang):
    """Five events; the third act's head was anchored in a sealed document."""
    for n in range(1, 6):
        write(agency, tam_quang("clerk"), n)
    return list(Event.objects.filter(agency=agency).order_by("sequence"))


def write(agency, actor, n):
    return ledger.append(
        agency, at=timezone.now(), actor=actor, actor_name=str(actor), capacity="Văn thư",
        record_type="procedures.dossier", record_id=n, act="submit", from_state="draft",
        to_state="submitted", revision=n, note=f"Ghi chú {n}", digest="0" * 64,
    )  # fmt: skip


@pytest.fixture
def tampering(events):
    """A thief with the database's own rights: the triggers are gone."""
    triggers.remove()
    yield events
    triggers.install()


def execute(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def faults(agency, *anchors):
    return list(ledger.verify(agency, anchors))


def anchor(event):
    return f"{event.agency.code}/{event.sequence}/{event.hash}"


def test_an_honest_chain_has_no_fault(agency, events):
    assert faults(agency, anchor(events[2]), ledger.anchor(agency)) == []


def test_the_database_refuses_to_change_or_delete_an_event(events):
    for sql in (
        "UPDATE workflows_event SET note = 'x' WHERE id = %s",
        "DELETE FROM workflows_event WHERE id = %s",
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            execute(sql, events[0].pk)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's")
def test_insert_or_replace_does_not_slip_past_the_triggers(events):
    columns = ", ".join(f.column for f in Event._meta.concrete_fields)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        execute(
            f"INSERT OR REPLACE INTO workflows_event ({columns}) "
            f"SELECT {columns} FROM workflows_event WHERE id = %s",
            events[0].pk,
        )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_truncate_is_refused(events):
    execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may be pending when a table is emptied
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        execute("TRUNCATE workflows_event CASCADE")


def test_an_edit_is_found(agency, tampering):
    execute("UPDATE workflows_event SET note = 'khác' WHERE id = %s", tampering[1].pk)
    assert [f.sequence for f in faults(agency)] == [2]


def test_a_deleted_row_is_found(agency, tampering):
    execute("DELETE FROM workflows_event WHERE id = %s", tampering[1].pk)
    assert 2 in [f.sequence for f in faults(agency)]


def test_a_swap_is_found(agency, tampering):
    second, third = tampering[1], tampering[2]
    execute("UPDATE workflows_event SET sequence = 99 WHERE id = %s", second.pk)
    execute("UPDATE workflows_event SET sequence = 2 WHERE id = %s", third.pk)
    execute("UPDATE workflows_event SET sequence = 3 WHERE id = %s", second.pk)
    assert {2, 3} <= {f.sequence for f in faults(agency)}


def test_an_inserted_row_is_found(agency, tampering):
    """A forged sixth event with a right hash: without the key its MAC cannot be right."""
    last = tampering[-1]
    forged = Event(
        **{
            field.attname: getattr(last, field.attname)
            for field in Event._meta.concrete_fields
            if field.name not in ("id", "sequence", "previous")
        },
        sequence=6,
        previous=last.hash,
    )
    forged.hash, forged.mac = ledger.hash_of(forged), "0" * 64
    forged.save()
    Chain.objects.filter(agency=agency).update(length=6, head=forged.hash)
    assert [f.sequence for f in faults(agency)] == [6]


def test_a_cut_tail_is_found_through_the_anchored_head(agency, tampering):
    anchored = anchor(tampering[4])
    execute("DELETE FROM workflows_event WHERE sequence > 3 AND agency_id = %s", agency.pk)
    Chain.objects.filter(agency=agency).update(length=3, head=tampering[2].hash)
    assert faults(agency) == []  # the chain alone looks whole
    assert [f.sequence for f in faults(agency, anchored)] == [5]


def test_a_full_recomputation_is_found_through_the_anchored_head(agency, tampering):
    """Even by a thief who also holds the office's key."""
    anchored = anchor(tampering[2])
    previous = ledger.START
    for event in Event.objects.filter(agency=agency).order_by("sequence"):
        event.note, event.previous = "viết lại", previous
        previous = ledger.hash_of(event)
        execute(
            "UPDATE workflows_event SET note = %s, previous = %s, hash = %s, mac = %s "
            "WHERE id = %s",
            event.note, event.previous, previous, ledger.mac_of(previous), event.pk,
        )  # fmt: skip
    Chain.objects.filter(agency=agency).update(head=previous)
    assert faults(agency) == []
    assert [f.sequence for f in faults(agency, anchored)] == [3]


def test_migrate_installs_the_triggers_again(db):
    triggers.remove()
    assert triggers.missing()
    triggers.reinstall()
    assert not triggers.missing()

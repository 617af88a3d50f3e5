"""What the nightly commands must notice: the ledger, the cases, and numbers nobody signed."""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from documents.models import Document
from procedures.management.commands import check_cases, verify_ledger
from procedures.models import Dossier
from procedures.roles import Role
from workflows import triggers
from workflows.models import Chain, Event
from workflows.states import State


def test_an_honest_night_has_nothing_to_tell(released, tam_quang):
    assert verify_ledger.check(tam_quang.agency) == []
    assert list(check_cases.disagreements()) == []


def test_the_anchor_in_the_sealed_file_tells_of_a_cut_tail(released, tam_quang):
    """The seal anchored the head before it; the thief cuts deeper and mends the chain."""
    agency = tam_quang.agency
    triggers.remove()
    kept = Event.objects.filter(agency=agency, sequence__lte=3).last()
    Event.objects.filter(agency=agency, sequence__gt=3)._raw_delete("default")
    Chain.objects.filter(agency=agency).update(length=3, head=kept.hash)
    triggers.install()
    told = [fault.sentence for fault in verify_ledger.check(agency)]
    assert any("dấu neo" in sentence for sentence in told)


def test_a_document_changed_behind_the_doors_is_told(released, tam_quang):
    Document.objects.filter(pk=released.decision_id).update(signer_capacity="CHỦ TỊCH HUYỆN")
    [fault] = verify_ledger.check(tam_quang.agency)
    assert f"Hồ sơ {released.pk} khác" in fault.sentence


def test_a_state_changed_behind_the_doors_is_told(road):
    dossier = road.to(State.SUBMITTED)
    Dossier.objects.filter(pk=dossier.pk).update(state=State.CLEARED)
    assert any(
        f"hồ sơ ở trạng thái {State.CLEARED}" in line for line in check_cases.disagreements()
    )
    with pytest.raises(CommandError):
        call_command("check_cases", verbosity=0)


def test_a_number_unsigned_by_midnight_is_voided_and_another_taken(road, tam_quang, settings):
    settings.SIGNING_LEASE_SECONDS = 0
    dossier = road.to(State.CLEARED)
    chairman = tam_quang(Role.CHAIRMAN)
    first = road.do(dossier, "reserve_decision", chairman).decision
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        call_command("finish_signing", verbosity=0)
        voided = Document.objects.get(pk=first.pk)
        assert (voided.state, voided.number) == ("void", first.number)
        assert "Hết ngày" in voided.void_reason
        again = Dossier.objects.get(pk=dossier.pk)
        assert road.do(again, "reserve_decision", chairman).decision.number == first.number + 1


def test_a_signing_that_breaks_leaves_the_case_free_and_the_number_kept(
    road, tam_quang, monkeypatch
):
    """The disk is full in the middle of the render: the next try takes the same number."""
    dossier, chairman = road.to(State.CLEARED), tam_quang(Role.CHAIRMAN)

    def full(*args, **kwargs):
        raise OSError("no space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("documents.files.keep", full)
        with pytest.raises(OSError, match="no space"):
            road.sign(dossier, "decision", chairman)
    free = Dossier.objects.get(pk=dossier.pk)
    assert free.hold is None
    assert road.sign(free, "decision", chairman).decision.number == free.decision.number


def test_an_external_number_is_not_burnt_by_a_change_of_mind(other_road, hac_thanh, settings):
    settings.SIGNING_LEASE_SECONDS = 0
    dossier = other_road.to(State.CLEARED)
    chairman, number = hac_thanh(Role.CHAIRMAN), dossier.decision_number
    dossier = other_road.do(dossier, "reserve_decision", chairman)
    dossier = other_road.do(dossier, "drop_signing", chairman, note="Đọc lại đã.")
    assert other_road.sign(dossier, "decision", chairman).decision.number == number

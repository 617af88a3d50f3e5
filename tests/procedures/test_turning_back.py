"""Back to a chosen step, and one's own act taken back."""

import pytest

from documents.models import Document
from procedures.roles import Role
from workflows.errors import Refusal
from workflows.inbox import waiting_for
from workflows.states import State


def test_the_clerk_gets_it_back_with_the_signed_paper_standing(road, tam_quang):
    dossier = road.to(State.CLEARED)
    signed = dossier.submission
    dossier = road.do(dossier, "return_to_clerk", tam_quang(Role.CHAIRMAN), note="Sai trích yếu.")
    assert dossier.submission == signed
    assert Document.objects.get(pk=signed.pk).state == "signed"
    assert [task.process.seed for task in waiting_for(tam_quang(Role.CLERK))] == [dossier]
    dossier = road.do(dossier, "check_form", tam_quang(Role.CLERK))
    assert dossier.state == State.CLEARED


def test_a_paper_signed_before_the_chosen_step_is_void_and_signed_anew(road, tam_quang):
    dossier = road.to(State.CLEARED)
    first = dossier.submission
    dossier = road.do(dossier, "return_to_head", tam_quang(Role.CHAIRMAN), note="Ghi rõ kinh phí.")
    voided = Document.objects.get(pk=first.pk)
    assert (voided.state, voided.void_reason) == ("void", "Ghi rõ kinh phí.")
    dossier = road.sign(dossier, "submission", tam_quang(Role.DIVISION_HEAD))
    assert dossier.submission != first
    assert dossier.submission.number == first.number + 1


def test_the_reserved_number_of_a_decision_sent_back_is_voided(road, tam_quang, settings):
    settings.SIGNING_LEASE_SECONDS = 0
    dossier = road.to(State.CLEARED)
    chairman = tam_quang(Role.CHAIRMAN)
    dossier = road.do(dossier, "reserve_decision", chairman)
    reserved = dossier.decision
    road.do(dossier, "return_to_clerk", chairman, note="Sai nơi nhận.")
    voided = Document.objects.get(pk=reserved.pk)
    assert (voided.state, voided.void_reason) == ("void", "Sai nơi nhận.")


def test_only_who_did_it_takes_it_back(road, tam_quang):
    dossier = road.to(State.CHECKED)
    with pytest.raises(Refusal, match="Chỉ người vừa làm"):
        road.do(dossier, "take_back_content_check", tam_quang(Role.SPECIALIST, 1))
    dossier = road.do(dossier, "take_back_content_check", tam_quang(Role.SPECIALIST))
    assert dossier.state == State.SUBMITTED


def test_nothing_is_taken_back_once_somebody_built_on_it(road, tam_quang, settings):
    settings.SIGNING_LEASE_SECONDS = 0
    dossier = road.to(State.CHECKED)
    dossier = road.do(dossier, "reserve_submission", tam_quang(Role.DIVISION_HEAD))
    with pytest.raises(Refusal, match="Chỉ người vừa làm"):
        road.do(dossier, "take_back_content_check", tam_quang(Role.SPECIALIST))


def test_a_proposal_taken_back_is_edited_and_sent_again(road, tam_quang):
    author = tam_quang(Role.HAMLET_HEAD)
    dossier = road.do(road.to(State.SUBMITTED), "take_back_proposal", author)
    assert not waiting_for(tam_quang(Role.SPECIALIST)).exists()
    assert road.do(dossier, "submit", author).state == State.SUBMITTED

"""The code of a case: given once, when it is sent, unique in its commune."""

import pytest
from django.db import IntegrityError, transaction

from procedures.idempotency import receipts
from procedures.models import Commune, Dossier, ReceiptCounter
from procedures.roles import Role
from workflows.service import history
from workflows.states import State


def test_it_is_given_on_sending_and_kept_for_ever(road, tam_quang):
    dossier = road.draft()
    assert dossier.receipt == ""
    dossier = road.do(dossier, "submit", tam_quang(Role.HAMLET_HEAD))
    assert dossier.receipt == "16933-0001"
    assert history(dossier).last().facts == {"receipt": "16933-0001"}
    specialist = tam_quang(Role.SPECIALIST)
    dossier = road.do(dossier, "return_for_correction", specialist, note="Thiếu Tổ phó.")
    dossier = road.do(dossier, "submit", tam_quang(Role.HAMLET_HEAD))
    assert dossier.receipt == "16933-0001"
    assert road.to(State.SUBMITTED, tam_quang(Role.HAMLET_HEAD, 1)).receipt == "16933-0002"


def test_each_commune_counts_for_itself(road, other_road, hac_thanh):
    road.to(State.SUBMITTED)
    other = other_road.to(State.SUBMITTED, hac_thanh(Role.HAMLET_HEAD))
    assert other.receipt == "14797-0001"


def test_what_was_not_sent_took_no_code(tam_quang):
    commune = tam_quang.agency.commune
    with transaction.atomic():
        assert receipts.next_code(commune) == "16933-0001"
        transaction.set_rollback(True)
    assert not ReceiptCounter.objects.exists()
    assert receipts.next_code(commune) == "16933-0001"


def test_the_database_refuses_a_code_twice(road, tam_quang):
    first = road.to(State.SUBMITTED)
    second = road.to(State.SUBMITTED, tam_quang(Role.HAMLET_HEAD, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=second.pk).update(receipt=first.receipt)


def test_a_code_is_taken_inside_a_transaction_only(transactional_db):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        receipts.next_code(Commune.objects.first())


def test_more_than_ten_thousand_cases_are_no_end(tam_quang):
    commune = tam_quang.agency.commune
    ReceiptCounter.objects.create(commune=commune, value=9999)
    assert receipts.next_code(commune) == "16933-10000"

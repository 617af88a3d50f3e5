"""States x acts x people x own or other commune, for copies of documents.

Who may is written here by hand: the clerks ask, record, seal and give up; the Chairman, or the
Deputy of the field for him, allows or refuses (Nghị định 30/2020/NĐ-CP, Điều 27). Every cell is
executed; one not named must be refused and change nothing.
"""

import pytest
from django.db import transaction
from django.utils import timezone

from procedures.issuing import copying
from procedures.models import CopyRequest
from procedures.roles import Role
from tests.conftest import PASSPHRASE
from workflows.errors import Refusal
from workflows.service import perform
from workflows.states import acts_of

from .cells import CLERKS, SIGNERS, everybody
from .copying import asked, do, released

ELECTRONIC = {
    ("submitted", "allow_copy"): (SIGNERS, "signed"),
    ("submitted", "refuse_copy"): (SIGNERS, "rejected"),
    ("submitted", "withdraw_copy"): (CLERKS, "withdrawn"),
    ("signed", "take_copy_out"): (CLERKS, "signed"),
    ("signed", "seal_copy"): (CLERKS, "released"),
    ("signed", "withdraw_copy"): (CLERKS, "withdrawn"),
}
PAPER = {
    ("cleared", "record_paper_copy"): (CLERKS, "signed"),
    ("cleared", "withdraw_copy"): (CLERKS, "withdrawn"),
    ("signed", "seal_copy"): (CLERKS, "released"),
    ("signed", "withdraw_copy"): (CLERKS, "withdrawn"),
}
MEDIA = {"extract.electronic": ELECTRONIC, "true_copy.paper": PAPER}
STARTS = ("order_electronic_copy", "order_paper_copy")


def brought(cast, copy, state):
    clerk, chairman = cast(Role.CLERK), cast(Role.CHAIRMAN)
    if state in ("signed", "released"):
        if copy.by_hand:
            signed = {"signer": chairman, "date": timezone.localdate()}
            copy = do(copy, "record_paper_copy", clerk, **signed)
        else:
            copy = do(copy, "allow_copy", chairman)
    if state == "released":
        copy = copying.seal(copy, by=clerk, seen=copy.revision, passphrase=PASSPHRASE)
    if state == "withdrawn":
        copy = do(copy, "withdraw_copy", clerk, note="Thôi.")
    assert copy.state == state
    return copy


def attempt(copy, act, user, data):
    """ "refused", or the state it led to; what it did is undone."""
    try:
        with transaction.atomic():
            state = perform(copy, act, by=user, seen=copy.revision, note="Vì", **data).state
            transaction.set_rollback(True)
    except Refusal:
        return "refused"
    return state


@pytest.fixture(scope="module")
def decision(django_db_setup, django_db_blocker):
    yield from released(django_db_blocker)


@pytest.mark.parametrize(
    ("key", "state"),
    [
        (key, state)
        for key, first in (("extract.electronic", "submitted"), ("true_copy.paper", "cleared"))
        for state in (first, "signed", "released", "withdrawn")
    ],
)
def test_every_act_by_everybody(key, state, decision, tam_quang, hac_thanh):
    copy = brought(tam_quang, asked(tam_quang, decision, key), state)
    # The signature of the agency is made once: who hands it in is what is asked here.
    data = {"signer": tam_quang(Role.CHAIRMAN), "date": timezone.localdate()}
    if not copy.by_hand and state == "signed":
        data["sealed"] = copying.documents.seal_copy(
            copy.says(), copy.series, passphrase=PASSPHRASE, anchor="16933/0/0"
        )
    wrong, people = [], everybody(tam_quang, hac_thanh)
    for act, declared in acts_of(CopyRequest).items():
        allowed, target = MEDIA[key].get((state, act), (set(), None))
        # What is not declared for the state is tried by those who may do it in another.
        near = CLERKS | SIGNERS if state not in declared.sources else None
        for name, cast, user in people:
            if near is not None and (name not in near or cast is not tam_quang):
                continue
            expected = target if cast is tam_quang and name in allowed else "refused"
            fresh = CopyRequest.objects.get(pk=copy.pk)
            if (outcome := attempt(fresh, act, user, data)) != expected:
                wrong.append((act, name, cast.agency.code, outcome, expected))
    assert wrong == []
    assert CopyRequest.objects.get(pk=copy.pk).state == state


def test_the_table_names_every_act_but_the_two_it_begins_with():
    named = {act for table in MEDIA.values() for _state, act in table}
    assert set(acts_of(CopyRequest)) - named == set(STARTS)

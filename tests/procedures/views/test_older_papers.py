"""Papers recorded late: who signed may have left, and a number may be out of order."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from documents.models import Document, Series
from procedures.issuing import ink, signers
from procedures.models import Dossier
from procedures.roles import Role
from tests.procedures.cells import SCAN
from workflows.models import Delegation, Holding
from workflows.states import State

from .pages import fresh, text, to


def days_ago(number):
    return timezone.localdate() - datetime.timedelta(days=number)


def sent(dossier, days):
    """The dossier and its Tờ trình as if everything so far had been done ``days`` ago."""
    at = timezone.now() - datetime.timedelta(days=days)
    Dossier.objects.filter(pk=dossier.pk).update(submitted=at)
    Document.objects.filter(pk=dossier.submission_id).update(date=at.date(), year=at.year)
    return fresh(dossier)


@pytest.fixture
def left(road, tam_quang):
    """A decision waits to be signed; the Chairman left ten days ago and another sits there."""
    dossier = sent(road.to(State.CLEARED), 40)
    post, former = tam_quang.post(Role.CHAIRMAN), tam_quang(Role.CHAIRMAN)
    Holding.objects.filter(post=post).update(until=days_ago(10))
    Holding.objects.create(post=post, user=tam_quang(Role.DEPUTY_CHAIRMAN, 1), since=days_ago(9))
    return dossier, former


def offered(dossier):
    return {c.user: day for c, day in ink.able_on_paper(dossier, "decision")}


def record(client, dossier, signer, day):
    data = {"seen": dossier.revision, "signer": signer.pk, "date": f"{day:%Y-%m-%d}"}
    data["scan"] = SimpleUploadedFile("quyet-dinh.png", SCAN)
    return client.post(to("dossier-paper", dossier, "decision"), data)


def test_who_left_is_offered_with_his_last_day(acting, left):
    dossier, former = left
    page = text(acting(Role.CLERK).get(to("dossier-paper", dossier, "decision")))
    assert f"{former.full_name} - Chủ tịch (đến hết ngày {days_ago(10):%d/%m/%Y})" in page
    assert f"Tải bản in để {former.full_name}" not in page  # he signs nothing any more


def test_his_paper_of_then_is_recorded_even_when_his_account_is_closed(acting, left):
    dossier, former = left
    former.is_active = False
    former.save()
    answer = record(acting(Role.CLERK), dossier, former, days_ago(12))
    assert answer.status_code == 302
    decision = fresh(dossier).decision
    assert (decision.signer_name, decision.date) == (former.full_name, days_ago(12))
    assert decision.signer_capacity == "CHỦ TỊCH"


def test_on_a_day_after_he_left_it_is_refused(acting, left):
    dossier, former = left
    answer = record(acting(Role.CLERK), dossier, former, days_ago(3))
    assert answer.status_code == 422
    assert "Việc này thuộc Chủ tịch" in text(answer)
    assert fresh(dossier).decision is None


def test_a_deputy_whose_assignment_ended_is_offered_too(road, tam_quang):
    dossier = sent(road.to(State.CLEARED), 40)
    deputy = tam_quang(Role.DEPUTY_CHAIRMAN)
    Delegation.objects.filter(delegate=tam_quang.post(Role.DEPUTY_CHAIRMAN)).update(
        until=days_ago(5)
    )
    assert offered(dossier)[deputy] == days_ago(5)
    assert offered(dossier)[tam_quang(Role.CHAIRMAN)] == timezone.localdate()


@pytest.mark.parametrize(("sent_ago", "left_ago"), [(40, 41), (90, 61)])
def test_who_left_before_the_case_or_long_ago_is_not_offered(sent_ago, left_ago, road, tam_quang):
    dossier = sent(road.to(State.CLEARED), sent_ago)
    former, post = tam_quang(Role.CHAIRMAN), tam_quang.post(Role.CHAIRMAN)
    Holding.objects.filter(post=post).update(until=days_ago(left_ago))
    assert former not in offered(dossier)


def test_who_left_cannot_sign_here(left, tam_quang):
    dossier, former = left
    assert former not in {c.user for c in signers.able_to_sign(dossier, "decision")}


# Numbers out of order ----------------------------------------------------------------------------


@pytest.fixture
def external(road, tam_quang):
    """An office that numbers elsewhere: number 20 is of today, another case waits for its own."""
    first = road.to(State.APPRAISED)
    Series.objects.filter(pk=first.series("decision").pk).update(mode="external")
    number = {"number": 20, "date": timezone.localdate()}
    first = road.do(first, "check_form", tam_quang(Role.CLERK), **number)
    road.sign(first, "decision", tam_quang(Role.CHAIRMAN))
    second = road.to(State.SUBMITTED, tam_quang(Role.HAMLET_HEAD, 1))
    second = road.do(second, "check_content", tam_quang(Role.SPECIALIST))
    return road.sign(second, "submission", tam_quang(Role.DIVISION_HEAD))


def checked(client, dossier, number, day):
    data = {"seen": dossier.revision, "number": number, "date": f"{day:%Y-%m-%d}"}
    return client.post(to("dossier-check-form", dossier), data, follow=True)


def test_a_number_out_of_order_is_told_and_passes(acting, external):
    page = text(checked(acting(Role.CLERK), external, 25, days_ago(2)))
    assert fresh(external).state == State.CLEARED
    assert "Số nhỏ hơn 20/QĐ-UBND đã mang ngày muộn hơn" in page
    assert "Giữa số 20 và số này còn số chưa ghi" in page
    assert "đối chiếu lại với sổ văn bản đi" in page


def test_a_number_in_order_says_nothing(acting, external):
    page = text(checked(acting(Role.CLERK), external, 21, timezone.localdate()))
    assert fresh(external).state == State.CLEARED
    assert "đối chiếu" not in page


def test_back_at_the_form_check_the_number_stands_with_its_warning(acting, road, external):
    checked(acting(Role.CLERK), external, 25, days_ago(2))
    road.do(fresh(external), "take_back_form_check", road.cast(Role.CLERK))
    page = acting(Role.CLERK).get(to("dossier-check-form", external))
    assert 'value="25"' in page.content.decode()
    assert "Số nhỏ hơn 20/QĐ-UBND" in text(page)

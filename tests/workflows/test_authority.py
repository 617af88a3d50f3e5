"""Who may do what follows from posts, periods and papers."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from procedures.roles import DIGITAL, Role
from workflows import authority
from workflows.authority import Desk
from workflows.models import Delegation, Holding

FIELDS = (DIGITAL,)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def chairmans_desk(tam_quang):
    return Desk(f"{Role.CHAIRMAN}.{DIGITAL}", tam_quang.agency, "Chủ tịch")


def at(desk, user, on=None):
    return authority.capacity_at(desk, authority.capacities(user, on), FIELDS)


def test_the_holder_sits_at_his_desk_in_his_own_right(tam_quang, chairmans_desk):
    assert at(chairmans_desk, tam_quang(Role.CHAIRMAN)).kind == "OWN"


def test_a_deputy_assigned_the_field_signs_for_the_chairman(tam_quang, chairmans_desk):
    capacity = at(chairmans_desk, tam_quang(Role.DEPUTY_CHAIRMAN))
    assert capacity.kind == "KT"
    assert capacity.post.role == Role.CHAIRMAN
    assert capacity.delegation.paper in capacity.label


def test_a_deputy_of_another_field_does_not(tam_quang, chairmans_desk):
    assert at(chairmans_desk, tam_quang(Role.DEPUTY_CHAIRMAN, 1)) is None


def test_an_assignment_of_every_field_covers_this_one(tam_quang, chairmans_desk):
    deputy = tam_quang.post(Role.DEPUTY_CHAIRMAN, 1)
    Delegation.objects.create(
        principal=tam_quang.post(Role.CHAIRMAN), delegate=deputy, kind="KT", field="",
        since=timezone.localdate(), paper="Thông báo số 90/TB-UBND",
    )  # fmt: skip
    assert at(chairmans_desk, deputy.holder().user).kind == "KT"


def test_a_delegation_ends_with_its_last_day(tam_quang, chairmans_desk):
    today = timezone.localdate()
    clerk = tam_quang.post(Role.CLERK)
    Delegation.objects.create(
        principal=tam_quang.post(Role.CHAIRMAN), delegate=clerk, kind="TUQ", field=DIGITAL,
        since=today - DAY, until=today, paper="Giấy ủy quyền số 03/GUQ-UBND",
    )  # fmt: skip
    user = clerk.holder().user
    assert at(chairmans_desk, user, today).kind == "TUQ"
    assert at(chairmans_desk, user, today + DAY) is None


def test_a_former_holder_sits_nowhere(tam_quang, chairmans_desk):
    holding = tam_quang.post(Role.CHAIRMAN).holder()
    holding.until = timezone.localdate() - DAY
    holding.save()
    assert at(chairmans_desk, holding.user) is None


def test_the_same_post_in_another_commune_is_another_desk(hac_thanh, chairmans_desk):
    assert at(chairmans_desk, hac_thanh(Role.CHAIRMAN)) is None


def test_a_deactivated_account_may_do_nothing(tam_quang, chairmans_desk):
    user = tam_quang(Role.CHAIRMAN)
    user.is_active = False
    assert at(chairmans_desk, user) is None


def test_a_person_acts_in_the_closest_capacity(tam_quang, chairmans_desk):
    """A deputy who is also made acting chairman signs as Q., not KT."""
    deputy = tam_quang(Role.DEPUTY_CHAIRMAN)
    Holding.objects.create(
        post=tam_quang.post(Role.CHAIRMAN), user=deputy, since=timezone.localdate(), acting=True
    )
    assert at(chairmans_desk, deputy).kind == "ACTING"


@pytest.mark.django_db
def test_an_authorisation_without_an_end_is_not_stored(tam_quang):
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(
            principal=tam_quang.post(Role.CHAIRMAN), delegate=tam_quang.post(Role.CLERK),
            kind="TUQ", since=timezone.localdate(), paper="Giấy ủy quyền",
        )  # fmt: skip


def test_the_refusal_names_the_missing_paper(tam_quang, chairmans_desk):
    held = authority.capacities(tam_quang(Role.DEPUTY_CHAIRMAN, 1))
    sentence, citation = authority.missing_paper(chairmans_desk, held)
    assert "văn bản phân công" in sentence
    assert citation == "Điều 13 Nghị định 30/2020/NĐ-CP"

"""Minutes signed by two, when somebody leaves on the way or the case is taken out too early."""

import datetime

import pytest
from django.utils import timezone

from procedures.messages import desks
from procedures.roles import Role
from workflows.errors import Refusal
from workflows.models import Holding
from workflows.states import State

from .test_minutes import CHAIR, SECRETARY, cleared, half, in_inbox
from .views.pages import fresh, text, to

__all__ = ["cleared", "half"]
pytestmark = pytest.mark.django_db


def leaves(user):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Holding.objects.filter(user=user).update(until=yesterday)


def test_a_secretary_who_left_leaves_the_case_to_the_clerk(client, road, tam_quang, half):
    secretary, clerk = tam_quang(*SECRETARY), tam_quang(Role.CLERK)
    leaves(secretary)
    assert desks.able(half) == []
    client.force_login(clerk)
    page = text(client.get(to("dossier", half)))
    assert f"{secretary.full_name}, thư ký cuộc họp, không còn ký được" in page
    assert "chưa có người giữ chức vụ này" not in page
    voided = road.do(fresh(half), "void_decision", clerk, note="Thư ký chuyển công tác.")
    assert in_inbox(clerk, voided)


def test_a_chair_who_left_leaves_the_case_to_the_clerk(client, road, tam_quang, cleared):
    chair, clerk, chairman = tam_quang(*CHAIR), tam_quang(Role.CLERK), tam_quang(Role.CHAIRMAN)
    # A number taken and given up: nothing is the clerk's to take back any more.
    cleared = road.do(cleared, "reserve_decision", chair)
    cleared = road.do(cleared, "drop_signing", chair, note="Để mai.", hold=cleared.hold)
    with pytest.raises(Refusal):
        road.do(fresh(cleared), "return_for_correction", clerk, note="Nhầm.")
    leaves(chair)
    client.force_login(clerk)
    page = text(client.get(to("dossier", cleared)))
    assert f"{chair.full_name} là chủ tọa nhưng không còn ký được" in page
    assert "Trả về" in page.split("Việc khác")[1].split("Văn bản")[0]
    for user, act in ((chairman, "return_for_correction"), (clerk, "reserve_decision")):
        with pytest.raises(Refusal):
            road.do(fresh(cleared), act, user, note="Tôi làm thay.")
    back = road.do(fresh(cleared), "return_for_correction", clerk, note="Chủ tọa nghỉ hưu.")
    assert back.state == State.RETURNED

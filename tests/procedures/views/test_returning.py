"""Sending a dossier back: one page, a choice of step, a reason."""

import re

import pytest

from procedures.roles import Role
from workflows.models import Event
from workflows.states import State

from .pages import fresh, text, to

STEPS = [
    ("return_for_correction", State.RETURNED),
    ("return_to_specialist", State.SUBMITTED),
    ("return_to_head", State.CHECKED),
    ("return_to_clerk", State.APPRAISED),
]


def choices(answer):
    return re.findall(r'name="to" value="(\w+)"', answer.content.decode())


@pytest.mark.parametrize(("act", "state"), STEPS)
def test_the_chosen_step_gets_the_dossier_with_the_reason(act, state, acting, road):
    dossier, client = road.to(State.CLEARED), acting(Role.CHAIRMAN)
    assert choices(client.get(to("dossier-return", dossier))) == [name for name, _state in STEPS]
    data = {"seen": dossier.revision, "to": act, "note": "Xem lại nơi nhận."}
    assert client.post(to("dossier-return", dossier), data).status_code == 302
    assert fresh(dossier).state == state
    assert Event.objects.get(act=act).note == "Xem lại nơi nhận."


@pytest.mark.parametrize(
    ("state", "role", "offered"),
    [(State.APPRAISED, Role.CLERK, 3), (State.CHECKED, Role.DIVISION_HEAD, 2)],
)
def test_the_case_shows_one_button_and_the_page_the_steps_behind(
    state, role, offered, acting, road
):
    dossier, client = road.to(state), acting(role)
    page = client.get(to("dossier", dossier)).content.decode()
    assert page.count(to("dossier-return", dossier)) == 1
    assert to("dossier-act", dossier, "return_for_correction") not in page
    assert len(choices(client.get(to("dossier-return", dossier)))) == offered


def test_a_single_return_keeps_its_own_name(acting, road):
    dossier, client = road.to(State.SUBMITTED), acting(Role.SPECIALIST)
    page = client.get(to("dossier", dossier)).content.decode()
    assert to("dossier-act", dossier, "return_for_correction") in page
    assert to("dossier-return", dossier) not in page


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"to": "", "note": "Vì thế."}, "Ông/bà chọn bước để trả hồ sơ về."),
        ({"to": "reject", "note": "Vì thế."}, "Ông/bà chọn một bước trong danh sách."),
        ({"to": "return_to_clerk", "note": " "}, "Ông/bà ghi rõ lý do"),
    ],
)
def test_what_is_missing_is_told_and_what_was_typed_stays(sent, told, acting, road):
    dossier, client = road.to(State.CLEARED), acting(Role.CHAIRMAN)
    answer = client.post(to("dossier-return", dossier), sent | {"seen": dossier.revision})
    assert answer.status_code == 422
    assert told in text(answer)
    assert sent["note"].strip() in answer.content.decode()
    assert fresh(dossier).state == State.CLEARED


def test_who_may_not_return_is_told_why_and_strangers_find_nothing(acting, road, client, hac_thanh):
    dossier = road.to(State.CLEARED)
    answer = acting(Role.CLERK).get(to("dossier-return", dossier))
    assert answer.status_code == 200
    assert 'name="to"' not in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()
    client.force_login(hac_thanh(Role.CHAIRMAN))
    assert client.get(to("dossier-return", dossier)).status_code == 404

"""Several papers signed in one sitting, a result for each."""

import re

import pytest
from django.urls import reverse

from documents.models import Document
from procedures.models import Dossier
from procedures.roles import Role
from tests.conftest import PASSPHRASE
from workflows.states import State

from .pages import text

TRAY = reverse("tray")


@pytest.fixture
def waiting(road, tam_quang):
    """Two decisions waiting for the Chairman."""
    return [road.to(State.CLEARED, tam_quang(Role.HAMLET_HEAD, n)) for n in (0, 1)]


def boxes(answer):
    return re.findall(r'name="chosen" value="([^"]+)"', answer.content.decode())


def states(dossiers):
    return [Dossier.objects.get(pk=dossier.pk).state for dossier in dossiers]


def test_all_chosen_are_signed_under_numbers_that_follow(acting, waiting):
    client = acting(Role.DEPUTY_CHAIRMAN)
    chosen = boxes(client.get(TRAY))
    answer = client.post(TRAY, {"chosen": chosen, "passphrase": PASSPHRASE})
    assert states(waiting) == [State.SIGNED, State.SIGNED]
    assert text(answer).count("Đã ký:") == 2
    numbers = Document.objects.filter(kind="decision").values_list("number", flat=True)
    assert sorted(numbers) == [1, 2]


def test_only_the_chosen_are_signed(acting, waiting):
    client = acting(Role.CHAIRMAN)
    [first, _second] = boxes(client.get(TRAY))
    client.post(TRAY, {"chosen": [first], "passphrase": PASSPHRASE})
    assert sorted(states(waiting)) == [State.CLEARED, State.SIGNED]


def test_nothing_chosen_is_said(acting, waiting):
    answer = acting(Role.CHAIRMAN).post(TRAY, {"passphrase": PASSPHRASE})
    assert answer.status_code == 422
    assert "đánh dấu ít nhất một văn bản" in text(answer)


def test_a_wrong_passphrase_signs_nothing_and_takes_no_number(acting, waiting):
    client = acting(Role.CHAIRMAN)
    chosen = boxes(client.get(TRAY))
    answer = client.post(TRAY, {"chosen": chosen, "passphrase": "sai"})
    assert answer.status_code == 422
    assert states(waiting) == [State.CLEARED, State.CLEARED]
    assert not Document.objects.filter(kind="decision").exists()
    assert answer.content.decode().count("checked") == 2  # the choice is kept


def test_one_that_changed_since_is_left_out_and_the_other_signed(acting, waiting, road, tam_quang):
    client = acting(Role.CHAIRMAN)
    chosen = boxes(client.get(TRAY))
    changed = waiting[0]
    road.do(changed, "return_to_clerk", tam_quang(Role.DEPUTY_CHAIRMAN), note="Sai nơi nhận.")
    answer = client.post(TRAY, {"chosen": chosen, "passphrase": PASSPHRASE})
    assert states(waiting) == [State.APPRAISED, State.SIGNED]
    assert "1 văn bản ông/bà chọn đã thay đổi" in text(answer)


def test_a_deputy_of_another_field_finds_nothing_to_sign(acting, waiting):
    answer = acting(Role.DEPUTY_CHAIRMAN, 1).get(TRAY)
    assert boxes(answer) == []
    assert "Không có văn bản nào đang chờ ông/bà ký" in text(answer)


def test_another_communes_box_signs_nothing(acting, waiting, client, hac_thanh):
    chosen = boxes(acting(Role.CHAIRMAN).get(TRAY))
    client.force_login(hac_thanh(Role.CHAIRMAN))
    client.post(TRAY, {"chosen": chosen, "passphrase": PASSPHRASE})
    assert states(waiting) == [State.CLEARED, State.CLEARED]

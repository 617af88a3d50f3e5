"""A form sent again makes nothing twice and is answered as the first time."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from procedures.idempotency import once
from procedures.models import Dossier, Notice, Press
from procedures.roles import Role
from tests.conftest import PASSPHRASE
from workflows.models import Event
from workflows.states import State

from .pages import box, fresh, text, to, typed

SAYS_SENT = "Trang này cho biết hồ sơ đang chờ ai."


def opened(client, address):
    """The key of a page as a browser would send it back."""
    return {"once": box(client.get(address), "once")}


def again(client, address, data):
    """Send the same twice; both answers, the messages of each read."""
    answers = []
    for _time in (1, 2):
        answer = client.post(address, data)
        answers.append((answer.status_code, answer["Location"], text(client.get("/tai-khoan/"))))
    return answers


def test_a_draft_is_begun_once_even_after_the_first_was_sent(acting, tam_quang):
    client, post = acting(Role.HAMLET_HEAD), tam_quang.post(Role.HAMLET_HEAD)
    data = {"post": post.pk, **opened(client, reverse("start"))}
    first = client.post(reverse("start"), data)["Location"]
    dossier = Dossier.objects.get(post=post)
    client.post(to("dossier-edit", dossier), typed(dossier, send="1"))
    assert fresh(dossier).state == State.SUBMITTED
    assert client.post(reverse("start"), data)["Location"] == first
    assert Dossier.objects.filter(post=post).count() == 1
    # The page opened anew leads to what was sent, not to a list nobody could send.
    page = client.get(reverse("start")).content.decode()
    assert to("dossier", dossier) in page
    assert "Lập đề nghị" not in page


def test_a_list_sent_again_is_answered_alike_after_others_have_acted(acting, draft, road):
    client, address = acting(Role.HAMLET_HEAD), to("dossier-edit", draft)
    data = typed(draft, send="1") | opened(client, address)
    [first, second] = again(client, address, data)
    assert first == second
    assert SAYS_SENT in second[2]
    sent = fresh(draft)
    road.do(sent, "return_for_correction", road.cast(Role.SPECIALIST), note="Thiếu Phụ nữ.")
    before = Event.objects.count()
    answer = client.post(address, data)
    assert (answer.status_code, answer["Location"]) == first[:2]
    assert fresh(draft).state == State.RETURNED
    assert Event.objects.count() == before


def test_the_same_page_with_other_words_is_not_taken_for_done(acting, draft):
    client, address = acting(Role.HAMLET_HEAD), to("dossier-edit", draft)
    data = typed(draft, save="1") | opened(client, address)
    assert client.post(address, data).status_code == 302
    answer = client.post(address, data | {"nguoi-1-full_name": "Người Khác"})
    assert answer.status_code == 409
    assert "Người Khác" in answer.content.decode()
    assert not draft.changes.get().seats.filter(full_name="Người Khác").exists()


def test_sending_after_a_saving_whose_answer_was_lost_goes_through(acting, draft):
    client, address = acting(Role.HAMLET_HEAD), to("dossier-edit", draft)
    data = typed(draft) | opened(client, address)
    client.post(address, data | {"save": "1"})
    assert client.post(address, data | {"send": "1"})["Location"] == to("dossier", draft)
    assert fresh(draft).state == State.SUBMITTED


def test_another_reason_from_the_same_revision_is_refused_not_swallowed(acting, road):
    dossier, client = road.to(State.SUBMITTED), acting(Role.SPECIALIST)
    address = to("dossier-act", dossier, "reject")
    one, two = opened(client, address), opened(client, address)
    data = {"seen": dossier.revision, "note": "Lý do một."}
    assert client.post(address, data | one).status_code == 302
    answer = client.post(address, data | two | {"note": "Lý do hai."})
    assert answer.status_code == 409
    assert Event.objects.filter(act="reject").get().note == "Lý do một."
    assert client.post(address, data | one).status_code == 302


def test_a_signature_is_given_once_and_the_second_press_sees_the_first(acting, road):
    dossier, client = road.to(State.CHECKED), acting(Role.DIVISION_HEAD)
    address = to("dossier-sign", dossier, "submission")
    page = client.get(address)
    data = {name: box(page, name) for name in ("seen", "says", "once")}
    [first, second] = again(client, address, data | {"passphrase": PASSPHRASE})
    assert first == second
    assert "Đã ký." in second[2]
    assert Event.objects.filter(act="sign_submission").count() == 1


def test_a_tray_sent_again_says_again_what_was_signed(acting, road):
    road.to(State.CLEARED)
    client = acting(Role.CHAIRMAN)
    page = client.get(reverse("tray"))
    data = {"chosen": box(page, "chosen"), "passphrase": PASSPHRASE, "once": box(page, "once")}
    first, second = (text(client.post(reverse("tray"), data)) for _time in (1, 2))
    assert "Đã ký:" in first
    assert "Đã ký:" in second
    assert "đã thay đổi" not in second
    assert Event.objects.filter(act="sign_decision").count() == 1


def test_a_reminder_pressed_twice_says_the_same_and_reminds_once(acting, road):
    dossier, client = road.to(State.SUBMITTED), acting(Role.HAMLET_HEAD)
    address = to("dossier-nudge", dossier)
    data = {"seen": dossier.revision} | opened(client, address)
    [first, second] = again(client, address, data)
    assert first == second
    told = list(Notice.objects.values_list("recipient", flat=True))
    assert len(told) == len(set(told)) > 0


def test_what_is_refused_leaves_no_receipt(acting, road):
    dossier, client = road.to(State.SUBMITTED), acting(Role.SPECIALIST)
    address = to("dossier-act", dossier, "reject")
    data = {"seen": dossier.revision, "note": " "} | opened(client, address)
    assert client.post(address, data).status_code == 422
    assert not Press.objects.exists()


def test_the_receipt_stands_or_falls_with_the_act(acting, road, monkeypatch):
    dossier, client = road.to(State.SUBMITTED), acting(Role.SPECIALIST)
    client.raise_request_exception = False
    address = to("dossier-check-content", dossier)
    data = {"seen": dossier.revision} | opened(client, address)

    def torn(*args, **kwargs):
        raise IntegrityError

    with monkeypatch.context() as patch:
        patch.setattr(Press.objects, "create", torn)
        assert client.post(address, data).status_code == 500
    assert fresh(dossier).state == State.SUBMITTED
    assert not Press.objects.exists()
    assert client.post(address, data).status_code == 302


def test_another_person_gets_nothing_by_the_key_of_the_first(acting, road, client, hac_thanh):
    dossier = road.to(State.SUBMITTED)
    address = to("dossier-check-content", dossier)
    data = {"seen": dossier.revision} | opened(acting(Role.SPECIALIST), address)
    assert client.post(address, data).status_code == 302
    client.force_login(hac_thanh(Role.SPECIALIST))
    assert client.post(address, data).status_code == 404


def test_a_script_is_told_where_to_go_and_whether_it_was_received(acting, road):
    dossier, client = road.to(State.SUBMITTED), acting(Role.SPECIALIST)
    address = to("dossier-check-content", dossier)
    data = {"seen": dossier.revision} | opened(client, address)
    for _time in (1, 2):
        answer = client.post(address, data, headers={"x-trinh-ky": "1"})
        assert answer.json() == {"to": to("dossier", dossier), "receipt": True}
    client.logout()
    answer = client.post(address, data, headers={"x-trinh-ky": "1"}).json()
    assert answer["to"].startswith("/vao/")
    assert answer["receipt"] is False


@pytest.mark.parametrize("key", ["", "x", "0" * 400, "'; DROP TABLE"])
def test_a_made_up_key_is_no_key(key, acting, road):
    dossier, client = road.to(State.SUBMITTED), acting(Role.SPECIALIST)
    data = {"seen": dossier.revision, "once": key}
    assert client.post(to("dossier-check-content", dossier), data).status_code == 302
    assert not Press.objects.exists()


def test_two_pages_never_share_a_key(acting):
    client = acting(Role.HAMLET_HEAD)
    assert opened(client, reverse("start")) != opened(client, reverse("start"))
    assert once.new_key() != once.new_key()

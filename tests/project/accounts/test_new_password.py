"""Changing one's own password."""

import pytest
from django.test import Client

from procedures import demo

from .conftest import sign_in, signed_in, text

PAGE = "/tai-khoan/mat-khau/"
NEW = "cau-treo-ban-Bai-2026"


def change(client, old=demo.PASSWORD, new=NEW, again=None):
    data = {"old_password": old, "new_password1": new, "new_password2": again or new}
    return client.post(PAGE, data)


@pytest.fixture
def desk(clerk):
    client = Client()
    sign_in(client, clerk)
    return client


def test_the_new_password_counts_and_every_other_session_ends(desk, clerk):
    elsewhere = Client()
    sign_in(elsewhere, clerk)
    assert signed_in(elsewhere)
    assert change(desk)["Location"] == "/tai-khoan/"
    assert "Đã đổi mật khẩu" in text(desk.get("/tai-khoan/"))
    assert signed_in(desk)
    assert not signed_in(elsewhere)
    assert sign_in(Client(), clerk, NEW).status_code == 302
    assert sign_in(Client(), clerk).status_code == 200


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"old": "nhầm"}, "Mật khẩu hiện nay chưa đúng. Ông/bà gõ lại."),
        ({"again": "khác-hẳn-2026"}, "Hai lần gõ mật khẩu mới không giống nhau."),
        ({"new": "ngắn"}, "Mật khẩu ngắn quá. Cần ít nhất 8 ký tự."),
        ({"new": "password123"}, "Mật khẩu này quá phổ biến"),
        ({"old": ""}, "Ô này không được để trống."),
    ],
)
def test_what_is_wrong_is_told_in_vietnamese_and_changes_nothing(typed, told, desk, clerk):
    answer = change(desk, **typed)
    assert answer.status_code == 422
    assert told in text(answer)
    clerk.refresh_from_db()
    assert clerk.check_password(demo.PASSWORD)


def test_guessing_the_present_password_is_limited(desk, clerk):
    for _time in range(5):
        change(desk, old="nhầm")
    change(desk)
    clerk.refresh_from_db()
    assert not clerk.check_password(NEW)


def test_who_has_no_password_has_no_such_page(entered, head):
    head.set_unusable_password()
    head.save()
    entered.force_login(head)
    assert entered.get(PAGE).status_code == 404
    assert PAGE not in entered.get("/tai-khoan/").content.decode()

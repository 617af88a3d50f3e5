"""At most five wrong tries per account in five minutes, whatever is guessed and from wherever."""

import datetime
import re

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.utils import timezone

from procedures import demo
from procedures.roles import Role
from project.accounts import limits, slips
from project.accounts.models import Tally

from .conftest import scanned, sign_in, signed_in, six_digits, text, wrong_digits

LATER = datetime.timedelta(minutes=5, seconds=1)


def wrong(client, user, times):
    return [text(sign_in(client, user, "sai")) for _try in range(times)]


def test_after_five_wrong_passwords_the_right_one_waits_too(client, head):
    assert all("chưa đúng" in said for said in wrong(client, head, 5))
    refused = text(sign_in(client, head))
    assert "quá nhiều lần" in refused
    assert not signed_in(client)
    shown = re.search(r"chờ đến (\d\d:\d\d) rồi thử lại", refused)[1]
    moment = timezone.localtime(timezone.now() + datetime.timedelta(minutes=5))
    minutes = {moment + datetime.timedelta(minutes=shift) for shift in (0, 1)}
    assert shown in {f"{minute:%H:%M}" for minute in minutes}
    with time_machine.travel(timezone.now() + LATER):
        assert sign_in(client, head)["Location"] == "/"


def test_no_five_minutes_hold_more_than_five(client, head):
    """Not five at the end of one window and five at the start of the next."""
    start = timezone.now()
    passed = []
    for second in range(0, 900, 20):
        with time_machine.travel(start + datetime.timedelta(seconds=second)):
            if "chưa đúng" in wrong(client, head, 1)[0]:
                passed.append(second)
    assert len(passed) >= 10  # it opens again
    for begin in range(900):
        assert len([second for second in passed if begin <= second < begin + 300]) <= 5


def test_a_right_one_gives_back_its_own_try_alone(client, head):
    for _round in range(8):
        assert sign_in(Client(), head).status_code == 302
    wrong(client, head, 4)
    assert sign_in(Client(), head).status_code == 302
    assert "chưa đúng" in wrong(client, head, 1)[0]
    assert "quá nhiều lần" in wrong(client, head, 1)[0]


def test_another_account_is_not_held_up(client, head, clerk):
    wrong(client, head, 6)
    assert sign_in(client, clerk)["Location"] == "/"


@pytest.mark.parametrize("spelling", [str.upper, str.title, lambda name: f" {name} "])
def test_another_spelling_is_the_same_account(client, head, spelling):
    wrong(client, head, 5)
    answer = client.post("/vao/", {"username": spelling(head.username), "password": "sai"})
    assert "quá nhiều lần" in text(answer)


def test_a_name_nobody_has_is_answered_like_any_other(client, head):
    said = []
    for name in (head.username, "khong-co-ai"):
        answers = [
            text(client.post("/vao/", {"username": name, "password": "sai"})) for _try in range(6)
        ]
        said.append([re.sub(r"\d\d:\d\d", "", answer) for answer in answers])
    assert said[0] == said[1]


def test_passwords_and_codes_are_counted_together(client, tam_quang, installed):
    chairman = tam_quang(Role.CHAIRMAN)
    secret = installed(client, chairman)
    other = Client()
    wrong(other, chairman, 2)
    sign_in(other, chairman)
    for _try in range(3):
        answer = other.post("/vao/xac-nhan/", {"code": wrong_digits(secret)})
        assert "Mã chưa đúng" in text(answer)
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=60)):
        answer = other.post("/vao/xac-nhan/", {"code": six_digits(secret)})
        assert "quá nhiều lần" in text(answer)
        assert not signed_in(other)
        assert "quá nhiều lần" in wrong(other, chairman, 1)[0]


def near(code):
    """Wrong codes that begin like the right one."""
    for letter in slips.LETTERS:
        if letter != code[-1]:
            yield code[:-1] + letter


def test_five_wrong_codes_of_one_slip(phone, printed):
    guesses = list(near(printed.code))
    for guess in guesses[:5]:
        assert "Không có phiếu nào" in text(phone.post("/vao/ma/", {"code": guess}))
    for guess in (guesses[5], printed.code):
        assert "quá nhiều lần" in text(phone.post("/vao/ma/", {"code": guess}))
    assert not signed_in(phone)
    # The picture cannot be guessed: it still opens for whoever holds the paper.
    assert phone.post(scanned(printed))["Location"] == "/"


def test_codes_of_slips_that_do_not_exist_are_held_up_alike(phone, printed):
    absent = next(a for a in ("CCC", "FFF") if not printed.code.startswith(a))
    said = [
        text(phone.post("/vao/ma/", {"code": f"{absent}{guess[3:]}"}))
        for guess in list(near(printed.code))[:6]
    ]
    assert "quá nhiều lần" in said[5]
    assert "Không có phiếu nào" in said[4]


def test_one_address_may_try_sixty_times(db, head, clerk):
    for number in range(60):
        answer = Client().post("/vao/", {"username": f"ai-{number}", "password": "sai"})
        assert "chưa đúng" in text(answer)
    assert "quá nhiều lần" in text(sign_in(Client(), head))
    # Somebody elsewhere, or in the same IPv6 network.
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9"), head)["Location"] == "/"
    assert limits._address(at("2001:db8:0:1::5")) == limits._address(at("2001:db8:0:1:ffff::9"))
    assert limits._address(at("2001:db8:0:1::5")) != limits._address(at("2001:db8:0:2::5"))


def at(address, **more):
    return RequestFactory().get("/", REMOTE_ADDR=address, **more)


def test_the_address_is_the_one_the_offices_own_proxy_saw(settings):
    forged = {"headers": {"X-Forwarded-For": "1.2.3.4, 10.0.0.7"}}
    assert limits._address(at("10.0.0.1", **forged)) == "10.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert limits._address(at("10.0.0.1", **forged)) == "10.0.0.7"


def test_unknown_links_are_counted_by_address(phone, printed, monkeypatch):
    monkeypatch.setattr(limits, "PER_ADDRESS", 3)
    for number in range(3):
        assert phone.get(f"/vao/phieu/khong-{number}/").status_code == 404
    answer = phone.get("/vao/phieu/khong-3/")
    assert answer.status_code == 429
    assert "quá nhiều lần" in text(answer)


def test_an_error_inside_leaves_the_try_counted_and_nothing_names_anybody(head):
    for _try in range(limits.PER_ACCOUNT):
        with pytest.raises(LookupError), limits.guessing(at("10.0.0.1"), head.username):
            raise LookupError
    with pytest.raises(ValidationError), limits.guessing(at("10.0.0.1"), head.username):
        raise AssertionError("nothing may be looked at any more")
    stored = repr(list(Tally.objects.values()))
    assert head.username not in stored
    assert "10.0.0.1" not in stored


def test_old_counts_are_cleared_away(client, head, clerk):
    wrong(client, head, 3)
    with time_machine.travel(timezone.now() + 3 * LATER):
        sign_in(client, clerk, demo.PASSWORD)
        assert Tally.objects.count() == 2  # the clerk's account and address

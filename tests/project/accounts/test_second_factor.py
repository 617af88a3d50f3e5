"""Officers: a password, and a code from the phone."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from procedures.roles import Role
from project.accounts.models import SignInEvent, User

from .conftest import (
    RESERVE,
    SETUP,
    later,
    moved,
    scanned,
    sign_in,
    signed_in,
    six_digits,
    text,
    wrong_digits,
)


@pytest.fixture
def required(settings):
    """As in production."""
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def chairman(tam_quang):
    return tam_quang(Role.CHAIRMAN)


def test_in_production_an_officer_sets_it_up_before_anything_else(
    client, required, chairman, set_up
):
    sign_in(client, chairman)
    for address in ("/", "/ho-so/", "/tai-khoan/", "/phieu-vao/", RESERVE):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"] == SETUP
    secret = set_up(client)
    assert signed_in(client)
    codes = re.findall(r"<code>(\d{8})</code>", client.get(RESERVE).content.decode())
    assert len(set(codes)) == 10
    assert SignInEvent.objects.get().kind == SignInEvent.Kind.FACTOR_ON
    stored = repr(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored


def test_the_drawing_is_served_by_us_and_is_the_secret(client, chairman):
    sign_in(client, chairman)
    assert client.get(f"{SETUP}qr.svg").status_code == 404
    page = client.get(SETUP).content.decode()
    assert f'<img src="{SETUP}qr.svg"' in page
    drawing = client.get(f"{SETUP}qr.svg")
    assert drawing["Content-Type"] == "image/svg+xml"
    assert "no-store" in drawing["Cache-Control"]
    assert drawing.content.startswith(b"<?xml")


def test_a_wrong_first_code_sets_nothing_up(client, chairman):
    sign_in(client, chairman)
    page = client.get(SETUP).content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)[1]
    answer = client.post(SETUP, {"code": wrong_digits(secret)})
    assert "Mã chưa đúng" in text(answer)
    assert secret in answer.content.decode()  # the same secret: the phone has it already
    assert not Authenticator.objects.exists()


def test_the_next_sign_in_asks_for_the_code(client, required, chairman, installed):
    secret = installed(client, chairman)
    other = Client()
    answer = sign_in(other, chairman, next="/ho-so/")
    assert answer["Location"] == "/vao/xac-nhan/"
    assert not signed_in(other)
    wrong = other.post("/vao/xac-nhan/", {"code": wrong_digits(secret)})
    assert "Mã chưa đúng" in text(wrong)
    assert not signed_in(other)
    with later():
        answer = other.post("/vao/xac-nhan/", {"code": six_digits(secret)})
        assert answer["Location"] == "/ho-so/"
        assert signed_in(other)


def test_a_code_opens_one_door(client, chairman, installed):
    secret = installed(client, chairman)
    with later(60):
        code = six_digits(secret)
        for opens in (True, False):
            other = Client()
            sign_in(other, chairman)
            other.post("/vao/xac-nhan/", {"code": code})
            assert signed_in(other) is opens
    # Still valid by the clock, and forgotten by the library's own memory of half a minute.
    with later(60 + 29):
        cache.clear()
        assert code in {six_digits(secret, shift) for shift in (-1, 0)}
        other = Client()
        sign_in(other, chairman)
        other.post("/vao/xac-nhan/", {"code": code})
        assert not signed_in(other)


def test_a_reserve_code_works_once(client, chairman, installed):
    installed(client, chairman)
    code = re.findall(r"<code>(\d{8})</code>", client.get(RESERVE).content.decode())[3]
    for opens in (True, False):
        other = Client()
        sign_in(other, chairman)
        other.post("/vao/xac-nhan/", {"code": code})
        assert signed_in(other) is opens


def test_a_session_begun_before_does_not_share_in_it(required, chairman, set_up):
    thief, owner = Client(), Client()
    sign_in(thief, chairman)
    sign_in(owner, chairman)
    secret = set_up(owner)
    answer = thief.get("/")
    assert answer["Location"].startswith("/vao/lai/")
    assert not re.search(r'name="password"', thief.get("/vao/lai/").content.decode())
    with later():
        answer = thief.post("/vao/lai/?next=/ho-so/", {"code": six_digits(secret)})
        assert answer["Location"] == "/ho-so/"  # so it was the owner after all
        assert signed_in(thief)


def test_taking_it_away_leads_back_to_setting_it_up(client, required, chairman, installed):
    installed(client, chairman)
    client.post("/tai-khoan/xac-nhan/bo/")
    assert not Authenticator.objects.exists()
    assert client.get("/")["Location"] == SETUP
    kinds = list(SignInEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["factor_on", "factor_off"]


def test_taking_it_away_is_asked_again_after_a_while(client, chairman, installed):
    installed(client, chairman)
    moved(client, 901)
    answer = client.post("/tai-khoan/xac-nhan/bo/")
    assert answer["Location"].startswith("/vao/lai/")
    assert client.get(RESERVE)["Location"].startswith("/vao/lai/")
    assert Authenticator.objects.filter(type="totp").exists()


@pytest.mark.parametrize("role", Role)
def test_who_must_have_it(role, client, required, tam_quang):
    leaders = {Role.HAMLET_HEAD, Role.YOUTH_SECRETARY}
    sign_in(client, tam_quang(role))
    assert signed_in_or_setup(client) == ("in" if role in leaders else "setup")


def signed_in_or_setup(client):
    answer = client.get("/")
    return "in" if answer.status_code == 200 else {SETUP: "setup"}[answer["Location"]]


def test_the_keeper_must_have_it_too(client, required):
    User.objects.create_superuser("nguoi-giu", "mat-khau-dai", full_name="Người Giữ")
    client.post("/quan-tri/login/", {"username": "nguoi-giu", "password": "mat-khau-dai"})
    assert client.get("/quan-tri/")["Location"] == SETUP


def test_the_keepers_door_has_the_same_lock(client, tam_quang):
    keeper = User.objects.create_superuser("nguoi-giu", "mat-khau-dai", full_name="Người Giữ")
    for _try in range(5):
        client.post("/quan-tri/login/", {"username": "nguoi-giu", "password": "sai"})
    answer = client.post("/quan-tri/login/", {"username": "nguoi-giu", "password": "mat-khau-dai"})
    assert "quá nhiều lần" in text(answer)
    assert not signed_in(client)
    assert keeper.check_password("mat-khau-dai")


def test_a_trial_asks_nobody(client, chairman, tam_quang):
    for role in Role:
        other = Client()
        assert sign_in(other, tam_quang(role))["Location"] == "/"
        assert signed_in(other)


def test_a_leader_on_his_phone_is_not_asked(required, phone, printed):
    phone.post(scanned(printed))
    assert signed_in(phone)

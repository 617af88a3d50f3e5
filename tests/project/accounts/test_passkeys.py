"""A passkey beside the code: asked for after fresh proof, and nonsense opens nothing."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from procedures.roles import Role
from project.accounts.models import SignInEvent

from .conftest import moved, sign_in, signed_in, text

ADD = "/tai-khoan/xac-nhan/khoa/them/"
OFF = "/tai-khoan/xac-nhan/bo/"
QUARTER = 15 * 60
NONSENSE = [
    "", "x", "{}", "[]", '"x"', "null", '{"id": "AA"}',
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}),
    json.dumps({
        "id": "AA", "rawId": "AA", "type": "public-key", "clientExtensionResults": {},
        "response": {"clientDataJSON": "AA", "authenticatorData": "AA", "signature": "AA"},
    }),
]  # fmt: skip


@pytest.fixture
def chairman(client, tam_quang, installed):
    """Signed in, with the code of the phone set up."""
    user = tam_quang(Role.CHAIRMAN)
    installed(client, user)
    return user


def test_without_the_code_of_the_phone_there_is_no_passkey(client, tam_quang):
    sign_in(client, tam_quang(Role.CHAIRMAN))
    assert client.get(ADD)["Location"] == "/tai-khoan/xac-nhan/cai/"
    assert client.post(ADD, {"name": "x"})["Location"] == "/tai-khoan/xac-nhan/cai/"
    assert "passkey" not in text(client.get("/tai-khoan/xac-nhan/"))


def test_adding_and_removing_ask_for_fresh_proof(client, chairman, tam_quang):
    assert client.get(ADD).status_code == 200
    other = tam_quang(Role.CLERK)
    told = {"type": Authenticator.Type.WEBAUTHN, "data": {"name": "Khóa cũ", "credential": {}}}
    his, own = (Authenticator.objects.create(user=user, **told) for user in (other, chairman))
    remove = "/tai-khoan/xac-nhan/khoa/{}/bo/".format
    assert client.post(remove(his.pk)).status_code == 404
    moved(client, QUARTER + 1)
    for address in (ADD, remove(own.pk)):
        assert client.post(address, {"name": "x"})["Location"].startswith("/vao/lai/")
    assert Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).count() == 2


def test_without_the_code_of_the_phone_no_passkey_stays(client, chairman):
    told = {"type": Authenticator.Type.WEBAUTHN, "data": {"name": "Khóa", "credential": {}}}
    Authenticator.objects.create(user=chairman, **told)
    assert "khóa truy cập (passkey) không dùng được" in text(client.get(OFF))
    client.post(OFF)
    assert not Authenticator.objects.filter(user=chairman).exists()
    written = [event.kind for event in SignInEvent.objects.filter(user=chairman).order_by("pk")]
    assert sorted(written[-2:]) == sorted(["key_removed", "factor_off"])


def test_a_passkey_left_alone_before_is_shown_and_can_be_removed(client, tam_quang):
    """Of who turned the code off when passkeys stayed: the door still asks for it."""
    user = tam_quang(Role.CHAIRMAN)
    told = {"type": Authenticator.Type.WEBAUTHN, "data": {"name": "Khóa cũ", "credential": {}}}
    key = Authenticator.objects.create(user=user, **told)
    stranger = Client()
    sign_in(stranger, user)
    assert not signed_in(stranger)
    client.force_login(user)
    page = text(client.get("/tai-khoan/xac-nhan/"))
    assert "Chưa bật" in page
    assert "Khóa cũ" in page
    remove = f"/tai-khoan/xac-nhan/khoa/{key.pk}/bo/"
    assert "trên điện thoại" not in text(client.get(remove))
    assert client.post(remove).status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    assert "passkey" not in text(client.get("/tai-khoan/xac-nhan/"))


def test_nonsense_is_no_passkey(client, chairman):
    again, stranger = "/vao/lai/?next=/tai-khoan/", Client()
    sign_in(stranger, chairman)
    for credential in NONSENSE:
        moved(client, 0)
        assert client.post(ADD, {"name": "x", "credential": credential}).status_code == 200
        moved(client, QUARTER + 1)
        assert client.get(again).status_code == 200
        assert client.post(again, {"credential": credential})["Location"] == again
        assert client.post(ADD, {"name": "x"})["Location"].startswith("/vao/lai/")
        assert stranger.get("/vao/xac-nhan/").status_code == 200
        assert stranger.post("/vao/xac-nhan/", {"credential": credential}).status_code == 200
        assert not signed_in(stranger)
    assert not Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).exists()

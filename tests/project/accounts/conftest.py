"""People at the door, and the papers and codes they hold."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from procedures import demo
from procedures.roles import Role
from project.accounts import slips
from project.accounts.models import Tally

SETUP = "/tai-khoan/xac-nhan/cai/"
RESERVE = "/tai-khoan/ma-du-phong/"


@pytest.fixture(autouse=True)
def nobody_has_guessed(db):
    """The five minutes of one test are not those of the next."""
    Tally.objects.all().delete()


@pytest.fixture
def head(tam_quang):
    """A trưởng bản: holds no post of the office."""
    return tam_quang(Role.HAMLET_HEAD)


@pytest.fixture
def clerk(tam_quang):
    return tam_quang(Role.CLERK)


@pytest.fixture
def printed(head, clerk):
    """A slip for the trưởng bản, as on paper."""
    return slips.issue(head, by=clerk)


@pytest.fixture
def phone():
    """A phone nobody is signed in on."""
    return Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 9) Chrome/120 Mobile Safari"})


@pytest.fixture
def entered(phone, printed):
    """The phone of the trưởng bản after he has used his slip."""
    answer = phone.post(scanned(printed))
    assert answer["Location"] == "/"
    return phone


@pytest.fixture
def set_up(django_capture_on_commit_callbacks):
    """``set_up(client)``: install the second factor as a person does; returns the secret typed
    into the phone. What is told after the commit is told within the test."""

    def install(client):
        page = client.get(SETUP).content.decode()
        secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)[1]
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(SETUP, {"code": six_digits(secret)})
        assert answer["Location"] == RESERVE
        return secret

    return install


@pytest.fixture
def installed(set_up):
    """``installed(client, user)``: signed in with the second factor set up; the secret."""

    def come_and_install(client, user):
        sign_in(client, user)
        return set_up(client)

    return come_and_install


def later(seconds=60):
    """When the authenticator shows another code."""
    return time_machine.travel(timezone.now().timestamp() + seconds)


def scanned(printed):
    """The address in the QR code."""
    return f"/vao/phieu/{printed.token}/"


def signed_in(client):
    """Whether the next page is shown: asked of the page, not of the session."""
    answer = client.get("/")
    assert answer.status_code in (200, 302)
    if answer.status_code == 302:
        assert answer["Location"].startswith("/vao/")
    return answer.status_code == 200


def sign_in(client, user, password=demo.PASSWORD, **more):
    return client.post("/vao/", {"username": user.username, "password": password, **more})


def six_digits(secret, shift=0):
    """What an authenticator shows (RFC 6238), written apart from the library under test."""
    moment = int(timezone.now().timestamp()) // 30 + shift
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", moment), hashlib.sha1).digest()
    start = digest[-1] & 15
    value = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{value % 1_000_000:06d}"


def wrong_digits(secret):
    """Six digits that are none of the codes of the moment."""
    shown = {six_digits(secret, shift) for shift in (-2, -1, 0, 1, 2)}
    return next(code for code in ("000000", "111111", "222222", "333333") if code not in shown)


def text(answer):
    """The words of a page: no tags, spaces reduced."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def moved(client, seconds):
    """Pretend the person proved himself that much earlier."""
    session = client.session
    session["proved_at"] = time.time() - seconds
    session.save()

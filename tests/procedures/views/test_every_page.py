"""What holds for every page: the policy, the errors, the door."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from procedures import demo
from procedures.roles import Role
from workflows.states import State

from .pages import fresh, text, to

FORBIDDEN = r"<script(?! src=\"/static/)|<style|\sstyle=|\son\w+=|javascript:|https?://(?!www\.w3\.org/2000/svg)"
SEEN_BY = [
    (Role.HAMLET_HEAD, State.DRAFT, "dossier-edit", ()),
    (Role.SPECIALIST, State.SUBMITTED, "dossier-check-content", ()),
    (Role.SPECIALIST, State.SUBMITTED, "dossier-act", ("reject",)),
    (Role.DIVISION_HEAD, State.CHECKED, "dossier-sign", ("submission",)),
    (Role.CLERK, State.APPRAISED, "dossier-check-form", ()),
    (Role.CHAIRMAN, State.CLEARED, "dossier-sign", ("decision",)),
    (Role.CLERK, State.CLEARED, "dossier-paper", ("decision",)),
    (Role.CLERK, State.SIGNED, "dossier-seal", ()),
    (Role.HAMLET_HEAD, State.RELEASED, "dossier-read", ("decision",)),
    (Role.CLERK, State.RELEASED, "dossier-deliveries", ()),
    (Role.CLERK, State.RELEASED, "dossier-delivery", ()),
    (Role.HAMLET_HEAD, State.RELEASED, "dossier-acknowledge", ()),
    (Role.CLERK, State.RELEASED, "dossier-add-scan", ()),
    (Role.SPECIALIST, State.RELEASED, "dossier-phones", ()),
]


@pytest.mark.parametrize(("role", "state", "name", "more"), SEEN_BY)
def test_no_page_has_inline_style_or_script_and_all_carry_the_policy(
    role, state, name, more, acting, road
):
    dossier, client = road.to(state), acting(role)
    pages = ["/", "/ho-so/", "/to/", "/to/xuat/", reverse("start")]
    pages += [to("dossier", dossier), to(name, dossier, *more)]
    for address in [*pages, "/khong-co/"]:
        answer = client.get(address)
        assert not re.search(FORBIDDEN, answer.content.decode()), address
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("name", ["404.html", "403.html", "500.html", "400.html", "403_csrf.html"])
def test_error_pages_say_what_to_do_without_a_request(name):
    page = render_to_string(name)
    assert '<html lang="vi">' in page
    assert "Ông/bà" in page or "ông/bà" in page


def test_a_form_without_its_token_is_told_in_vietnamese(tam_quang, road):
    dossier = road.to(State.SUBMITTED)
    client = Client(enforce_csrf_checks=True)
    client.force_login(tam_quang(Role.SPECIALIST))
    answer = client.post(to("dossier-check-content", dossier), {"seen": dossier.revision})
    assert answer.status_code == 403
    assert "Chưa có gì được gửi đi" in text(answer)
    assert fresh(dossier).state == State.SUBMITTED


def test_a_crash_is_told_in_vietnamese(acting, road, monkeypatch):
    dossier, client = road.to(State.SUBMITTED), acting(Role.SPECIALIST)
    client.raise_request_exception = False
    monkeypatch.setattr("procedures.messages.desks.able", None)
    answer = client.get(to("dossier", dossier))
    assert answer.status_code == 500
    assert "Việc vừa làm chưa được ghi lại" in text(answer)


def test_the_door_refuses_in_words_and_leads_back(client, tam_quang):
    head = tam_quang(Role.HAMLET_HEAD)
    answer = client.post("/vao/", {"username": head.username, "password": "nhầm"})
    assert "chưa đúng" in text(answer)
    data = {"username": head.username, "password": demo.PASSWORD, "next": "/ho-so/"}
    assert client.post("/vao/", data)["Location"] == "/ho-so/"
    data["next"] = "https://example.com/"
    assert client.post("/vao/", data)["Location"] == "/"
    assert client.post("/ra/").status_code == 302
    assert client.get("/").status_code == 302

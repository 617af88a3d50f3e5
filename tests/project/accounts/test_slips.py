"""A slip lets its owner in once, and nobody else."""

import datetime
import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from procedures import demo
from procedures.models import Dossier
from procedures.roles import Role
from project.accounts import slips
from project.accounts.models import Device, SignInEvent, Slip
from workflows.models import Delegation, Holding

from .conftest import scanned, sign_in, signed_in, text

KINDS = SignInEvent.Kind


def events():
    return [(event.kind, event.user, event.actor) for event in SignInEvent.objects.order_by("pk")]


def test_the_clerk_prints_and_the_leader_enters(client, clerk, head, phone):
    sign_in(client, clerk)
    assert head.full_name in text(client.get("/phieu-vao/"))
    paper = client.post(f"/phieu-vao/{head.pk}/in/")
    code = re.search(r"code\">([A-Z2-9]{4} [A-Z2-9]{4})<", paper.content.decode())[1]
    assert head.full_name in text(paper)
    assert "<svg" in paper.content.decode()
    assert "no-store" in paper["Cache-Control"]
    assert phone.post("/vao/ma/", {"code": code})["Location"] == "/"
    assert signed_in(phone)
    assert head.full_name in text(phone.get("/"))
    assert events() == [(KINDS.ISSUED, head, clerk), (KINDS.ENTERED, head, head)]


def test_the_drawing_on_the_paper_is_the_address_of_the_slip(client, clerk, head, monkeypatch):
    printed = slips.issue(head, by=clerk)
    monkeypatch.setattr(slips, "issue", lambda user, by: printed)
    sign_in(client, clerk)
    drawn = client.post(f"/phieu-vao/{head.pk}/in/").content.decode()
    import segno

    address = f"http://127.0.0.1:8000/vao/phieu/{printed.token}/"
    same = segno.make(address, error="m", boost_error=False, micro=False)
    path = re.search(r' d="([^"]+)"', same.svg_inline(scale=5, border=2))[1]
    assert path in drawn


def test_looking_at_a_slip_does_not_use_it_up(phone, printed, head):
    for _visit in range(3):
        page = phone.get(scanned(printed))
        assert page.status_code == 200
        assert head.full_name in text(page)
    assert not signed_in(phone)
    assert phone.post(scanned(printed))["Location"] == "/"
    assert signed_in(phone)


@pytest.mark.parametrize("spelling", ["{0}", "{1}", " {1} ", "{2}"])
def test_the_code_is_read_as_people_type_it(phone, printed, spelling):
    dashed = f"{printed.code[:4]}-{printed.code[4:]}".lower()
    code = spelling.format(printed.code.lower(), printed.spaced, dashed)
    assert phone.post("/vao/ma/", {"code": code})["Location"] == "/"


def test_no_code_can_be_spoilt_by_a_vietnamese_keyboard_or_misread():
    assert not set(slips.LETTERS) & set("AEIOUYDW" + "0O1IL5S2Z6G8B") - set("268")
    assert len(set(slips.LETTERS)) == len(slips.LETTERS) == 20


def test_a_slip_works_once(phone, printed):
    thief = Client()
    assert phone.post(scanned(printed))["Location"] == "/"
    for answer in (
        thief.get(scanned(printed)),
        thief.post(scanned(printed)),
        thief.post("/vao/ma/", {"code": printed.code}),
    ):
        assert answer.status_code == 410
        assert "chỉ dùng được một lần" in text(answer)
    assert not signed_in(thief)
    assert Device.objects.count() == 1


def test_two_who_read_the_same_slip_at_once_are_one(printed, head, monkeypatch):
    # Both have been told that it may be used; the database lets only the first.
    monkeypatch.setattr(slips, "refusal", lambda slip: "")
    first, second = Client(), Client()
    assert first.post(scanned(printed)).status_code == 302
    assert second.post(scanned(printed)).status_code == 410
    assert [signed_in(first), signed_in(second)] == [True, False]


def test_a_slip_is_valid_for_seven_days(phone, printed):
    with time_machine.travel(timezone.now() + datetime.timedelta(days=6, hours=23)):
        assert phone.get(scanned(printed)).status_code == 200
    with time_machine.travel(timezone.now() + datetime.timedelta(days=7, minutes=1)):
        answer = phone.post(scanned(printed))
        assert answer.status_code == 410
        assert "đã hết hạn" in text(answer)
        assert not signed_in(phone)


def test_a_new_slip_ends_the_old_one(phone, printed, head, clerk):
    newer = slips.issue(head, by=clerk)
    assert "đã bị hủy" in text(phone.post(scanned(printed)))
    assert not signed_in(phone)
    assert phone.post(scanned(newer))["Location"] == "/"


def test_an_address_nobody_printed(phone, db):
    answer = phone.get("/vao/phieu/khong-co/")
    assert answer.status_code == 404
    assert "không có trong hệ thống" in text(answer)
    assert phone.post("/vao/phieu/khong-co/").status_code == 404
    assert "Không có phiếu nào mang mã này" in text(phone.post("/vao/ma/", {"code": "CFHJ KMNP"}))


def test_neither_token_nor_code_is_stored(printed):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_slip")
        stored = repr(cursor.fetchall())
    assert printed.token not in stored
    assert printed.code not in stored
    assert Slip.objects.get().pk == printed.slip.pk


def test_who_left_his_post_or_came_into_the_office_does_not_enter_by_slip(
    phone, printed, head, tam_quang
):
    today = timezone.localdate()
    Holding.objects.create(post=tam_quang.post(Role.SPECIALIST), user=head, since=today)
    assert "vào bằng mật khẩu" in text(phone.post(scanned(printed)))
    head.holdings.update(until=today - datetime.timedelta(days=1))
    assert "không giữ chức vụ" in text(phone.post(scanned(printed)))
    assert not signed_in(phone)


def test_whoever_was_signed_in_on_the_phone_is_not_any_more(phone, printed, tam_quang, head):
    neighbour = tam_quang(Role.HAMLET_HEAD, 1)
    sign_in(phone, neighbour)
    phone.post(scanned(printed))
    page = text(phone.get("/"))
    assert head.full_name in page
    assert neighbour.full_name not in page


ADDRESSES = ["/phieu-vao/{}/", "/phieu-vao/{}/in/", "/phieu-vao/{}/mat-dien-thoai/"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("role", Role)
def test_only_clerk_and_specialist_of_the_commune_issue(address, role, tam_quang, hac_thanh):
    # What each may, by hand.
    may = {Role.CLERK, Role.SPECIALIST}
    person = tam_quang(Role.HAMLET_HEAD, 1)
    method = "get" if address.endswith("{}/") else "post"
    for commune in (tam_quang, hac_thanh):
        client = Client()
        client.force_login(commune(role))
        answer = getattr(client, method)(address.format(person.pk))
        if role in may and commune is tam_quang:
            assert answer.status_code in (200, 302)
        else:
            assert answer.status_code == 404
            assert person.full_name not in answer.content.decode()
    wanted = role in may and address.endswith("/in/")
    assert Slip.objects.exists() is wanted


@pytest.mark.parametrize("role", Role)
def test_the_list_is_for_clerk_and_specialist_and_shows_their_commune_alone(
    role, client, tam_quang, hac_thanh, head
):
    client.force_login(tam_quang(role))
    answer = client.get("/phieu-vao/")
    if role not in (Role.CLERK, Role.SPECIALIST):
        assert answer.status_code == 404
        return
    page = answer.content.decode()
    assert page.count('class="card"') == 19  # 18 bản and the Đoàn
    for stranger in (tam_quang(Role.CHAIRMAN), hac_thanh(Role.HAMLET_HEAD)):
        assert stranger.full_name not in page
        assert client.get(f"/phieu-vao/{stranger.pk}/").status_code == 404
        assert client.post(f"/phieu-vao/{stranger.pk}/in/").status_code == 404
    assert client.get(f"/phieu-vao/{2**70}/").status_code == 404


def test_who_stands_in_for_the_clerk_issues(client, tam_quang, head):
    today = timezone.localdate()
    Delegation.objects.create(
        principal=tam_quang.post(Role.CLERK), delegate=tam_quang.post(Role.YOUTH_SECRETARY),
        kind=Delegation.Kind.STAND_IN, paper="Giấy giao việc số 3", since=today,
    )  # fmt: skip
    client.force_login(tam_quang(Role.YOUTH_SECRETARY))
    assert client.post(f"/phieu-vao/{head.pk}/in/").status_code == 200


def test_the_list_costs_as_many_queries_for_nineteen_phones_as_for_none(
    client, clerk, tam_quang, django_assert_max_num_queries
):
    client.force_login(clerk)
    client.get("/phieu-vao/")
    with django_assert_max_num_queries(12):
        client.get("/phieu-vao/")
    for index in range(18):
        user = tam_quang(Role.HAMLET_HEAD, index)
        Client().post(scanned(slips.issue(user, by=clerk)))
    with django_assert_max_num_queries(12):
        page = client.get("/phieu-vao/")
    assert page.content.decode().count("Đang dùng 1 máy") == 18


def test_a_slip_gives_what_the_post_gives_and_no_more(entered, head):
    assert entered.get("/phieu-vao/").status_code == 404
    assert entered.get("/de-nghi/").status_code == 200
    assert entered.get("/quan-tri/").status_code == 302
    assert not Dossier.objects.exists()


def test_the_password_of_a_leader_still_opens(client, head):
    assert sign_in(client, head, demo.PASSWORD)["Location"] == "/"
    assert signed_in(client)

"""A device stays signed in until it is lost, the post is left, or 180 days have passed."""

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from procedures.roles import Role
from project.accounts import slips
from project.accounts.models import Device, SignInEvent
from workflows.models import Holding

from .conftest import scanned, sign_in, signed_in, text

DAY = datetime.timedelta(days=1)


def kinds():
    return list(SignInEvent.objects.order_by("pk").values_list("kind", flat=True))


def test_a_phone_is_remembered_for_180_days(entered):
    cookie = entered.cookies["sessionid"]
    assert cookie["max-age"] in range(180 * 86_400 - 60, 180 * 86_400 + 1)
    with time_machine.travel(timezone.now() + 179 * DAY):
        assert signed_in(entered)
    with time_machine.travel(timezone.now() + 181 * DAY):
        assert not signed_in(entered)


def test_the_server_too_forgets_after_180_days(entered):
    # A cookie kept longer by hand, with its session prolonged.
    session = entered.session
    session.set_expiry(300 * 86_400)
    session.save()
    with time_machine.travel(timezone.now() + 181 * DAY):
        assert not signed_in(entered)


def test_a_lost_phone_is_signed_out_at_its_next_request(entered, client, clerk, head):
    sign_in(client, clerk)
    page = client.get(f"/phieu-vao/{head.pk}/")
    assert "Android, Chrome" in text(page)
    answer = client.post(f"/phieu-vao/{head.pk}/mat-dien-thoai/", follow=True)
    assert "Đã ngắt 1 máy" in text(answer)
    assert "In phiếu vào" in text(answer)
    refused = entered.get("/ho-so/", follow=True)
    assert refused.redirect_chain == [("/vao/?next=/ho-so/", 302)]
    assert "Máy này đã bị ngắt" in text(refused)
    assert head.full_name not in text(refused)
    assert not signed_in(entered)


def test_a_stolen_slip_is_worth_nothing_after_the_report(printed, client, clerk, head):
    sign_in(client, clerk)
    client.post(f"/phieu-vao/{head.pk}/mat-dien-thoai/")
    thief = Client()
    for answer in (
        thief.get(scanned(printed)),
        thief.post(scanned(printed)),
        thief.post("/vao/ma/", {"code": printed.code}),
    ):
        assert answer.status_code == 410
        assert head.full_name not in answer.content.decode()
    assert not signed_in(thief)
    assert not Device.objects.exists()


def test_every_device_ends_and_a_new_slip_opens_again(printed, head, clerk):
    phones = [Client(), Client()]
    phones[0].post(scanned(printed))
    phones[1].post(scanned(slips.issue(head, by=clerk)))
    assert all(map(signed_in, phones))
    slips.lose_phone(head, by=clerk)
    assert not any(map(signed_in, phones))
    assert phones[0].post(scanned(slips.issue(head, by=clerk)))["Location"] == "/"
    assert signed_in(phones[0])
    expected = ["issued", "entered", "issued", "entered", "revoked", "issued", "entered"]
    assert kinds() == expected


def test_the_report_ends_the_devices_of_no_other_person(entered, tam_quang, clerk):
    slips.lose_phone(tam_quang(Role.HAMLET_HEAD, 1), by=clerk)
    assert signed_in(entered)


def test_the_owner_reports_it_himself(entered, client, head):
    sign_in(client, head)
    assert "Android, Chrome" in text(client.get("/tai-khoan/"))
    client.post("/tai-khoan/")
    assert not signed_in(entered)
    assert signed_in(client)  # he came by password
    assert kinds()[-1] == "revoked"


def test_the_session_ends_with_the_last_post(entered, client, head):
    sign_in(client, head)
    yesterday = timezone.localdate() - DAY
    head.holdings.update(until=yesterday)
    for one in (entered, client):
        refused = one.get("/ho-so/", follow=True)
        assert "không còn giữ chức vụ nào" in text(refused)
        assert not signed_in(one)


def test_with_another_post_the_session_goes_on(entered, head, tam_quang):
    head.holdings.update(until=timezone.localdate() - DAY)
    post = tam_quang.post(Role.HAMLET_HEAD, 3)
    Holding.objects.create(post=post, user=head, since=timezone.localdate())
    assert signed_in(entered)


def test_a_post_that_ends_today_lasts_until_midnight(entered, head):
    head.holdings.update(until=timezone.localdate())
    assert signed_in(entered)
    with time_machine.travel(timezone.now() + DAY):
        assert not signed_in(entered)


def test_a_deactivated_account_is_out(entered, head):
    head.is_active = False
    head.save()
    assert not signed_in(entered)


def test_a_device_let_in_by_slip_does_not_become_an_officer(entered, head, tam_quang):
    post = tam_quang.post(Role.CHAIRMAN)
    Holding.objects.create(post=post, user=head, since=timezone.localdate())
    refused = entered.get("/", follow=True)
    assert "Nay ông/bà làm việc ở cơ quan" in text(refused)
    assert not signed_in(entered)


def test_signing_out_of_a_remembered_device_is_asked_and_ends_it(entered):
    asked = entered.post("/ra/")
    assert "phải xin văn thư phiếu mới" in text(asked)
    assert signed_in(entered)
    kept = entered.cookies["sessionid"].value
    entered.post("/ra/", {"sure": "1"})
    assert not signed_in(entered)
    assert not Device.objects.live().exists()
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert not signed_in(thief)
    assert kinds() == ["issued", "entered", "left"]


def test_a_device_costs_one_query_more_and_a_password_none(
    entered, client, tam_quang, django_assert_num_queries
):
    # Session and account; the page of a picture that does not exist asks for capacities first.
    sign_in(client, tam_quang(Role.HAMLET_HEAD))
    for one in (client, entered):
        one.get("/tai-khoan/xac-nhan/cai/qr.svg")
    with django_assert_num_queries(2):
        answer = client.post("/tai-khoan/xac-nhan/cai/qr.svg")
    assert answer.status_code == 405
    with django_assert_num_queries(3):
        entered.post("/tai-khoan/xac-nhan/cai/qr.svg")


def test_the_day_of_the_last_visit_is_kept(entered):
    device = Device.objects.get()
    with time_machine.travel(timezone.now() + 3 * DAY):
        entered.get("/")
        day = timezone.localdate()
    device.refresh_from_db()
    assert timezone.localdate(device.last_seen) == day


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17 Safari/604.1",
         "iPhone, Safari"),
        ("Mozilla/5.0 (Linux; Android 11; SM-A125F) SamsungBrowser/23.0 Chrome/115 Safari/537.36",
         "Android, Samsung Internet"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/120 Safari/537.36 Edg/120", "Windows, Edge"),
        ("", "Máy không rõ loại"),
        ("<script>alert(1)</script>", "Máy không rõ loại"),
    ],
)  # fmt: skip
def test_a_device_is_called_by_its_family(agent, said):
    assert slips.label(agent) == said


def test_what_happened_at_the_door_is_neither_changed_nor_deleted(entered):
    event = SignInEvent.objects.first()
    for change in (
        event.save, event.delete, SignInEvent.objects.all().delete,
        lambda: SignInEvent.objects.update(note="x"),
        lambda: SignInEvent.objects.filter(pk=event.pk).delete(),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            change()

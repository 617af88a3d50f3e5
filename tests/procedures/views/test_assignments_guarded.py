"""What the clerk enters about the right to sign: by kinds, one in charge, and after fresh proof."""

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from procedures.roles import DIGITAL, Role
from tests.project.accounts.conftest import moved, sign_in
from workflows.models import Delegation, Holding

from .pages import box, text

DAY = datetime.timedelta(days=1)
QUARTER = 15 * 60


def scan():
    return SimpleUploadedFile("giay-uy-quyen.pdf", b"%PDF-1.7 quet")


@pytest.fixture
def typed(tam_quang):
    """What the page of an authorisation sends."""
    today = timezone.localdate()
    return {
        "principal": tam_quang.post(Role.CHAIRMAN).pk,
        "delegate": tam_quang.post(Role.CHIEF_OF_OFFICE).pk,
        "field": DIGITAL,
        "kinds": ["notice", "invitation"],
        "since": today.isoformat(),
        "until": (today + 30 * DAY).isoformat(),
        "paper": "Giấy ủy quyền số 04/GUQ-UBND",
        "paper_date": today.isoformat(),
    }


def add(form):
    return reverse("assignment-add", args=[form])


def test_an_authorisation_and_an_order_list_their_kinds(acting, typed):
    client = acting(Role.CLERK)
    for form in ("uy-quyen", "thua-lenh"):
        page = client.get(add(form)).content.decode()
        assert 'name="kinds" value="invitation"' in page
        assert 'name="kinds" value="decision"' not in page
        for wrong in ([], ["decision"]):
            answer = client.post(add(form), typed | {"kinds": wrong, "scan": scan()})
            assert answer.status_code == 422
            assert "loại văn bản" in text(answer).lower()
    assert 'name="kinds"' not in client.get(add("ky-thay")).content.decode()
    assert client.post(add("uy-quyen"), typed | {"scan": scan()}).status_code == 302
    row = Delegation.objects.get(kind="TUQ")
    assert row.limited_to == ["notice", "invitation"]
    assert "Chỉ ký: Thông báo, Giấy mời" in text(client.get(reverse("assignments")))
    # One entered before kinds were listed says so.
    Delegation.objects.filter(pk=row.pk).update(limited_to=[])
    page = text(client.get(reverse("assignments")))
    assert "Nhập khi chưa ghi loại văn bản, đang hiểu là: Công văn, Thông báo, Giấy mời" in page
    assert "Quyết định, " not in page


def test_one_deputy_is_in_charge_whoever_enters_it(acting, typed, tam_quang):
    client = acting(Role.CLERK)
    every = {
        "delegate": tam_quang.post(Role.DEPUTY_CHAIRMAN).pk, "field": "moi-linh-vuc", "kinds": [],
        "paper": "Quyết định số 61/QĐ-UBND",
    }  # fmt: skip
    assert client.post(add("ky-thay"), typed | every | {"scan": scan()}).status_code == 302
    second = {"delegate": tam_quang.post(Role.DEPUTY_CHAIRMAN, 1).pk, "scan": scan()}
    answer = client.post(add("ky-thay"), typed | every | second)
    assert answer.status_code == 422
    assert "Chỉ giao một Phó Chủ tịch phụ trách, điều hành" in text(answer)
    assert "Quyết định số 61/QĐ-UBND" in text(answer)
    # After the first one's last day another may be; an order over every field is no charge.
    day = timezone.localdate() + 31 * DAY
    later = {"since": day.isoformat(), "until": "", "scan": scan()}
    assert client.post(add("ky-thay"), typed | every | second | later).status_code == 302
    order = {"field": "moi-linh-vuc", "scan": scan()}
    assert client.post(add("thua-lenh"), typed | order).status_code == 302


def test_nothing_is_entered_without_fresh_proof_and_nothing_typed_is_lost(client, typed, tam_quang):
    sign_in(client, tam_quang(Role.CLERK))
    moved(client, QUARTER + 1)
    address, before = add("uy-quyen"), Delegation.objects.count()
    assert client.get(address).status_code == 200  # reading is not entering
    answer = client.post(address, typed | {"scan": scan()})
    assert answer["Location"] == f"/vao/lai/?next={address.replace('/', '%2F')}"
    assert "Chưa có gì được ghi" in text(client.get(answer["Location"]))
    back = client.post(answer["Location"], {"password": "trinhky-demo"})
    assert back["Location"] == address
    page = client.get(address)
    assert Delegation.objects.count() == before  # a link enters nothing
    assert "bấm lần nữa" in text(page)
    assert "chọn lại tệp quét" in text(page)
    for name in ("paper", "paper_date", "since", "until"):
        assert box(page, name) == typed[name]
    html = page.content.decode()
    assert f'value="{typed["delegate"]}" selected' in html
    for kind in typed["kinds"]:
        assert re.search(rf'name="kinds" value="{kind}"[^>]* checked', html)
    assert client.post(address, typed | {"scan": scan()}).status_code == 302
    assert Delegation.objects.count() == before + 1


def test_a_post_and_an_end_are_guarded_the_same(client, tam_quang):
    sign_in(client, tam_quang(Role.CLERK))
    moved(client, QUARTER + 1)
    row = Delegation.objects.filter(principal__agency=tam_quang.agency).first()
    post = tam_quang.post(Role.CHIEF_OF_OFFICE)
    before = list(Holding.objects.values_list("pk", "until"))
    for name, args in (
        ("assignment-end", ["phan-cong", row.pk]),
        ("assignment-install", [post.pk]),
    ):
        sent = {"last": timezone.localdate().isoformat(), "user": tam_quang(Role.SPECIALIST, 1).pk}
        answer = client.post(reverse(name, args=args), sent)
        assert answer["Location"].startswith("/vao/lai/"), name
    row.refresh_from_db()
    assert row.ended is None
    assert list(Holding.objects.values_list("pk", "until")) == before

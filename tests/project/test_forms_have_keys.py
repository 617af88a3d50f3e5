"""Every form that a person can meet carries a once-only key, or stands here with the reason."""

import lxml.html
import pytest
from django.test import Client

from procedures.once import FIELD
from project.accounts.models import User

from .crawl import Walk
from .test_language import named_addresses

# Signing in and out; secrets shown once; what the same words or file repeat harmlessly (see
# project/decisions/0014).
WITHOUT = ("/ra/", "/vao/", "/tai-khoan/xac-nhan/", "/tai-khoan/ma-du-phong/", "/in/",
           "/tai-khoan/mat-khau/", "/thong-bao/", "/to-da-co/", "/so-dien-thoai/",
           "/to/xuat/", "/kiem-tra/", "/v/", "/ban-hanh-ngoai/")  # fmt: skip


@pytest.mark.parametrize("login", ["tq.truongban1", "tq.chuyenvien", "tq.vanthu", "tq.chutich"])
def test_every_form_carries_its_key(login, settled, db):
    client = Client()
    client.force_login(User.objects.get(username=login))
    seen, bare, silent = set(), set(), set()
    for page in Walk(client, ["/", *named_addresses()], 6, ()).pages():
        for form in lxml.html.fromstring(page.html).xpath("//form[@method='post']"):
            address = form.get("action") or page.where.removeprefix("GET ")
            keyed = form.xpath(f".//input[@name='{FIELD}']")
            seen.add(address) if keyed else bare.add(address)
            if form.get("data-keep") is not None and 'id="keep-lost"' not in page.html:
                silent.add(address)
    assert seen
    assert not silent, "data-keep without parts/keep.html"
    assert not [address for address in bare if not any(part in address for part in WITHOUT)]

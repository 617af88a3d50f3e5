"""The page behind the QR code: what a stranger may know, and what he may not."""

import re

import pytest
from django.db import transaction

from documents import service
from documents.models import Document, Mode
from documents.public import token_in

from .office import DEPUTY, Office
from .samples import DECISION, MEMBERS, PROPOSAL

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office().give_keys()


@pytest.fixture
def page(client):
    """The public page of a document as a stranger without login gets it."""

    def opened(document):
        return client.get(f"/v/{document.token}/")

    return opened


def test_a_released_decision_shows_its_facts(office, page):
    document = office.released()

    response = page(document)
    text = response.content.decode()

    assert response.status_code == 200
    for fact in (
        "Ủy ban nhân dân xã Tam Quang",
        "01/QĐ-UBND",
        f"{document.date:%d/%m/%Y}",
        DECISION.subject,
        service.sha256(service.file_of(document)),
        "Đang có hiệu lực",
    ):
        assert fact in text


def test_the_page_names_nobody(office, page):
    text = page(office.released()).content.decode()

    people = {DEPUTY.name, DECISION.signature.name, *(row[1] for row in MEMBERS)}
    assert len(people) > 5
    assert {name for name in people if name in text} == set()


def test_a_void_decision_says_so_without_the_reason(office, page):
    document = office.signed()
    with transaction.atomic():
        service.void(document, "Sai tên ông Lô Văn Tám")

    text = page(document).content.decode()

    assert "Đã hủy" in text
    assert "Lô Văn Tám" not in text
    assert "Đang có hiệu lực" not in text


def test_a_signed_decision_is_not_yet_in_force(office, page):
    assert "Đã ký, chưa phát hành" in page(office.signed()).content.decode()


def test_a_paper_decision_points_to_the_clerk(page):
    office = Office(Mode.EXTERNAL)
    with transaction.atomic():
        document = service.sign_paper(
            issuer=office.issuer,
            kind="decision",
            series=office.series,
            content=DECISION,
            number=21,
            date=office.reserve(external_number=20).date,
            signer=DEPUTY,
        )

    assert "bản gốc lưu tại Văn thư" in page(document).content.decode()


@pytest.mark.parametrize("stage", ["reserved", "prepared", "void before signing", "recorded"])
def test_what_nobody_has_signed_is_not_found(office, page, stage):
    recorded = stage == "recorded"
    document = service.record(office.issuer, PROPOSAL) if recorded else office.reserve()
    if stage == "prepared":
        service.prepare(document, attempt=document.attempt)
    if stage == "void before signing":
        with transaction.atomic():
            service.void(document, "Đổi ý")

    assert page(document).status_code == 404


def test_a_guessed_token_is_not_found(office, client):
    office.released()
    answer = client.get("/v/AAAAAAAAAAAAAAAAAAAAAAAA/")
    assert answer.status_code == 404
    # Who scanned the code of a false paper is told what that may mean.
    assert "văn bản có thể là giả" in answer.content.decode()


def test_tokens_are_long_random_and_differ(office):
    tokens = [office.reserve().token for _ in range(20)]

    assert len(set(tokens)) == 20
    # 24 characters of 64 are 144 bits.
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{24}", token) for token in tokens)


def test_the_page_is_kept_from_search_engines_and_changes_nothing(office, client):
    document = office.released()
    response = client.get(f"/v/{document.token}/")

    assert "noindex" in response["X-Robots-Tag"]
    assert client.put(f"/v/{document.token}/").status_code == 405
    assert client.post(f"/v/{document.token}/").status_code == 422
    assert Document.objects.get(pk=document.pk).state == "released"


def test_the_printed_address_leads_to_the_page(office, client, settings):
    settings.PUBLIC_URL = "https://vanban.tamquang.example/"
    document = office.released()

    address = service.public_url(document)

    assert address == f"https://vanban.tamquang.example/v/{document.token}/"
    assert token_in(address) == document.token
    assert client.get(address.removeprefix("https://vanban.tamquang.example")).status_code == 200


@pytest.mark.parametrize("address", ["", "https://example.org", "https://x/v/short/", "/v/../etc/"])
def test_other_addresses_name_no_document(address):
    assert token_in(address) == ""


def test_a_page_costs_four_queries(office, client, django_assert_max_num_queries):
    document = office.released()
    with django_assert_max_num_queries(4):
        client.get(f"/v/{document.token}/")

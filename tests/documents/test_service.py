"""The doors of the documents app: what each lets through, and what it refuses."""

import dataclasses
import datetime
import io
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from PIL import Image

from documents import service
from documents.errors import DocumentRefused, NumberTaken
from documents.models import Document, Mode
from documents.samples import SAMPLES

from .office import DEPUTY, Office, text_of
from .samples import DECISION, PROPOSAL

pytestmark = pytest.mark.django_db

OTHER = dataclasses.replace(DECISION, subject="Về việc kiện toàn Tổ công nghệ số cộng đồng")


@pytest.fixture
def office():
    return Office().give_keys()


# -- papers without number ---------------------------------------------------------------------


def test_a_proposal_is_recorded_without_number_and_drawn_the_same_each_time(office):
    document = service.record(office.issuer, PROPOSAL)

    assert (document.state, document.number, document.reference) == ("recorded", None, "")
    assert document.says() == PROPOSAL
    assert service.file_of(document) == service.file_of(Document.objects.get(pk=document.pk))
    assert service.file_of(document).startswith(b"%PDF-")


def test_a_decision_is_never_merely_recorded(office):
    with pytest.raises(ValueError, match="number"):
        service.record(office.issuer, DECISION)


def test_a_preview_stores_nothing_and_says_it_is_a_draft():
    text = text_of(service.preview(DECISION))

    assert "QUYẾT ĐỊNH" in text
    assert not Document.objects.exists()


def test_page_images_are_as_wide_as_asked():
    images = service.page_images(service.preview(DECISION), width_px=320)

    assert len(images) == 2
    assert {Image.open(io.BytesIO(image)).width for image in images} == {320}


# -- reservation -------------------------------------------------------------------------------


def test_a_reservation_fixes_number_date_content_and_signer(office):
    document = office.reserve()

    assert (document.state, document.reference) == ("reserved", "01/QĐ-UBND")
    assert (document.date, document.year) == (timezone.localdate(), timezone.localdate().year)
    assert document.signer_capacity == "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"
    assert document.says() == DECISION


def test_the_same_document_again_keeps_its_number_for_the_new_attempt(office):
    first, attempt = office.reserve(), uuid4()

    again = office.reserve(attempt, document=first)

    assert (again.pk, again.number, again.attempt) == (first.pk, 1, attempt)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"content": OTHER}, "Nội dung"),
        ({"signer": dataclasses.replace(DEPUTY, key="person:8")}, "Người ký"),
        ({"signer": dataclasses.replace(DEPUTY, capacity=("CHỦ TỊCH",))}, "Người ký"),
        ({"today": timezone.localdate() + datetime.timedelta(days=1)}, "Hết ngày"),
    ],
    ids=["content", "signer", "capacity", "day"],
)
def test_a_changed_document_gets_a_new_number_and_the_old_one_is_voided(office, changes, reason):
    first = office.reserve()

    second = office.reserve(document=first, **changes)

    voided = Document.objects.get(pk=first.pk)
    assert (second.pk != first.pk, second.number) == (True, 2)
    assert (voided.state, voided.number) == ("void", 1)
    assert reason in voided.void_reason


def test_a_voided_document_is_reserved_anew(office):
    first = office.reserve()
    with transaction.atomic():
        service.void(first, "Thôi ký")

    assert office.reserve(document=first).number == 2


def test_a_signed_document_is_not_reserved_again(office):
    with pytest.raises(DocumentRefused, match="đã được ký"):
        office.reserve(document=office.signed())


def test_a_reservation_needs_matching_kind_and_series(office):
    with pytest.raises(ValueError, match="kind"):
        office.reserve(kind="submission")
    with pytest.raises(ValueError, match="issuer"):
        office.reserve(series=office.division_series)


# -- external numbers --------------------------------------------------------------------------


def test_an_external_series_takes_the_typed_number_once():
    office = Office(Mode.EXTERNAL)

    document = office.reserve(external_number=412, external_date=timezone.localdate())

    assert document.reference == "412/QĐ-UBND"
    with pytest.raises(NumberTaken, match="412/QĐ-UBND"):
        office.reserve(external_number=412)


def test_an_external_series_never_numbers_by_itself():
    with pytest.raises(DocumentRefused, match="nhập số"):
        Office(Mode.EXTERNAL).reserve()


def test_a_series_of_ours_takes_no_typed_number(office):
    with pytest.raises(DocumentRefused, match="không nhập số"):
        office.reserve(external_number=7)


def test_an_electronic_document_is_dated_today():
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    with pytest.raises(DocumentRefused, match="hôm nay"):
        Office(Mode.EXTERNAL).reserve(external_number=3, external_date=yesterday)


@pytest.mark.parametrize("name", ["bien-ban", "sao-y-giay"])
def test_what_one_person_cannot_sign_electronically_is_refused(office, name):
    content = SAMPLES[name].content
    with pytest.raises(DocumentRefused, match="ký giấy"):
        office.reserve(content=content)

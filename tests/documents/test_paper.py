"""Ký giấy: signed by hand, recorded by the clerk."""

import datetime

import pytest
from django.db import transaction
from django.utils import timezone

from documents import service
from documents.errors import DocumentRefused
from documents.models import Document, Mode

from .office import ANCHOR, DEPUTY, HEAD, PASSPHRASE, Office, text_of
from .samples import DECISION, SUBMISSION

pytestmark = pytest.mark.django_db

SCAN = b"\xff\xd8\xff" + b"scan" * 20


@pytest.fixture
def office():
    return Office().give_keys()


def on_paper(office, **changes):
    arguments = {
        "issuer": office.issuer,
        "kind": "decision",
        "series": office.series,
        "content": DECISION,
        "number": None,
        "date": timezone.localdate(),
        "signer": DEPUTY,
        "scan": SCAN,
    }
    with transaction.atomic():
        return service.sign_paper(**{**arguments, **changes})


def test_a_paper_decision_is_recorded_signed_with_its_scan():
    office = Office(Mode.EXTERNAL)

    document = on_paper(office, number=57)

    assert (document.state, document.medium) == ("signed", "paper")
    assert document.reference == "57/QĐ-UBND"
    assert service.file_of(document) == SCAN
    assert service.download(document).media_type == "image/jpeg"
    assert "57/QĐ-UBND" in text_of(service.reference_of(document))


def test_a_paper_decision_in_a_series_of_ours_is_numbered_by_us(office):
    assert [on_paper(office).number, office.reserve().number] == [1, 2]


def test_a_paper_decision_is_sealed_and_released_as_facts(office):
    document = on_paper(office)

    with pytest.raises(DocumentRefused, match="điện tử"):
        service.sealed_bytes(document, PASSPHRASE, anchor=ANCHOR)
    with transaction.atomic():
        service.seal_paper(document)
    assert office.released(document).state == "released"


def test_an_electronic_document_is_not_sealed_as_paper(office):
    with pytest.raises(DocumentRefused, match="văn bản giấy"), transaction.atomic():
        service.seal_paper(office.signed())


def test_a_scan_may_come_later_but_only_once(office):
    document = on_paper(office, scan=None)
    assert "01/QĐ-UBND" in text_of(service.file_of(document))

    with transaction.atomic():
        service.add_scan(document, SCAN)

    assert service.file_of(document) == SCAN
    with pytest.raises(DocumentRefused, match="thêm bản quét"), transaction.atomic():
        service.add_scan(document, SCAN)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"scan": b"MZ\x90"}, "PDF, JPEG"),
        ({"scan": b"%PDF-" + bytes(20 * 1024 * 1024)}, "20 MB"),
        ({"date": datetime.date(2199, 1, 1)}, "sau hôm nay"),
        ({"number": 4}, "không nhập số"),
    ],
    ids=["kind of file", "size", "future", "typed number"],
)
def test_a_paper_record_with_bad_input_is_refused(office, changes, sentence):
    with pytest.raises(DocumentRefused, match=sentence):
        on_paper(office, **changes)
    assert not Document.objects.exists()


def test_the_print_to_sign_by_hand_has_blanks(office):
    text = text_of(service.blank_print(DECISION, office.series, timezone.localdate()))

    assert "/QĐ-UBND" in text
    assert "01/QĐ-UBND" not in text


def test_a_submission_on_paper_needs_no_seal(office):
    document = on_paper(
        office,
        issuer=office.division_series.issuer,
        kind="submission",
        series=office.division_series,
        content=SUBMISSION,
        signer=HEAD,
    )
    assert office.released(document).state == "released"

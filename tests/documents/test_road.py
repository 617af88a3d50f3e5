"""From the reserved number to the released decision, and every way off the road."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from documents import files, service
from documents.errors import AttemptLost, DocumentRefused, FileDamaged, SigningRefused
from documents.models import Document, Stage

from .office import ANCHOR, DEPUTY, HEAD, PASSPHRASE, Office, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office().give_keys()


# -- signing -----------------------------------------------------------------------------------


def test_the_whole_road_leaves_every_file_and_state(office):
    document = office.released()

    assert document.state == "released"
    assert document.attempt is None
    assert {item.stage for item in document.files.all()} == {"prepared", "signed", "sealed"}
    prepared, signed, sealed = (
        files.read(document.files.get(stage=stage))
        for stage in (Stage.PREPARED, Stage.SIGNED, Stage.SEALED)
    )
    assert signed.startswith(prepared)
    assert sealed.startswith(signed)
    assert service.file_of(document) == sealed
    assert service.download(document).name == "01-QĐ-UBND.pdf"


def test_the_signed_page_shows_number_date_and_address(office):
    document = office.signed()
    text = text_of(service.file_of(document))

    assert "Số: 01/QĐ-UBND" in text
    assert f"năm {timezone.localdate().year}" in text


def test_a_submission_has_no_seal_and_is_released_signed(office):
    document = office.signed(office.reserve_submission())

    with pytest.raises(DocumentRefused, match="không đóng dấu"):
        service.sealed_bytes(document, PASSPHRASE, anchor=ANCHOR)
    assert office.released(document).state == "released"


def test_a_wrong_passphrase_is_refused_and_nothing_moves(office):
    document = office.reserve()

    with pytest.raises(SigningRefused, match="Mật khẩu"):
        service.sign(document, attempt=document.attempt, passphrase="khác", signer_key=DEPUTY.key)
    assert Document.objects.get(pk=document.pk).state == "reserved"


def test_nobody_signs_for_another(office):
    document = office.reserve()

    with pytest.raises(SigningRefused, match="người khác"):
        service.sign(document, attempt=document.attempt, passphrase=PASSPHRASE, signer_key=HEAD.key)


def test_a_lost_attempt_neither_prepares_nor_stores(office):
    document = office.reserve()
    data = office.sign(document)
    office.reserve(document=document)

    with pytest.raises(AttemptLost):
        office.store(document, data)
    with pytest.raises(AttemptLost):
        service.prepare(document, attempt=document.attempt)
    assert Document.objects.get(pk=document.pk).state == "prepared"


def test_a_second_worker_of_the_attempt_signs_the_same_prepared_file(office):
    document = office.reserve()

    first = service.prepare(document, attempt=document.attempt)

    assert service.prepare(document, attempt=document.attempt) == first
    assert office.sign(document).startswith(first)


def test_a_resumed_document_keeps_its_prepared_file(office):
    document = office.reserve()
    prepared = service.prepare(document, attempt=document.attempt)

    resumed = office.reserve(document=document)

    assert office.signed(resumed).number == 1
    assert service.file_of(resumed).startswith(prepared)


def test_after_midnight_the_signature_comes_too_late(office):
    with time_machine.travel("2026-03-05T16:30:00Z"):
        document = office.give_keys().reserve()
        data = office.sign(document)
    # 17:00 UTC is midnight in Hà Nội.
    with time_machine.travel("2026-03-05T17:00:30Z"):
        with pytest.raises(SigningRefused, match="số mới"):
            office.store(document, data)
        with pytest.raises(SigningRefused, match="số mới"):
            office.sign(document)


def test_a_file_of_another_document_is_not_stored(office):
    first, second = office.reserve(), office.reserve()
    service.prepare(second, attempt=second.attempt)

    with pytest.raises(SigningRefused, match="bản trình ký"):
        office.store(second, office.sign(first))


def test_an_unsigned_file_is_not_stored(office):
    document = office.reserve()
    prepared = service.prepare(document, attempt=document.attempt)

    with pytest.raises(SigningRefused, match="Chữ ký số không hợp lệ"):
        office.store(document, prepared)


def test_no_pdf_at_all_is_not_stored(office):
    document = office.reserve()
    service.prepare(document, attempt=document.attempt)

    with pytest.raises(SigningRefused, match="bản trình ký"):
        office.store(document, b"%PDF-1.7 not really")


# -- sealing, release, voiding -----------------------------------------------------------------


def test_the_seal_needs_the_signature_first(office):
    with pytest.raises(DocumentRefused, match="đã ký"):
        service.sealed_bytes(office.reserve(), PASSPHRASE, anchor=ANCHOR)


def test_the_seal_of_one_document_does_not_fit_another(office):
    first, second = office.signed(), office.signed()
    data = service.sealed_bytes(first, PASSPHRASE, anchor=ANCHOR)

    with pytest.raises(SigningRefused, match="bản trình ký"), transaction.atomic():
        service.store_sealed(second, data)


def test_a_signed_file_alone_is_not_a_sealed_one(office):
    document = office.signed()

    with pytest.raises(SigningRefused), transaction.atomic():
        service.store_sealed(document, service.file_of(document))


def test_the_anchor_is_read_back_from_under_the_seal(office):
    document = office.released()

    assert service.anchors(document) == [ANCHOR]
    found = list(service.anchored_files(office.issuer.key))
    assert [(item.document.pk, item.anchors, item.fault) for item in found] == [
        (document.pk, [ANCHOR], "")
    ]


def test_a_damaged_sealed_file_gives_no_anchor_but_a_fault(office):
    document = office.sealed()
    stored = document.files.get(stage=Stage.SEALED)
    with open(stored.file.path, "r+b") as file:
        file.seek(-200, 2)
        file.write(b"X")

    [found] = service.anchored_files(office.issuer.key)

    assert found.anchors == []
    assert "SHA-256" in found.fault
    with pytest.raises(FileDamaged):
        service.file_of(document)


def test_release_waits_for_the_seal(office):
    with pytest.raises(DocumentRefused, match="chưa đóng dấu"):
        office.released(office.signed())
    with pytest.raises(DocumentRefused, match="đã ký"):
        office.released(office.reserve())


def test_a_void_document_keeps_its_number_with_the_reason(office):
    with transaction.atomic():
        document = service.void(office.signed(), "Sai tên tổ trưởng")

    assert (document.state, document.number) == ("void", 1)
    assert document.void_reason == "Sai tên tổ trưởng"
    assert office.reserve().number == 2


def test_voiding_needs_a_reason_and_an_unreleased_document(office):
    with pytest.raises(DocumentRefused, match="lý do"), transaction.atomic():
        service.void(office.reserve(), "  ")
    with pytest.raises(DocumentRefused, match="thu hồi"), transaction.atomic():
        service.void(office.released(), "Nhầm")


def test_nothing_in_the_register_is_deleted(office):
    document = office.signed()

    for target in (document, document.files.first(), office.series, office.issuer):
        with pytest.raises(PermissionDenied):
            target.delete()
    with pytest.raises(PermissionDenied):
        Document.objects.filter(pk=document.pk).delete()


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "approved"},
        {"number": None},
        {"number": 0},
        {"series": None},
        {"date": None},
        {"state": "recorded"},
        {"state": "void"},
        {"state": "released"},
        {"medium": "parchment"},
    ],
    ids=lambda columns: "-".join(f"{key}={value}" for key, value in columns.items()),
)
def test_the_database_refuses_what_no_door_writes(office, columns):
    document = office.reserve()

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**columns)

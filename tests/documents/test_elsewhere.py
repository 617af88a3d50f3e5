"""Documents issued outside the system count, and nobody here vouches for them."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from documents import service
from documents.errors import DocumentRefused, NumberTaken
from documents.models import Document, Medium, Stage, State

from .office import Office
from .samples import DECISION

JULY = datetime.date(2025, 7, 10)
PDF, JPEG = b"%PDF-1.4\n%%EOF", b"\xff\xd8\xff\xe0 scan"


@pytest.fixture
def office(db):
    return Office().give_keys()


def told(office, **changes):
    known = {
        "issuer": office.issuer, "kind": "decision", "number": 15, "symbol": "QĐ-UBND",
        "date": JULY, "signer_name": "Nguyễn Đình Hợp", "subject": "Thành lập tổ",
    }  # fmt: skip
    with transaction.atomic():
        return service.record_elsewhere(**{**known, **changes})


def test_it_is_in_force_without_a_series_or_a_signature_of_ours(office):
    document = Document.objects.get(pk=told(office).pk)

    assert (document.state, document.medium) == (State.RELEASED, Medium.ELSEWHERE)
    assert (document.reference, document.year, document.date) == ("15/QĐ-UBND", 2025, JULY)
    assert (document.series, document.issued, document.signer_key) == (None, None, "")
    assert document.released is not None
    assert (document.signer_name, document.subject) == ("Nguyễn Đình Hợp", "Thành lập tổ")
    assert document.get_medium_display() == "Văn bản ban hành ngoài hệ thống"
    assert document.says().signature.name == "Nguyễn Đình Hợp"


def test_a_series_of_ours_does_not_count_it(office):
    told(office, number=1, date=timezone.localdate())

    assert office.reserve().number == 1


def test_the_same_document_is_written_down_once(office):
    first = told(office)

    assert told(office, signer_name="NGUYỄN ĐÌNH HỢP", subject="Tổ khác") == first
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"date": datetime.date(2025, 7, 11)}, "đã được ghi nhận với ngày 10/07/2025"),
        ({"signer_name": "Lô Văn Khác"}, "người ký là Nguyễn Đình Hợp"),
    ],
)
def test_one_number_of_a_year_is_one_document(office, changes, sentence):
    told(office)

    with pytest.raises(NumberTaken, match=sentence):
        told(office, **changes)
    assert Document.objects.count() == 1


def test_another_issuer_another_year_or_symbol_is_another_document(office):
    other = service.ensure_issuer("agency:9", "Ủy ban nhân dân xã Tam Đình", "Tam Đình")
    changes = [{}, {"issuer": other}, {"date": datetime.date(2024, 7, 10)}, {"symbol": "QĐ-CT"}]

    assert len({told(office, **change).pk for change in changes}) == 4


def test_the_number_of_a_document_made_here_is_not_another_ones(office):
    ours = office.reserve()

    with pytest.raises(NumberTaken, match="văn bản lập trong hệ thống"):
        told(office, number=ours.number, date=ours.date)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": 0}, "đủ số và ký hiệu"),
        ({"symbol": " "}, "đủ số và ký hiệu"),
        ({"date": datetime.date(2999, 1, 1)}, "sau hôm nay"),
        ({"signer_name": " "}, "người đã ký"),
        ({"scan": b"MZ"}, "PDF, JPEG hoặc PNG"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(office, changes, sentence):
    with pytest.raises(DocumentRefused, match=sentence):
        told(office, **changes)
    assert not Document.objects.exists()


def test_a_paper_without_a_number_is_no_such_document(office):
    with pytest.raises(ValueError, match="proposal"):
        told(office, kind="proposal")


# Its file --------------------------------------------------------------------------------------


def test_without_a_scan_it_says_where_the_original_is(office):
    with pytest.raises(DocumentRefused, match="chưa có bản quét; bản gốc lưu tại cơ quan ban hành"):
        service.file_of(told(office))


def test_the_scan_is_its_file_and_the_first_one_stays(office):
    document = told(office, scan=JPEG)
    told(office, scan=PDF)

    assert service.file_of(document) == JPEG
    assert service.download(document).name == "15-QĐ-UBND.jpg"
    assert [stored.stage for stored in document.files.all()] == [Stage.SCAN]


def test_a_scan_found_later_is_added_once(office):
    document = told(office)
    assert told(office, scan=PDF) == document
    assert service.file_of(document) == PDF
    with pytest.raises(DocumentRefused, match="không nhận thêm"), transaction.atomic():
        service.add_scan(document, JPEG)


def test_add_scan_takes_it_too(office):
    document = told(office)
    with transaction.atomic():
        service.add_scan(document, JPEG)
    assert service.file_of(document) == JPEG


# What others are told ----------------------------------------------------------------------------

SENTENCE = "Văn bản ban hành ngoài hệ thống: không có chữ ký số để xác minh."


def test_verification_says_that_there_is_nothing_to_verify(office):
    scan = service.preview(DECISION)
    told(office, scan=scan)

    verdict = service.verify(scan)
    assert not verdict.valid
    assert verdict.reference == "15/QĐ-UBND"
    answers = {check.name: (check.ok, check.sentence) for check in verdict.checks}
    assert list(answers) == ["readable", "known", "digest", "signed", "standing"]
    assert answers["signed"] == (False, SENTENCE)
    assert answers["digest"][0]
    assert answers["standing"] == (True, "Văn bản đang có hiệu lực.")


def test_a_photographed_one_says_so_too(office):
    told(office, scan=JPEG)

    verdict = service.verify(JPEG)
    assert (verdict.valid, verdict.readable) == (False, True)
    assert SENTENCE in [check.sentence for check in verdict.checks]


def test_the_public_page_does_not_know_it(office, client):
    document = told(office)
    assert client.get(f"/v/{document.token}/").status_code == 404
    Document.objects.filter(pk=document.pk).update(issued=timezone.now())
    assert client.get(f"/v/{document.token}/").status_code == 404


# What the database refuses -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "columns",
    [
        {"number": None},
        {"date": None},
        {"released": None},
        {"medium": "paper"},
        {"medium": "electronic"},
        {"state": "recorded"},
    ],
    ids=lambda columns: "-".join(f"{key}={value}" for key, value in columns.items()),
)
def test_the_database_refuses_what_no_door_writes(office, columns):
    document = told(office)

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**columns)


def test_the_database_holds_one_number_once(office):
    told(office)
    other = told(office, number=16)

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=other.pk).update(number=15)


def test_no_other_document_takes_the_short_way(office):
    with pytest.raises(TransitionNotAllowed):
        office.reserve().acknowledge(timezone.now())

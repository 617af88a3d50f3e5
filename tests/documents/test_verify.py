"""The verdict on a file: check by check, and what we know about its document."""

import dataclasses
import io
import json

import pytest
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.core.management import call_command
from django.db import transaction
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from documents import service
from documents.model import to_json
from documents.models import Document, Mode, Stage
from documents.rendering.pdf import SEAL_FIELD, SIGNER_FIELD
from documents.signing import demo_ca

from .office import DEPUTY, Office
from .samples import DECISION, PROPOSAL

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def office(module_db):
    return Office().give_keys()


@pytest.fixture(scope="module")
def made(office):
    return office.released().pk


@pytest.fixture
def decision(made):
    """A released decision."""
    return Document.objects.get(pk=made)


@pytest.fixture
def data(decision):
    return service.file_of(decision)


def failed(verdict):
    return {check.name for check in verdict.checks if not check.ok}


# -- what is accepted --------------------------------------------------------------------------


def test_the_released_decision_is_valid_in_every_check(decision, data):
    verdict = service.verify(data)

    assert failed(verdict) == set()
    assert verdict.valid
    assert verdict.signatures_hold
    assert verdict.digest_holds
    assert verdict.reference == decision.reference
    assert {check.name for check in verdict.checks} == {
        "readable", "known", "digest", "signed", "trusted", "signer", "content", "sealed",
        "changes", "standing",
    }  # fmt: skip


def test_the_time_is_said_to_be_by_our_own_record(data):
    """Nobody stamps here; that a certificate is revoked or not: test_evidence.py."""
    assert any("chưa có dấu thời gian" in note for note in service.verify(data).notes)


def test_a_released_submission_needs_no_seal(office):
    document = office.released(office.signed(office.reserve_submission()))
    verdict = service.verify(service.file_of(document))

    assert verdict.valid
    assert "sealed" not in {check.name for check in verdict.checks}


def test_the_verdict_is_plain_json(data):
    plain = json.loads(json.dumps(service.verify(data).as_json(), ensure_ascii=False))

    assert plain["valid"] is True
    assert [item["field"] for item in plain["signatures"]] == [SIGNER_FIELD, SEAL_FIELD]


# -- what we know about the document -----------------------------------------------------------


def test_a_void_document_is_refused_with_its_reason(office):
    document = office.sealed()
    with transaction.atomic():
        service.void(document, "Sai tên tổ trưởng")

    verdict = service.verify(service.file_of(document))

    assert failed(verdict) == {"standing"}
    assert verdict.checks[-1].detail == "Sai tên tổ trưởng"


def test_a_document_not_yet_released_is_refused(office):
    assert failed(service.verify(service.file_of(office.sealed()))) == {"standing"}


def test_a_content_changed_in_the_database_is_noticed(decision, data):
    other = dataclasses.replace(DECISION, subject="Về việc khác")
    Document.objects.filter(pk=decision.pk).update(content=to_json(other))

    assert failed(service.verify(data)) == {"content"}


def test_a_damaged_prepared_file_is_said_so(office):
    decision = office.released()  # its own: the damage stays on the disk
    with open(decision.files.get(stage=Stage.PREPARED).file.path, "ab") as file:
        file.write(b"x")

    verdict = service.verify(service.file_of(decision))

    assert failed(verdict) == {"changes"}
    assert any("SHA-256 không còn khớp" in check.sentence for check in verdict.checks)


def test_a_scan_of_a_paper_decision_proves_nothing_by_itself(office):
    office = Office(Mode.EXTERNAL, key="agency:5")
    scan = service.preview(PROPOSAL)
    with transaction.atomic():
        document = service.sign_paper(
            issuer=office.issuer,
            kind="decision",
            series=office.series,
            content=DECISION,
            number=9,
            date=office.reserve(external_number=8).date,
            signer=DEPUTY,
            scan=scan,
        )
        service.seal_paper(document)
        service.release(document)

    verdict = service.verify(scan)

    assert verdict.reference == "09/QĐ-UBND"
    assert verdict.digest_holds
    assert not verdict.valid
    assert any("ký giấy" in check.sentence for check in verdict.checks)


@pytest.mark.parametrize("junk", [b"", b"PK\x03\x04", b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(999)])
def test_junk_is_unreadable(junk):
    verdict = service.verify(junk)

    assert (verdict.readable, verdict.valid) == (False, False)


def test_verification_reaches_for_no_address(data, monkeypatch):
    import socket

    def refused(*_args, **_kwargs):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)

    assert service.verify(data).valid


def test_the_library_itself_agrees_with_the_chain(data):
    """An independent reading: pyHanko alone, with nothing but the root."""
    root = x509.load_pem_x509_certificate(demo_ca.root_file().read_bytes())
    der = root.public_bytes(serialization.Encoding.DER)
    reader = PdfFileReader(io.BytesIO(data))

    for embedded in reader.embedded_signatures:
        context = ValidationContext(trust_roots=[asn1.Certificate.load(der)])
        assert validate_pdf_signature(embedded, context).bottom_line


# -- the command -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"), [("valid", 0), ("flipped", 1), ("junk", 2), ("missing", 2)]
)
def test_the_command_prints_the_verdict_and_exits_by_it(data, tmp_path, capsys, content, code):
    file = tmp_path / "decision.pdf"
    if content != "missing":
        file.write_bytes({"valid": data, "flipped": data + b" ", "junk": b"junk"}[content])

    exit_code = 0
    try:
        call_command("verify_document", str(file))
    except SystemExit as stop:
        exit_code = stop.code

    assert exit_code == code
    if content != "missing":
        assert json.loads(capsys.readouterr().out)["valid"] is (code == 0)

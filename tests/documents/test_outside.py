"""Signed with the signer's own tool on our prepared file: one honest way in, many refused."""

import datetime
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone

from documents import service
from documents.errors import DocumentRefused, SigningRefused
from documents.models import Document, Purpose, SigningKey

from .office import DEPUTY, Office
from .outside import Outside

pytestmark = pytest.mark.django_db

# What the tool made, and a part of the sentence it is refused with.
REFUSED = {
    "painted": "nội dung tệp đã bị sửa",
    "stranger": "không phải chứng thư đang đăng ký",
    "other document": "Đây là tệp của văn bản số 02/QĐ-UBND",
    "yesterday": "Chữ ký ghi ngày",
    "two": "Tệp có 2 chữ ký mới",
    "own field": "không nằm ở ô dành cho",
    "in the seal's field": "không nằm ở ô dành cho",
    "closed": "khóa hẳn tệp",
    "reprinted": "phần gốc đã bị ghi lại",
    "unsigned": "chưa có chữ ký mới",
    "stripped": "chưa có chữ ký mới|Tệp hỏng|đã bị sửa",
    "broken": "bị hỏng|đã bị sửa",
    "no pdf": "không phải PDF",
}


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    """Everything the tool signs, in one run; the rows are rolled back when the module ends."""
    with django_db_blocker.unblock(), transaction.atomic():
        office, tool = Office(key="agency:outside"), Outside(tmp_path_factory.mktemp("outside"))
        tool.enrolled(DEPUTY.key, "signer", DEPUTY.name, "deputy")
        tool.enrolled(office.issuer.key, "seal", "UBND xã Tam Quang", "seal")
        tool.token("Lê Thị Bình", "stranger")
        document, other = office.reserve(), office.reserve()
        base = service.prepare(document, attempt=document.attempt)
        tool.ask("certified", base, "deputy", certify=True)
        tool.ask("approved", base, "deputy", reason="Tôi ký")
        tool.ask("painted", base, "deputy", certify=True, paint=True)
        tool.ask("stranger", base, "stranger", certify=True)
        other_base = service.prepare(other, attempt=other.attempt)
        tool.ask("other document", other_base, "deputy", certify=True)
        tool.ask("yesterday", base, "deputy", certify=True, yesterday=True)
        tool.ask("two", "approved", "deputy", field="Seal")
        tool.ask("own field", base, "deputy", field="VGCA", box=True)
        tool.ask("in the seal's field", base, "deputy", field="Seal")
        tool.ask("closed", base, "deputy", certify=True, permit=1)
        tool.ask("seal", "approved", "seal", field="Seal")
        tool.ask("seal over certified", "certified", "seal", field="Seal")
        tool.run()
        document = Document.objects.get(pk=document.pk)
        yield SimpleNamespace(office=office, tool=tool, document=document, base=base)
        transaction.set_rollback(True)


def file_named(made, name):
    good, base = made.tool["certified"], made.base
    derived = {
        "reprinted": base[:-7] + b"\n" + good[len(base) - 7 :],
        "unsigned": base,
        "stripped": base + good[len(base) :].replace(b"/V ", b"/X "),
        "broken": base + good[len(base) :].replace(b"PPKLite", b"PPKLita"),
        "no pdf": b"PK\x03\x04 word",
    }
    return derived.get(name) or made.tool[name]


@pytest.mark.parametrize("name", REFUSED)
def test_anything_but_an_honest_signature_is_refused_with_its_own_sentence(made, name):
    with pytest.raises(DocumentRefused, match=REFUSED[name]) as refused:
        service.judge_outside(made.document, file_named(made, name))
    assert "Ông/bà" in refused.value.sentence


def stored(made, name):
    service.judge_outside(made.document, made.tool[name])
    return service.store_signed_outside(
        made.document, attempt=made.document.attempt, data=made.tool[name]
    )


@pytest.mark.parametrize(
    ("way", "seal"), [("approved", "seal"), ("certified", "seal over certified")]
)
def test_the_round_trip_is_believed_by_the_verifier(made, way, seal):
    """Signed in one process, stored, sealed in another, released: the public gets one answer."""
    signed = stored(made, way)
    assert (signed.state, signed.attempt) == ("signed", None)
    sealed = service.store_sealed_outside(signed, made.tool[seal])
    released = service.release(sealed)

    verdict = service.verify(service.file_of(released))

    assert [check.sentence for check in verdict.checks if not check.ok] == []
    assert verdict.valid
    assert any("công cụ ngoài" in check.sentence for check in verdict.checks)
    assert any("công cụ ký số riêng" in note for note in verdict.notes)


def test_a_refused_file_may_be_followed_by_the_right_one(made):
    with pytest.raises(SigningRefused):
        service.store_signed_outside(
            made.document, attempt=made.document.attempt, data=made.tool["painted"]
        )
    assert stored(made, "approved").state == "signed"


def test_an_honest_approval_of_a_document_that_was_certified_here_is_not_its_signature(made):
    """What was not taken in does not count as if it had been."""
    stored(made, "certified")
    verdict = service.verify(made.tool["approved"])
    assert {"signed", "content", "digest"} <= {c.name for c in verdict.checks if not c.ok}


def test_the_content_in_the_database_must_still_be_what_the_file_says(made):
    signed = stored(made, "approved")
    content = {**signed.content, "subject": "Về việc khác"}
    type(signed).objects.filter(pk=signed.pk).update(content=content)
    verdict = service.verify(made.tool["approved"])
    assert "content" in {check.name for check in verdict.checks if not check.ok}


def test_after_midnight_the_number_is_no_longer_signed(made, monkeypatch):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda value=None: tomorrow)
    with pytest.raises(SigningRefused, match="phải lấy số mới"):
        service.judge_outside(made.document, made.tool["approved"])


def test_an_expired_certificate_is_told_as_such(made):
    SigningKey.objects.filter(owner_key=DEPUTY.key, active=True).update(
        not_after=timezone.now() - datetime.timedelta(hours=1)
    )
    with pytest.raises(SigningRefused, match="hết hạn"):
        service.judge_outside(made.document, made.tool["approved"])


def test_a_seal_by_another_token_is_refused(made):
    signed = stored(made, "approved")
    SigningKey.objects.filter(purpose=Purpose.SEAL).update(active=False)
    with pytest.raises(SigningRefused, match="không phải chứng thư đang đăng ký"):
        service.judge_outside(signed, made.tool["seal"])


# -- enrolment ---------------------------------------------------------------------------------


def test_a_certificate_is_registered_once_and_replaces_the_one_before(db, tmp_path):
    tool = Outside(tmp_path)
    first = tool.enrolled("person:1", "signer", "Trần Quốc Hưng", "a")
    second = tool.enrolled("person:1", "signer", "TRAN QUOC HUNG", "b")
    first.refresh_from_db()
    assert (first.active, second.active, bytes(second.pkcs12)) == (False, True, b"")
    assert service.certificate_of("person:1", "signer") == second


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("another name", "không phải Trần Quốc Hưng"),
        ("private key", "khóa bí mật"),
        ("no certificate", "không phải chứng thư số"),
        ("expired", "đã hết hạn"),
        ("authority", "đúng một chứng thư"),
        ("untrusted", "không dẫn đến nơi cấp"),
        ("short", "Khóa quá ngắn"),
        ("another's", "đã đăng ký cho người khác"),
        ("twice", "đang được dùng rồi"),
    ],
)
def test_what_is_no_certificate_of_his_is_not_registered(db, tmp_path, settings, fault, sentence):
    tool, name = Outside(tmp_path), "Trần Quốc Hưng"
    if fault == "untrusted":
        real, settings.VAR = settings.VAR, tmp_path
        data = tool.token(name, "x")
        settings.VAR = real
    else:
        years = -1 if fault == "expired" else 3
        told = "Lê Thị Bình" if fault == "another name" else name
        data = tool.token(told, "x", years=years, bits=1024 if fault == "short" else 2048)
    if fault == "private key":
        data += b"-----BEGIN PRIVATE KEY-----"
    if fault == "no certificate":
        data = b"%PDF-1.7"
    if fault == "authority":
        data = data[data.index(b"-----BEGIN", 5) :]
    if fault in ("another's", "twice"):
        owner = "person:2" if fault == "another's" else "person:1"
        service.enrol_certificate(owner, "signer", data, name=name)
    with pytest.raises(SigningRefused, match=sentence):
        service.enrol_certificate("person:1", "signer", data, name=name)

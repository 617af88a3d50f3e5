"""Minutes bear the signatures of chair and secretary, then the seal: both or nothing."""

import asyncio
import dataclasses
import io
import itertools

import pytest
from django.db import transaction
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from documents import archival, files, nd30, service
from documents.errors import DocumentRefused, SigningRefused
from documents.models import Document, Stage
from documents.rendering.pdf import SEAL_FIELD, SECRETARY_FIELD, SIGNER_FIELD
from documents.signing import appearance, keys, pades
from documents.verification import signatures
from documents.verification.answer import Outcome, answer

from .minutes import CHAIR, MINUTES, SECRETARY, Meeting
from .office import ANCHOR, HEAD, PASSPHRASE
from .test_every_way import pdfsig

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """Minutes as their chair signed them, and others at their end; rolled back with the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        meeting = Meeting("agency:meeting").give_keys()
        by_chair = meeting.signed(meeting.reserved())
        both = meeting.countersigned(meeting.signed(meeting.reserved()))
        yield meeting, by_chair, meeting.released(meeting.sealed(both))
        transaction.set_rollback(True)


def stage(document, name):
    return files.read(document.files.get(stage=name))


def put(data, field, owner, purpose="signer", reason="SHA-256 nội dung: " + "0" * 64, **says):
    """``data`` with ``field`` signed by whoever holds the key, past every door of ours."""
    opened = keys.unlock(keys.active_key(owner, purpose), PASSPHRASE)
    statement = pades.Statement(field=field, reason=reason, address="", place="Tam Quang", **says)
    return pades.sign_field(data, opened, statement, appearance.NOTHING)


def said(verdict):
    return {check.name: check.sentence for check in verdict.checks if not check.ok}


# -- the good file -------------------------------------------------------------------------------


def test_both_signatures_and_the_seal_are_believed_and_each_is_named(made):
    document = made[2]
    data = service.file_of(document)
    given = answer(data, document)
    assert given.verdict.valid
    assert [item.field for item in given.verdict.signatures] == ["Signer", "Secretary", "Seal"]
    told = {check.name: check.sentence for check in given.verdict.checks}
    assert told["signer"] == "Chủ tọa đã ký: chứng thư số đúng của Trần Quốc Hưng (thử nghiệm)."
    assert (
        told["secretary"] == "Thư ký đã ký: chứng thư số đúng của Lang Thị Kiều Oanh (thử nghiệm)."
    )
    assert any(note.startswith("Chữ ký số của thư ký:") for note in given.verdict.notes)
    assert document.reference == "02/BB-UBND"


def test_each_stage_keeps_its_file_and_continues_the_one_before(made):
    chain = [Stage.PREPARED, Stage.SIGNED, Stage.COUNTERSIGNED, Stage.SEALED]
    assert sorted(made[2].files.values_list("stage", flat=True)) == sorted(chain)
    chained = [stage(made[2], name) for name in chain]
    assert all(after.startswith(before) for before, after in itertools.pairwise(chained))


def test_others_agree_and_the_archive_takes_it(made, tmp_path):
    data = service.file_of(made[2])
    names = (SIGNER_FIELD, SECRETARY_FIELD, SEAL_FIELD)
    assert pdfsig(data, tmp_path) == dict.fromkeys(names, "Signature is Valid.")
    trust = ValidationContext(trust_roots=signatures.roots(), allow_fetching=False)
    for embedded in PdfFileReader(io.BytesIO(data)).embedded_signatures:
        assert asyncio.run(async_validate_pdf_signature(embedded, trust)).bottom_line
    assert archival.check(data) == []
    assert nd30.check(data) == []


# -- one of the two, or somebody else ------------------------------------------------------------


def test_the_seal_waits_for_the_secretary(made):
    with pytest.raises(DocumentRefused, match="Thư ký chưa ký"):
        service.sealed_bytes(made[1], PASSPHRASE, anchor=ANCHOR)
    with pytest.raises(DocumentRefused, match="Chỉ phát hành văn bản đã ký"):
        service.release(made[1])


def test_minutes_with_one_of_two_signatures_are_not_complete(made):
    _meeting, document, released = made
    verdict = answer(service.file_of(document), document).verdict
    assert "chưa đủ hai người ký" in said(verdict)["secretary"]
    # Sealed past our doors, though the secretary never signed.
    past = put(stage(released, Stage.SIGNED), SEAL_FIELD, released.issuer.key, "seal")
    given = answer(past, released)
    assert given.outcome is Outcome.INVALID
    assert "chưa đủ hai người ký" in said(given.verdict)["secretary"]
    assert not given.verdict.signatures_hold


def test_nobody_signs_as_secretary_but_the_one_who_is_named(made):
    _meeting, document, released = made
    for stranger in (CHAIR, HEAD):
        with pytest.raises(SigningRefused, match="chờ người khác ký"):
            service.countersign(document, signer_key=stranger.key, passphrase=PASSPHRASE)
        forged = put(stage(document, Stage.SIGNED), SECRETARY_FIELD, stranger.key)
        with transaction.atomic(), pytest.raises(SigningRefused, match="không phải của người"):
            service.store_countersigned(document, forged)
        with pytest.raises(SigningRefused, match="không phải chứng thư đang đăng ký của Lang"):
            service.judge_outside(document, forged)
    forged = put(stage(released, Stage.SIGNED), SECRETARY_FIELD, HEAD.key)
    given = answer(forged, released)
    assert "(Ngân Thị Bích Thảo (thử nghiệm)) ở ô thư ký" in said(given.verdict)["secretary"]
    assert "signer" not in said(given.verdict)


def test_a_stranger_in_the_place_of_the_chair_is_told_apart(made):
    released = made[2]
    forged = put(stage(released, Stage.PREPARED), SIGNER_FIELD, HEAD.key, certify=True)
    forged = put(forged, SECRETARY_FIELD, SECRETARY.key)
    wrong = said(answer(forged, released).verdict)
    assert "không phải của người đã ký" in wrong["signer"]
    assert "secretary" not in wrong


def test_the_secretary_signs_that_very_content(made):
    document = made[1]
    other = put(stage(document, Stage.SIGNED), SECRETARY_FIELD, SECRETARY.key)
    with transaction.atomic(), pytest.raises(SigningRefused, match="đúng nội dung"):
        service.store_countersigned(document, other)


def test_a_tool_of_the_secretarys_own_names_no_content(made):
    document = made[1]
    tool = put(stage(document, Stage.SIGNED), SECRETARY_FIELD, SECRETARY.key, reason="Tôi ký")
    with transaction.atomic():
        service.judge_outside(document, tool)
        row = service.store_countersigned_outside(document, tool)
        assert row.state == "countersigned"
        sealed = service.sealed_bytes(row, PASSPHRASE, anchor=ANCHOR)
        row = service.release(service.store_sealed(row, sealed))
        assert answer(sealed, row).verdict.valid
        transaction.set_rollback(True)


def test_only_minutes_that_wait_are_countersigned(made):
    meeting, document, released = made
    for other in (released, meeting.reserved(), meeting.signed()):
        with pytest.raises(DocumentRefused, match="không chờ chữ ký của thư ký"):
            service.countersign(other, signer_key=SECRETARY.key, passphrase=PASSPHRASE)
    voided = service.void(document, "Thư ký đi vắng")
    assert Document.objects.get(pk=voided.pk).void_reason == "Thư ký đi vắng"


def test_two_persons_are_named_before_a_number_is_taken(made):
    meeting = made[0]
    count = Document.objects.count()
    for secretary, sentence in (
        (None, "chưa chọn thư ký"),
        (dataclasses.replace(SECRETARY, key=CHAIR.key), "hai người"),
        (dataclasses.replace(SECRETARY, name="Kha Thị Ngọc"), "Tên thư ký in"),
    ):
        with pytest.raises(DocumentRefused, match=sentence):
            meeting.reserved(content=MINUTES, secretary=secretary)
    assert Document.objects.count() == count


def test_another_secretary_takes_another_number(made):
    meeting = made[0]
    first = meeting.reserved()
    assert meeting.reserved(document=first).number == first.number
    beside = dataclasses.replace(MINUTES.beside, name="Kha Thị Ngọc")
    other = dataclasses.replace(SECRETARY, key="person:13", name="Kha Thị Ngọc")
    content = dataclasses.replace(MINUTES, beside=beside)
    assert meeting.reserved(content, secretary=other, document=first).number == first.number + 1

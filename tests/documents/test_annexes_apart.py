"""Annexes in files of their own: bound by the content's digest, signed by the agency, verified."""

import dataclasses
import random
import shutil
import subprocess
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.urls import reverse

from documents import archival, files, nd30, service
from documents.errors import DocumentRefused, SigningRefused
from documents.issuing import annexes
from documents.issuing.on_paper import blank_print
from documents.model import Annex, Paragraph
from documents.models import Document
from documents.public import annex_url, ordinal_in, public_url, token_in
from documents.signing.completing import incomplete
from documents.verification.answer import Outcome, answer
from documents.words import moment_words

from . import flips
from .increments import added, overlay
from .office import ANCHOR, PASSPHRASE, Office, text_of
from .samples import DECISION

pytestmark = pytest.mark.django_db
SECOND = Annex("Nhiệm vụ của các thành viên", (Paragraph("Mỗi thành viên một việc."),))
CONTENT = service.with_annexes_apart(
    dataclasses.replace(DECISION, annexes=(*DECISION.annexes, SECOND))
)


def seal(document):
    data = service.sealed_bytes(document, PASSPHRASE, anchor=ANCHOR)
    sealed = service.sealed_annexes(document, PASSPHRASE)
    with transaction.atomic():
        return service.store_sealed(document, data, sealed)


@pytest.fixture(scope="module")
def issued(django_db_setup, django_db_blocker):
    """A released decision with two annexes apart: (document, its file, those of the annexes)."""
    with django_db_blocker.unblock(), transaction.atomic():
        office = Office().give_keys()
        document = office.released(seal(office.signed(office.reserve(content=CONTENT))))
        yield SimpleNamespace(
            document=document,
            body=service.file_of(document),
            first=service.annex_file(document, 1),
            second=service.annex_file(document, 2),
        )
        transaction.set_rollback(True)


def failed(data):
    return {check.name for check in service.verify(data).checks if not check.ok}


def test_each_file_has_the_form_of_the_decree_and_of_the_archive(issued):
    number = issued.document.reference
    for data in (issued.body, issued.first, issued.second):
        assert nd30.check(data) == []
        assert list(archival.check(data)) == []
    assert "(Kèm theo" not in text_of(issued.body)
    words = text_of(issued.second)
    moment = issued.document.annex_files.get(ordinal=2, stage="sealed").created
    assert f"Số: {number}; {moment_words(moment)}" in words
    assert "Phụ lục II" in words
    assert "NHIỆM VỤ CỦA CÁC THÀNH VIÊN" in words
    # The electronic annex leaves number and date of its line open (Phụ lục I.III.1c).
    assert f"số {number}" not in words


def test_the_file_comes_out_of_the_snapshot_byte_for_byte(issued):
    for ordinal in (1, 2):
        stored = issued.document.annex_files.get(ordinal=ordinal, stage="prepared")
        drawn = annexes.drawn_annex(issued.document, ordinal, stored.created)
        assert service.sha256(drawn) == stored.sha256


def test_both_signatures_name_one_content(issued):
    """Who holds the two files needs nobody to see that they belong together."""
    [signer, _seal] = service.verify(issued.body).signatures
    [seal] = service.verify(issued.first).signatures
    assert seal.reason == signer.reason
    assert seal.address == annex_url(issued.document, 1)
    assert (token_in(seal.address), ordinal_in(seal.address)) == (issued.document.token, 1)
    assert ordinal_in(public_url(issued.document)) == 0


def test_an_annex_alone_is_known_and_judged(issued):
    number = issued.document.reference
    found = service.verify(issued.second)
    assert failed(issued.second) == set()
    assert {check.name for check in found.checks} >= {"signed", "sealed", "content", "changes"}
    assert found.annex == f"Phụ lục II của Quyết định số {number}"
    told = answer(issued.second)
    assert told.outcome is not Outcome.INVALID
    assert f"Tệp đúng là Phụ lục II của Quyết định số {number}" in told.why
    assert answer(issued.second, issued.document).outcome is told.outcome

    # Our own drawing without the agency's signature proves nothing; the document's file is itself.
    [prepared] = issued.document.annex_files.filter(ordinal=2, stage="prepared")
    assert {"digest", "signed"} <= failed(files.read(prepared))
    assert service.verify(issued.body).annex == ""


def test_no_flipped_bit_passes(issued):
    for place, bit in flips.positions(issued.first, 16, random.Random(flips.SEED)):
        data = bytearray(issued.first)
        data[place] ^= bit
        assert answer(bytes(data)).outcome is not Outcome.VALID, place
        assert failed(bytes(data)), place


def test_text_put_over_an_annex_is_told(issued):
    assert failed(added(issued.first, overlay)) & {"changes", "trusted"}


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler-utils")
def test_poppler_finds_the_signature_whole(issued, tmp_path):
    file = tmp_path / "phu-luc.pdf"
    file.write_bytes(issued.first)
    said = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False)
    assert said.stdout.count("Signature is Valid.") == 1
    assert "Total document signed" in said.stdout


def test_the_public_page_lists_them(issued, client):
    page = client.get(reverse("documents:public", args=[issued.document.token])).content.decode()
    assert 'id="phu-luc-2"' in page
    assert service.sha256(issued.second) in page
    assert "Nhiệm vụ của các thành viên" in page


def test_what_the_seal_must_bring(issued):
    office = Office()
    document = office.signed(office.reserve(content=CONTENT))
    data = service.sealed_bytes(document, PASSPHRASE, anchor=ANCHOR)
    [first, second] = service.sealed_annexes(document, PASSPHRASE)
    elsewhere = dataclasses.replace(first, prepared=issued.first, sealed=issued.first)
    for brought in ((), (first,), (second, first), (elsewhere, second)):
        with pytest.raises(SigningRefused), transaction.atomic():
            service.store_sealed(document, data, brought)
    assert Document.objects.get(pk=document.pk).state == "signed"
    assert document.annex_files.count() == 0
    # Before it is signed one reads it as it will look.
    assert "Phụ lục II" in text_of(service.annex_file(document, 2))
    with pytest.raises(SigningRefused, match="phụ lục ở tệp riêng"):
        service.judge_outside(document, data)
    with pytest.raises(DocumentRefused):
        service.annex_file(document, 3)


def test_on_paper_and_in_a_copy_all_is_in_one_file(issued):
    blank = blank_print(CONTENT, issued.document.series, issued.document.date)
    assert "Phụ lục II" in text_of(blank)
    copied = service.copied_text(issued.document).content
    assert not any(annex.apart for annex in copied.annexes)


def test_what_a_signature_lacks_is_asked_of_annexes_too(issued):
    lacking = [(row.document_id, row.ordinal) for row in incomplete() if row.lacks]
    assert [(issued.document.pk, n) for n in (0, 1, 2)] == lacking[-3:]


def test_nothing_to_set_apart():
    with pytest.raises(DocumentRefused, match="không có phụ lục"):
        service.with_annexes_apart(dataclasses.replace(DECISION, annexes=()))


def test_a_damaged_annex_is_a_fault_of_what_was_sealed_with_it(issued):
    def faults():
        return [one.fault for one in service.anchored_files(issued.document.issuer.key)]

    assert faults() == [""]
    [stored] = issued.document.annex_files.filter(ordinal=2, stage="sealed")
    with stored.file.open("ab") as file:
        file.write(b" ")
    [fault] = faults()
    with stored.file.open("r+b") as file:
        file.truncate(stored.size)
    assert fault.startswith(f"Phụ lục II của Quyết định số {issued.document.reference}: ")
    assert faults() == [""]

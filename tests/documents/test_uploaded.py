"""A document issued in the office's own system counts by the bytes its clerk recorded, whatever the
signature in it is: one that is old or broken is told, and does not make the file a false one."""

import io

import pytest
from django.db import transaction
from django.utils import timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from documents import service
from documents.models import Mode
from documents.verification.answer import Outcome, answer

from .office import DEPUTY, Office
from .outside import Outside
from .samples import DECISION

pytestmark = pytest.mark.django_db


def signed_elsewhere(folder, data, digest):
    """The file as another system signs it, with the digest algorithm that system has."""
    Outside(folder).token("Hệ thống của tỉnh", "province")
    signer = signers.SimpleSigner.load_pkcs12(str(folder / "province.p12"), passphrase=b"outside")
    metadata = signers.PdfSignatureMetadata(field_name="Province", md_algorithm=digest)
    spec = fields.SigFieldSpec("Province", box=(10, 10, 200, 60))
    tool = signers.PdfSigner(metadata, signer, new_field_spec=spec)
    return tool.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data))).getvalue()


def recorded(change, folder, digest):
    """What the office issued, recorded and released: its bytes and its row."""
    desk = Office(Mode.EXTERNAL, key="agency:5")
    draft = service.handed_out(DECISION, desk.series, timezone.localdate(), owner="case:1")
    data = change(signed_elsewhere(folder, draft, digest))
    with transaction.atomic():
        document = service.record_uploaded(
            issuer=desk.issuer, series=desk.series, content=DECISION, number=5, data=data,
            date=timezone.localdate(), signer=DEPUTY, owner="case:1",
        )  # fmt: skip
        return data, service.release(document)


def as_it_is(data):
    return data


def broken(data):
    """One byte of the signed range, as a system that saves the file anew leaves it."""
    place = data.index(b"/Producer") + 12
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


@pytest.mark.parametrize(
    ("change", "digest", "problem", "words"),
    [
        (as_it_is, "sha1", "weak", "thuật toán đã yếu"),
        (broken, "sha256", "broken", "đã hỏng"),
    ],
)
def test_a_bad_signature_of_another_system_makes_no_false_file(
    client, tmp_path, change, digest, problem, words
):
    data, document = recorded(change, tmp_path, digest)

    for found in (answer(data), answer(data, document)):
        assert found.outcome is Outcome.UNKNOWN
        assert "đúng là bản của văn bản số 05/QĐ-UBND mà Văn thư đã ghi nhận" in found.why
    verdict = found.verdict
    assert (verdict.answer, verdict.valid, verdict.digest_holds) == ("unknown", False, True)
    assert [item.problem for item in verdict.signatures] == [problem]
    assert any(words in note for note in verdict.notes)

    # Another file that says it is this one is as false as ever, and so is a recalled document.
    assert answer(data + b"\n", document).outcome is Outcome.INVALID
    with transaction.atomic():
        service.relate(Office().give_keys().released(), document, "recalls")
    recalled = answer(data)
    assert (recalled.outcome, recalled.verdict.answer) == (Outcome.INVALID, "invalid")
    assert "thu hồi" in recalled.why

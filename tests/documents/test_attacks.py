"""Attacks on a signed and sealed decision. Each must be refused, and for the right reason.

What the signatures caught and what the stored SHA-256 caught is told apart: the first holds for a
stranger without our database.
"""

import dataclasses
import io
import random
import re

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter

from documents import files, service
from documents.models import Document, Purpose, SigningKey, Stage
from documents.rendering.pdf import SEAL_FIELD, SIGNER_FIELD, render
from documents.signing import appearance, pades

from .office import ANCHOR, DEPUTY, PASSPHRASE, Office
from .samples import DECISION

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


def base_of(decision, stage=Stage.PREPARED):
    return files.read(decision.files.get(stage=stage))


def unlocked(owner_key, purpose):
    return pades.unlock(pades.active_key(owner_key, purpose), PASSPHRASE)


def certified(pdf, decision, signer, **changes):
    """``pdf`` certified in the signer's field as the product would do it."""
    statement = pades.Statement(
        field=SIGNER_FIELD,
        reason=f"SHA-256 nội dung: {decision.content_digest}",
        address=service.public_url(decision),
        place="Tam Quang",
        certify=True,
    )
    picture = appearance.signature(DEPUTY.name)
    return pades.sign_field(pdf, signer, dataclasses.replace(statement, **changes), picture)


def sealed(pdf, decision, signer):
    statement = pades.Statement(SEAL_FIELD, ANCHOR, service.public_url(decision), "Tam Quang")
    return pades.sign_field(pdf, signer, statement, appearance.seal("xã", demo=True))


def page_edited(pdf):
    """An increment that paints over the first page, written as editing software would."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    stream = generic.StreamObject(stream_data=b"q 1 1 1 rg 90 500 400 90 re f Q")
    writer.add_stream_to_page(0, writer.add_object(stream))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


# -- flipped bytes -----------------------------------------------------------------------------


def flips(data, count):
    """Verdicts on ``count`` copies, each with one random bit of one sampled byte flipped."""
    chance = random.Random(20260305)
    for position in sorted(chance.sample(range(len(data)), count)):
        broken = bytearray(data)
        broken[position] ^= 1 << chance.randrange(8)
        yield position, service.verify(bytes(broken))


def tally(data, count):
    results = list(flips(data, count))
    assert len(results) == count
    assert [position for position, verdict in results if verdict.valid] == []
    return {
        "signature": sum(not verdict.signatures_hold for _, verdict in results),
        "digest": sum(not verdict.digest_holds for _, verdict in results),
    }


def test_a_flipped_bit_is_caught_at_every_sampled_position(data):
    caught = tally(data, 20)

    # 500 of them, in every way a document is signed: test_every_way.py
    assert caught["digest"] == 20
    assert caught["signature"] >= 15


def test_the_padding_of_a_signature_is_caught_by_the_digest_alone(data):
    """Positive control of the digest: without it this change would pass."""
    end = data.rindex(b"00>")
    verdict = service.verify(data[:end] + b"11" + data[end + 2 :])

    assert verdict.signatures_hold
    assert not verdict.digest_holds
    assert failed(verdict) == {"digest"}


def test_trailing_bytes_are_caught(data):
    assert "digest" in failed(service.verify(data + b"\n% more"))


# -- forged increments -------------------------------------------------------------------------


def test_page_content_changed_after_the_seal_is_refused(data):
    assert {"digest", "changes", "trusted"} <= failed(service.verify(page_edited(data)))


def test_page_content_changed_and_signed_again_by_another_key_is_refused(office, decision):
    other = service.issue_demo_key("person:8", "Lê Thị Bình", Purpose.SIGNER, PASSPHRASE)
    forged = certified(page_edited(base_of(decision)), decision, pades.unlock(other, PASSPHRASE))
    forged = sealed(forged, decision, unlocked(office.issuer.key, Purpose.SEAL))

    found = failed(service.verify(forged))

    assert {"digest", "signer", "changes"} <= found
    assert not found & {"signed", "trusted"}


def test_page_content_changed_and_signed_again_with_the_same_keys_is_refused(office, decision):
    """Our bytes come first and pyHanko's bottom line holds: only the policy run from our revision
    sees it, which is the positive control of that policy."""
    forged = certified(
        page_edited(base_of(decision)), decision, unlocked(DEPUTY.key, Purpose.SIGNER)
    )
    forged = sealed(forged, decision, unlocked(office.issuer.key, Purpose.SEAL))

    verdict = service.verify(forged)

    assert forged.startswith(base_of(decision))
    assert all(item.holds for item in verdict.signatures)
    assert failed(verdict) == {"digest", "changes"}


def test_page_content_changed_between_signature_and_seal_is_refused(office, decision):
    forged = sealed(
        page_edited(base_of(decision, Stage.SIGNED)),
        decision,
        unlocked(office.issuer.key, Purpose.SEAL),
    )

    assert {"digest", "changes", "trusted"} <= failed(service.verify(forged))


def test_a_field_added_by_signing_software_is_refused(office, decision):
    """Ours stood there before the first signature; a later one would change the page's tags."""
    out = io.BytesIO()
    PdfSigner(
        PdfSignatureMetadata(
            field_name="Another",
            subfilter=SigSeedSubFilter.PADES,
            contact_info=service.public_url(decision),
        ),
        unlocked(DEPUTY.key, Purpose.SIGNER),
        new_field_spec=SigFieldSpec("Another", on_page=0, box=(10, 10, 200, 60)),
    ).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(base_of(decision))), output=out)

    assert out.getvalue().startswith(base_of(decision))
    assert {"digest", "signed", "changes"} <= failed(service.verify(out.getvalue()))


# -- other people's certificates ---------------------------------------------------------------


@pytest.fixture
def stranger(settings, tmp_path):
    """A key of another authority that calls itself and the signer by the same names."""
    real, settings.VAR = settings.VAR, tmp_path
    key = service.issue_demo_key("stranger", DEPUTY.name, Purpose.SIGNER, PASSPHRASE)
    settings.VAR = real
    return pades.unlock(key, PASSPHRASE)


def test_another_authority_with_the_same_names_is_refused(office, decision, stranger):
    forged = certified(base_of(decision), decision, stranger)
    forged = sealed(forged, decision, unlocked(office.issuer.key, Purpose.SEAL))

    verdict = service.verify(forged)

    assert {"digest", "trusted", "signer"} <= failed(verdict)
    assert not verdict.signatures_hold
    names = {item.signer for item in verdict.signatures}
    assert f"{DEPUTY.name} (thử nghiệm)" in names


def test_another_authority_is_refused_even_if_its_key_is_in_our_register(
    office, decision, stranger
):
    SigningKey.objects.filter(owner_key="stranger").update(owner_key=DEPUTY.key, active=False)
    forged = certified(base_of(decision), decision, stranger)

    assert "trusted" in failed(service.verify(forged))


def test_another_officer_of_our_own_authority_is_not_the_signer(office, decision):
    other = service.issue_demo_key("person:8", "Lê Thị Bình", Purpose.SIGNER, PASSPHRASE)
    forged = certified(base_of(decision), decision, pades.unlock(other, PASSPHRASE))
    forged = sealed(forged, decision, unlocked(office.issuer.key, Purpose.SEAL))

    assert failed(service.verify(forged)) == {"digest", "signer"}


def test_another_agencys_seal_is_not_ours(decision):
    Office(key="agency:4").give_keys()
    forged = sealed(base_of(decision, Stage.SIGNED), decision, unlocked("agency:4", Purpose.SEAL))

    assert failed(service.verify(forged)) == {"digest", "sealed"}


def test_a_signature_that_only_approves_does_not_lock_the_content(office, decision):
    forged = certified(
        base_of(decision), decision, unlocked(DEPUTY.key, Purpose.SIGNER), certify=False
    )

    assert "signed" in failed(service.verify(forged))


# -- signatures taken away ---------------------------------------------------------------------


def test_the_prepared_file_is_known_but_unsigned(decision):
    verdict = service.verify(base_of(decision))

    assert {"digest", "signed", "sealed"} <= failed(verdict)
    assert verdict.reference == decision.reference


def test_the_file_without_its_seal_is_not_the_final_one(decision):
    verdict = service.verify(base_of(decision, Stage.SIGNED))

    assert failed(verdict) == {"digest", "sealed"}
    assert any("chưa phải bản cuối" in check.sentence for check in verdict.checks)


def test_a_signature_blanked_in_place_is_refused(data):
    stripped = re.sub(rb"/V \d+ 0 R", lambda found: b" " * len(found[0]), data)

    assert stripped != data
    # Our own bytes still come first, so it is told which document it was.
    assert {"digest", "changes", "signed"} <= failed(service.verify(stripped))


def test_the_text_printed_anew_is_unknown(decision):
    verdict = service.verify(render(DECISION, None))

    assert {"digest", "known", "signed"} <= failed(verdict)
    assert verdict.readable

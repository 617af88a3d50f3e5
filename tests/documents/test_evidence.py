"""Time stamps and revocation lists, from a real server on this machine: had, out of reach, added
later; and certificates that are revoked, expired, foreign or another person's."""

import datetime
import socket

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from documents import files, service
from documents.errors import DocumentRefused, SigningRefused
from documents.models import Purpose, SigningKey, Stage
from documents.rendering.pdf import SEAL_FIELD, SIGNER_FIELD
from documents.signing import demo_ca, keys, revocation
from documents.signing.completing import complete, incomplete
from documents.signing.signer import LoadedSigner, SoftwareHand
from documents.verification import changes, signatures
from documents.verification.reader import Reader

from . import drawn_pictures
from .authority import Authority
from .office import DEPUTY, PASSPHRASE, Office
from .test_attacks import certified, sealed

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def served():
    with Authority().serving() as authority:
        yield authority


@pytest.fixture
def authority(served, settings, tmp_path):
    """In reach, trusted, nobody revoked; nothing fetched yet."""
    served.revoked, served.down, served.asked = [], False, []
    settings.TRUST_ROOTS = served.trusted_in(tmp_path / "trust")
    settings.CRL_FOLDER = tmp_path / "crl"
    settings.TSA_URL = f"{served.address}/tsa"
    settings.NETWORK_SECONDS = 2
    cache.clear()
    yield served
    cache.clear()


def archive(authority, name, passphrase=PASSPHRASE, **certificate):
    """A key outside, its certificate, and both as PKCS#12."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate.setdefault("crl", f"{authority.address}/ca.crl")
    issued = authority.issue(name, key.public_key(), **certificate)
    encryption = serialization.BestAvailableEncryption(passphrase.encode())
    return issued, pkcs12.serialize_key_and_certificates(None, key, issued, None, encryption)


@pytest.fixture
def office(authority):
    """Real keys of an authority that is no demo."""
    office = Office()
    for owner, purpose, picture in (
        (DEPUTY.key, Purpose.SIGNER, drawn_pictures.signature()),
        (office.issuer.key, Purpose.SEAL, drawn_pictures.seal()),
    ):
        _issued, data = archive(authority, owner)
        service.keep_picture(service.import_archive(data, owner, purpose, PASSPHRASE), picture)
    return office


def by_field(verdict):
    return {item.field: item for item in verdict.signatures}


def failed(verdict):
    return {check.name for check in verdict.checks if not check.ok}


# -- in reach ----------------------------------------------------------------------------------


def test_with_everything_in_reach_the_signer_stamps_and_the_seal_lasts(office, authority):
    document = office.released()
    data = service.file_of(document)

    verdict = service.verify(data)

    assert (failed(verdict), verdict.answer) == (set(), "valid")
    found = by_field(verdict)
    assert (found[SIGNER_FIELD].level, found[SEAL_FIELD].level) == ("B-LT", "B-LT")
    assert {item.lacks for item in document.files.all()} == {""}
    assert "theo dấu thời gian của Dấu thời gian của bài thử" in " ".join(verdict.notes)
    assert "chưa" not in " ".join(verdict.notes)
    # The signer's own revision carries the stamp alone; the lists come with the seal.
    signed = files.read(document.files.get(stage=Stage.SIGNED))
    [alone] = signatures.read_all(Reader(signed), lambda _field: timezone.now())
    assert alone.level == "B-T"
    # Verified again with nothing of ours at hand and nobody to ask.
    asked = list(authority.asked)
    authority.down = True
    for file in revocation.Path(revocation.settings.CRL_FOLDER).glob("*"):
        file.unlink()
    again = service.verify(data)
    assert again.answer == "valid"
    assert authority.asked == asked


def test_the_stamp_decides_the_moment(office, authority):
    """Revoked an hour ago and signed now with a stamp: revoked before. The same certificate judged
    as of an earlier record of ours would have passed."""
    document = office.signed()
    data = service.file_of(document)
    [key] = SigningKey.objects.filter(owner_key=DEPUTY.key)
    authority.revoked = [keys.x509.load_pem_x509_certificate(key.certificate.encode())]
    clear_lists()
    revocation.refresh(certificates_of(key))

    verdict = service.verify(data)

    [item] = verdict.signatures
    assert (item.problem, item.revocation, item.answer) == ("revoked", "revoked", "invalid")
    earlier = timezone.now() - datetime.timedelta(days=1)
    problem, _known = revocation.judged(
        certificates_of(key)[0], [], signatures.roots(), revocation.at_hand(), earlier
    )
    assert problem == ""


def certificates_of(key):
    return list(keys.load_certs_from_pemder_data((key.certificate + key.chain).encode()))


def clear_lists():
    for file in revocation.Path(revocation.settings.CRL_FOLDER).glob("*"):
        file.unlink()


# -- out of reach ------------------------------------------------------------------------------


def test_out_of_reach_it_is_signed_all_the_same_says_so_and_is_completed_later(
    office, authority, capsys
):
    authority.down = True
    document = office.released()
    before = service.file_of(document)

    verdict = service.verify(before)
    assert (verdict.valid, verdict.answer) == (True, "unknown")
    assert [item.level for item in verdict.signatures] == ["B-B", "B-B"]
    notes = " ".join(verdict.notes)
    assert "chưa có dấu thời gian" in notes
    assert "chưa đủ căn cứ" in notes
    # Asked once each for both signatures: nobody waits again for who was just silent.
    assert sorted(authority.asked) == ["/ca.crl", "/tsa"]

    [waiting] = incomplete()
    call_command("complete_signatures")
    assert "Chưa kết nối được" in capsys.readouterr().out
    assert service.file_of(document) == before

    authority.down = False
    cache.clear()
    complete(waiting)
    after = service.file_of(document)
    assert after.startswith(before)
    assert after != before
    verdict = service.verify(after)
    assert (failed(verdict), verdict.answer) == (set(), "valid")
    assert {item.level for item in verdict.signatures} == {"B-LT"}
    assert incomplete() == []
    # Whoever holds the file of the first day holds the same document.
    assert service.verify(before).valid
    prepared = files.read(document.files.get(stage=Stage.PREPARED))
    assert changes.only_signatures_since(prepared, Reader(after), after)


def test_a_silent_address_costs_no_more_than_the_time_allowed(office, settings):
    """A server that takes the call and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.TSA_URL = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        settings.NETWORK_SECONDS = 1
        document = office.signed()
    assert document.files.get(stage=Stage.SIGNED).lacks == "stamp"


# -- whose certificate, and is it good -----------------------------------------------------------


def forged(office, data, document):
    """The prepared file certified with the key in ``data`` as the product would."""
    prepared = files.read(document.files.get(stage=Stage.PREPARED))
    private, certificate, _others = keys.archives.opened(data, PASSPHRASE)
    [loaded] = keys.load_certs_from_pemder_data(keys.pem(certificate).encode())
    signer = LoadedSigner(SoftwareHand(private), private.public_key(), loaded, [])
    return certified(prepared, document, signer)


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        ("revoked", "đã bị thu hồi trước thời điểm ký"),
        ("expired", "đã hết hạn vào thời điểm ký"),
        ("foreign", "không dẫn đến nơi cấp chứng thư được tin cậy"),
        ("wrong person", "không phải của người đã ký văn bản này"),
    ],
)
def test_each_bad_certificate_has_its_sentence(office, authority, trouble, sentence):
    document = office.reserve()
    service.prepare(document, attempt=document.attempt)
    by = Authority("Cơ quan chứng thực của bài thử") if trouble == "foreign" else authority
    by.address = authority.address
    days = -1 if trouble == "expired" else 365
    issued, data = archive(by, DEPUTY.name, days=days)
    if trouble == "revoked":
        authority.revoked = [issued]
        clear_lists()
        revocation.refresh(list(keys.load_certs_from_pemder_data(keys.pem(issued).encode())))
    if trouble != "wrong person":
        keys._enrol(DEPUTY.key, Purpose.SIGNER, issued, [])

    file = forged(office, data, document)
    verdict = service.verify(file)

    assert not verdict.valid
    assert any(sentence in check.sentence for check in verdict.checks if not check.ok)
    with pytest.raises(SigningRefused):
        office.store(document, file)


def test_a_revoked_key_signs_nothing_and_takes_no_other_signature_along(office, authority):
    document = office.released()
    [key] = SigningKey.objects.filter(owner_key=DEPUTY.key)
    authority.revoked = [keys.x509.load_pem_x509_certificate(key.certificate.encode())]
    clear_lists()

    with pytest.raises(SigningRefused, match="đã bị thu hồi"):
        office.sign(office.reserve())
    found = by_field(service.verify(service.file_of(document)))
    assert found[SIGNER_FIELD].answer == "invalid"
    assert found[SEAL_FIELD].answer == "valid"


def test_a_demo_key_can_be_revoked_too():
    office = Office(key="agency:77").give_keys()
    document = office.released()
    # Lists count whole seconds: what happened in the same one is no evidence.
    before = timezone.now() - datetime.timedelta(minutes=5)
    type(document).objects.filter(pk=document.pk).update(issued=before)
    document.files.update(created=before)
    key = SigningKey.objects.get(owner_key=DEPUTY.key, active=True)

    call_command("revoke_demo_key", key.fingerprint[:16])

    key.refresh_from_db()
    assert not key.active
    # Signed before, by our own record: it still holds. A file of today would not.
    assert service.verify(service.file_of(document)).valid
    problem, known = revocation.judged(
        *[certificates_of(key)[0], certificates_of(key)[1:]],
        signatures.roots(),
        revocation.at_hand(),
        timezone.now() + datetime.timedelta(seconds=5),
    )
    assert (problem, known) == ("revoked", "revoked")


def test_without_the_list_there_are_not_grounds_enough():
    office = Office(key="agency:78").give_keys()
    kept = demo_ca.crl_file().read_bytes()
    demo_ca.crl_file().unlink()
    try:
        verdict = service.verify(service.file_of(office.released()))
    finally:
        demo_ca.crl_file().write_bytes(kept)

    assert (verdict.valid, verdict.answer) == (True, "unknown")
    assert any("chưa đủ căn cứ" in note for note in verdict.notes)


def test_completing_refuses_what_would_touch_a_signature(office, authority):
    """A positive control of the check on the completed file."""
    from documents.signing import completing

    document = office.released()
    data = service.file_of(document)
    resealed = sealed(files.read(document.files.get(stage=Stage.SIGNED)), document, _seal(office))
    with pytest.raises(DocumentRefused, match="không động đến chữ ký"):
        completing._refuse_unsound(document.files.get(stage=Stage.PREPARED), data, resealed)


def _seal(office):
    return keys.unlock(keys.active_key(office.issuer.key, Purpose.SEAL), PASSPHRASE)

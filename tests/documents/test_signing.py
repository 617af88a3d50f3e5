"""Keys, signatures, and how they look on the page."""

import io

import pypdfium2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader

from documents import files, service
from documents.errors import SigningRefused
from documents.models import Purpose, SigningKey, Stage
from documents.rendering.pdf import SEAL_FIELD, SIGNER_FIELD, render
from documents.signing import appearance, demo_ca, pades
from documents.verification import changes, signatures
from documents.verification.reader import Reader

from .office import ANCHOR, DEPUTY, PASSPHRASE, Office
from .samples import DECISION, ISSUED

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office().give_keys()


def data_of(document, stage):
    return files.read(document.files.get(stage=stage))


# -- the demo authority ------------------------------------------------------------------------


def test_making_the_authority_again_changes_nothing(settings, tmp_path):
    settings.VAR = tmp_path

    assert demo_ca.make_demo_ca() is True
    root = demo_ca.root_file().read_bytes()
    assert demo_ca.make_demo_ca() is False
    assert demo_ca.root_file().read_bytes() == root


def test_private_files_of_the_authority_are_for_the_owner_alone(settings, tmp_path):
    settings.VAR = tmp_path
    call_command("make_demo_ca", verbosity=0)

    assert {path.stat().st_mode & 0o077 for path in demo_ca.folder().iterdir()} == {0}
    assert not (demo_ca.folder() / "root.key").exists()


def test_every_demo_certificate_says_so(office):
    for key in SigningKey.objects.all():
        certificate = x509.load_pem_x509_certificate(key.certificate.encode())
        assert demo_ca.is_demo(certificate)
        assert "(thử nghiệm)" in certificate.subject.rfc4514_string()


def test_a_long_name_fits_a_certificate(office):
    name = "Ủy ban nhân dân phường Đông Sơn Quảng Phú Hàm Rồng Nguyệt Viên, thành phố Thanh Hóa"
    key = service.issue_demo_key("agency:99", name, Purpose.SEAL, PASSPHRASE)

    certificate = x509.load_pem_x509_certificate(key.certificate.encode())
    [common_name] = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    assert common_name.value.startswith("Ủy ban nhân dân phường")
    assert demo_ca.is_demo(certificate)


def test_a_new_key_replaces_the_old_one_for_signing_only(office):
    document = office.released()
    before = SigningKey.objects.get(owner_key=DEPUTY.key, active=True)

    service.issue_demo_key(DEPUTY.key, DEPUTY.name, Purpose.SIGNER, "mới")

    assert SigningKey.objects.filter(owner_key=DEPUTY.key, active=True).count() == 1
    with pytest.raises(SigningRefused, match="không còn dùng"):
        pades.unlock(SigningKey.objects.get(pk=before.pk), PASSPHRASE)
    assert service.verify(service.file_of(document)).valid


def test_production_neither_makes_nor_uses_demo_keys(office, settings):
    document = office.reserve()
    settings.DEMO_KEYS_ALLOWED = False

    with pytest.raises(SigningRefused, match="bản chạy thật"):
        service.issue_demo_key("person:1", "Nguyễn Văn An", Purpose.SIGNER, PASSPHRASE)
    with pytest.raises(SigningRefused, match="bản chạy thật"):
        office.sign(document)
    with pytest.raises(CommandError, match="bản chạy thật"):
        call_command("make_demo_ca")


def test_production_does_not_trust_the_demo_root_even_among_its_roots(office, settings, tmp_path):
    data = service.file_of(office.released())
    (tmp_path / "copied.pem").write_bytes(demo_ca.root_file().read_bytes())
    settings.DEMO_KEYS_ALLOWED, settings.TRUST_ROOTS = False, tmp_path

    verdict = service.verify(data)

    assert not verdict.valid
    assert [check.name for check in verdict.checks if not check.ok] == ["trusted"]


# -- signatures --------------------------------------------------------------------------------


def test_the_signer_certifies_and_the_seal_only_approves(office):
    reader = signatures.open_pdf(service.file_of(office.released()))
    signer, seal = signatures.read_all(reader, lambda _field: timezone.now())

    assert (signer.field, signer.certifies, signer.holds) == (SIGNER_FIELD, True, True)
    assert (seal.field, seal.certifies, seal.holds) == (SEAL_FIELD, False, True)
    assert (signer.signer, seal.reason) == (f"{DEPUTY.name} (thử nghiệm)", ANCHOR)


def test_the_signatures_are_pades_over_sha256_without_fetching(office):
    reader = PdfFileReader(io.BytesIO(service.file_of(office.released())))

    for embedded in reader.embedded_signatures:
        assert embedded.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
        assert embedded.md_algorithm == "sha256"
        attributes = {item["type"].native for item in embedded.signer_info["signed_attrs"]}
        assert "signing_certificate_v2" in attributes


def test_signing_creates_no_field(office):
    document = office.sealed()

    def fields(stage):
        root = PdfFileReader(io.BytesIO(data_of(document, stage))).root
        return [item.get_object()["/T"] for item in root["/AcroForm"]["/Fields"]]

    assert fields(Stage.PREPARED) == fields(Stage.SEALED) == [SIGNER_FIELD, SEAL_FIELD]


def test_an_rsa_key_signs_too(office):
    key = SigningKey.objects.get(owner_key=DEPUTY.key, active=True)
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    authority = demo_ca._authority()
    certificate = demo_ca._issue(
        demo_ca._name(DEPUTY.name), private, authority.certificate.subject, authority.key, years=1
    )
    key.pkcs12 = pkcs12.serialize_key_and_certificates(
        None,
        private,
        certificate,
        None,
        serialization.BestAvailableEncryption(PASSPHRASE.encode()),
    )
    key.certificate = certificate.public_bytes(serialization.Encoding.PEM).decode()
    key.fingerprint = certificate.fingerprint(certificate.signature_hash_algorithm).hex()
    key.save()

    assert service.verify(service.file_of(office.released())).valid


def test_an_expired_key_does_not_sign(office):
    document = office.reserve()
    SigningKey.objects.filter(owner_key=DEPUTY.key).update(not_after=timezone.now())

    with pytest.raises(SigningRefused, match="hết hạn"):
        office.sign(document)
    assert not service.has_key(DEPUTY.key, Purpose.SIGNER)


def test_the_passphrase_can_be_asked_before_anything_is_begun(office):
    service.check_key(DEPUTY.key, "signer", PASSPHRASE)
    with pytest.raises(SigningRefused, match="Mật khẩu"):
        service.check_key(DEPUTY.key, "signer", "khác")
    with pytest.raises(SigningRefused, match="Chưa có khóa"):
        service.check_key("person:404", "signer", PASSPHRASE)


def test_the_pictures_are_blue_and_red_outlines_without_fonts(office):
    document = office.released()
    prepared, sealed = (data_of(document, stage) for stage in (Stage.PREPARED, Stage.SEALED))

    assert sealed[len(prepared) :].count(b"/Font") == 0
    before, after = colours(prepared), colours(sealed)
    assert before == {"red": 0, "blue": 0}
    assert after["red"] > 200
    assert after["blue"] > 200


def colours(data):
    """Clearly red and clearly blue pixels of all pages."""
    found = {"red": 0, "blue": 0}
    with pypdfium2.PdfDocument(data) as document:
        document.init_forms()
        for page in document:
            image = page.render(scale=1).to_pil().convert("RGB")
            for red, green, blue in image.get_flattened_data():
                found["red"] += red > 150 and green < 110 and blue < 110
                found["blue"] += blue > 110 and red < 90 and green < 110
    return found


def test_the_demo_seal_says_what_it_is():
    plain = appearance.seal("Ủy ban nhân dân xã Tam Quang", demo=False)
    marked = appearance.seal("Ủy ban nhân dân xã Tam Quang", demo=True)

    assert len(marked.operators) > len(plain.operators)
    assert marked.width == pytest.approx(36 / 25.4 * 72, abs=0.1)


# -- our reader and our policy -----------------------------------------------------------------


def test_our_reader_reads_what_the_library_reads(office):
    data = service.file_of(office.released())
    ours, theirs = Reader(data), PdfFileReader(io.BytesIO(data))

    references = theirs.xrefs.explicit_refs_in_revision(0)
    assert len(references) > 50
    for reference in references:
        found = ours.get_object(reference), theirs.get_object(reference)
        assert repr(found[0]) == repr(found[1])


def test_signatures_alone_are_admitted_and_in_either_revision(office):
    document = office.sealed()
    prepared, signed, sealed = (
        data_of(document, stage) for stage in (Stage.PREPARED, Stage.SIGNED, Stage.SEALED)
    )

    assert changes.only_signatures_since(prepared, Reader(signed), signed)
    assert changes.only_signatures_since(prepared, Reader(sealed), sealed)
    assert changes.only_signatures_since(signed, Reader(sealed), sealed)


def test_another_base_is_not_ours(office):
    signed = data_of(office.signed(), Stage.SIGNED)
    other = render(DECISION, ISSUED)

    assert not changes.only_signatures_since(other, Reader(signed), signed)


def test_a_key_that_is_not_the_signers_is_refused_when_stored(office):
    document = office.reserve()
    prepared = service.prepare(document, attempt=document.attempt)
    other = service.issue_demo_key("person:8", "Lê Thị Bình", Purpose.SIGNER, PASSPHRASE)
    statement = pades.Statement(SIGNER_FIELD, "?", "", "Tam Quang", certify=True)
    data = pades.sign_field(
        prepared, pades.unlock(other, PASSPHRASE), statement, appearance.signature("Lê Thị Bình")
    )

    with pytest.raises(SigningRefused, match="không phải của người"):
        office.store(document, data)


@pytest.mark.parametrize(("certify", "reason"), [(False, None), (True, "khác")])
def test_a_signature_that_does_not_certify_our_content_is_refused(office, certify, reason):
    document = office.reserve()
    prepared = service.prepare(document, attempt=document.attempt)
    key = pades.active_key(DEPUTY.key, Purpose.SIGNER)
    statement = pades.Statement(
        SIGNER_FIELD,
        reason or f"SHA-256 nội dung: {document.content_digest}",
        "",
        "Tam Quang",
        certify=certify,
    )
    picture = appearance.signature(DEPUTY.name)
    data = pades.sign_field(prepared, pades.unlock(key, PASSPHRASE), statement, picture)

    with pytest.raises(SigningRefused, match="không xác nhận đúng"), transaction.atomic():
        office.store(document, data)

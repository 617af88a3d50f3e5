"""How a software key rests, which archives are taken in, and pictures of seals and signatures."""

import io

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from PIL import Image

from documents import service
from documents.errors import DocumentRefused, SigningRefused
from documents.models import Purpose, SigningKey
from documents.signing import archives, pictures

from . import drawn_pictures
from .authority import Authority

pytestmark = pytest.mark.django_db
PASSPHRASE = "mật khẩu đủ dài"


@pytest.fixture(scope="module")
def made_once():
    return Authority()


@pytest.fixture
def authority(made_once, settings, tmp_path):
    """It is trusted here."""
    settings.TRUST_ROOTS = made_once.trusted_in(tmp_path)
    return made_once


def packed(authority, *, scheme=None, rounds=None, key=None, days=365, secret=PASSPHRASE):
    """A PKCS#12 as other programs write it; ``scheme`` None is what current ones do."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    certificate = authority.issue("Trần Quốc Hưng", key.public_key(), days=days)
    if secret is None:
        encryption = serialization.NoEncryption()
    else:
        builder = serialization.PrivateFormat.PKCS12.encryption_builder()
        builder = builder.key_cert_algorithm(scheme or pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        builder = builder.hmac_hash(hashes.SHA256())
        builder = builder.kdf_rounds(rounds) if rounds else builder
        encryption = builder.build(secret.encode())
    chain = [authority.root]
    return pkcs12.serialize_key_and_certificates(b"k", key, certificate, chain, encryption)


def test_every_software_key_at_rest_is_under_pbes2_aes_and_many_rounds(authority):
    service.issue_demo_key("person:61", "Lê Thị Bình", Purpose.SIGNER, PASSPHRASE)
    data = packed(authority, rounds=2048)
    assert archives.rounds(data) == 2048
    imported = service.import_archive(data, "person:62", Purpose.SIGNER, PASSPHRASE)

    for key in SigningKey.objects.filter(owner_key__in=["person:61", "person:62"]):
        archives.refuse_weak(bytes(key.pkcs12))
        assert archives.rounds(bytes(key.pkcs12)) >= 50_000
    service.check_key("person:62", "signer", PASSPHRASE)
    with pytest.raises(SigningRefused, match="Mật khẩu"):
        service.check_key("person:62", "signer", "mật khẩu khác")
    assert not imported.demo
    # The same certificate, before in a token: the archive is what is used from now on.
    token = {"module": "usb", "token_label": "T", "token_serial": "1", "key_label": "k"}
    SigningKey.objects.filter(pk=imported.pk).update(pkcs12=b"", key_id="01", **token)
    again = service.import_archive(data, "person:62", Purpose.SIGNER, PASSPHRASE)
    assert (again.pk, again.in_token, again.key_id) == (imported.pk, False, "")
    service.check_key("person:62", "signer", PASSPHRASE)
    assert len(x509.load_pem_x509_certificates(imported.chain.encode())) == 1


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        ({"scheme": pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC}, "mã hóa đã yếu"),
        ({"rounds": 100}, "mã hóa đã yếu"),
        ({"secret": None}, "không phải kho khóa"),
        ({"secret": "ngắn"}, "dài ít nhất 8"),
        ({"days": -1}, "đã hết hạn"),
        ({"key": "short"}, "Khóa quá ngắn"),
        ({"key": "foreign kind"}, "chưa dùng được"),
    ],
)
def test_a_weak_archive_is_not_taken_in(authority, made, sentence):
    secret = made.get("secret", PASSPHRASE)
    key = made.pop("key", None)
    if key == "short":
        made["key"] = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    if key == "foreign kind":
        from cryptography.hazmat.primitives.asymmetric import ed25519

        made["key"] = ed25519.Ed25519PrivateKey.generate()

    with pytest.raises(SigningRefused, match=sentence):
        service.import_archive(packed(authority, **made), "p:1", Purpose.SIGNER, secret or "")
    assert not SigningKey.objects.filter(owner_key="p:1").exists()


def test_an_archive_of_an_unknown_authority_is_not_taken_in(authority):
    """A signature with it would be refused when its number is already taken."""
    with pytest.raises(SigningRefused, match="không dẫn đến nơi cấp"):
        service.import_archive(packed(Authority()), "p:1", Purpose.SIGNER, PASSPHRASE)


@pytest.mark.parametrize("junk", [b"", b"junk", b"0\x80", b"%PDF-1.7"])
def test_junk_is_no_archive(junk):
    with pytest.raises(SigningRefused, match="không phải kho khóa"):
        service.import_archive(junk, "p:1", Purpose.SIGNER, PASSPHRASE)


# -- pictures ------------------------------------------------------------------------------------


def test_a_picture_loses_its_empty_margins():
    seal = pictures.checked(drawn_pictures.seal(size=700, margin=90), Purpose.SEAL)
    assert Image.open(io.BytesIO(seal)).size == (521, 521)


@pytest.mark.parametrize(
    ("data", "purpose", "sentence"),
    [
        (drawn_pictures.seal(size=300), "seal", "ít nhất 425"),
        (drawn_pictures.seal(colour=drawn_pictures.BLUE), "seal", "màu đỏ"),
        (drawn_pictures.seal(ground=(255, 255, 255, 255)), "seal", "trong suốt"),
        (drawn_pictures.seal(size=3200), "seal", "rộng hơn"),
        (drawn_pictures.signature(900, drawn_pictures.RED), "signer", "màu xanh"),
        (drawn_pictures.signature(150), "signer", "ít nhất 200"),
        (drawn_pictures.png(Image.new("RGBA", (500, 500), (0, 0, 0, 0))), "seal", "nét nào"),
        (drawn_pictures.png(Image.new("RGBA", (900, 500), (220, 0, 0, 0))), "seal", "nét nào"),
        (b"\xff\xd8\xff\xe0 no png", "seal", "PNG đọc được"),
        (b"x" * 1_000_001, "seal", "1 MB"),
    ],
)
def test_a_wrong_picture_is_refused_with_what_is_wrong(data, purpose, sentence):
    with pytest.raises(DocumentRefused, match=sentence):
        pictures.checked(data, Purpose(purpose))


def test_a_seal_that_is_not_round_is_refused():
    wide = Image.new("RGBA", (900, 500), (0, 0, 0, 0))
    wide.paste(drawn_pictures.RED, (10, 10, 890, 490))
    with pytest.raises(DocumentRefused, match="phải tròn"):
        pictures.checked(drawn_pictures.png(wide), Purpose.SEAL)

"""The keeper's commands: a token's certificate, an archive, a picture for the right owner."""

import getpass

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.management import call_command
from django.core.management.base import CommandError

from documents.models import Purpose, SigningKey
from procedures.issuing.signers import signer_key
from procedures.roles import Role
from tests.documents import drawn_pictures, softhsm
from tests.documents.authority import Authority
from tests.documents.test_keys import PASSPHRASE, packed

TOKEN = "Thiet bi lenh"


@pytest.fixture
def typed(monkeypatch):
    """What is typed at the prompt; the prompts that were shown."""
    shown = []

    def typing(text):
        monkeypatch.setattr(getpass, "getpass", lambda prompt: shown.append(prompt) or text)
        return shown

    return typing


@pytest.fixture
def usb(settings, tam_quang, tmp_path):
    settings.PKCS11_MODULES = {"usb": softhsm.module()}
    authority = Authority()
    settings.TRUST_ROOTS = authority.trusted_in(tmp_path)
    user = tam_quang(Role.CHAIRMAN)
    certificate = authority.issue(user.full_name, softhsm.keypair(TOKEN, "p256"))
    softhsm.put_certificate(TOKEN, certificate, "p256")
    return certificate


@pytest.mark.token
def test_a_token_is_listed_and_bound_to_a_holder(usb, typed, tam_quang, capsys, tmp_path):
    user = tam_quang(Role.CHAIRMAN)
    shown = typed(softhsm.PIN)
    call_command("enrol_token", "usb")
    [line] = [line for line in capsys.readouterr().out.splitlines() if TOKEN in line]
    assert user.full_name in line
    assert shown == []

    picture = tmp_path / "chu-ky.png"
    picture.write_bytes(drawn_pictures.signature())
    chosen = {"certificate": line.split()[0], "holder": user.username, "picture": str(picture)}
    call_command("enrol_token", "usb", **chosen)

    key = SigningKey.objects.get(owner_key=signer_key(user), active=True)
    assert (key.in_token, key.token_label, key.purpose) == (True, TOKEN, Purpose.SIGNER)
    assert key.certificate == usb.public_bytes(Encoding.PEM).decode()
    assert key.picture
    [prompt] = shown
    assert TOKEN in prompt


@pytest.mark.token
@pytest.mark.parametrize(
    ("pin", "options", "sentence"),
    [
        ("sai-sai-sai", {}, "PIN"),
        (softhsm.PIN, {"certificate": "ffff"}, "đúng một chứng thư"),
        (softhsm.PIN, {"holder": "khong-co"}, "Không có tài khoản"),
        (softhsm.PIN, {"holder": None}, "Không có tài khoản"),
        (softhsm.PIN, {"holder": None, "seal": "99999"}, "Không có đơn vị"),
        (softhsm.PIN, {"module": "khac"}, "chưa mở được phần mềm"),
    ],
)
def test_what_cannot_be_bound_is_refused(usb, typed, tam_quang, pin, options, sentence):
    typed(pin)
    user = tam_quang(Role.CHAIRMAN)
    from cryptography.hazmat.primitives.hashes import SHA256

    chosen = {"certificate": usb.fingerprint(SHA256()).hex(), "holder": user.username, **options}
    with pytest.raises(CommandError, match=sentence):
        call_command("enrol_token", chosen.pop("module", "usb"), **chosen)
    assert not SigningKey.objects.filter(module="usb").exists()


def test_an_archive_becomes_the_seal_of_its_agency(typed, tam_quang, tmp_path, settings):
    typed(PASSPHRASE)
    authority = Authority()
    settings.TRUST_ROOTS = authority.trusted_in(tmp_path)
    file, picture = tmp_path / "dau.p12", tmp_path / "dau.png"
    file.write_bytes(packed(authority))
    picture.write_bytes(drawn_pictures.seal())

    call_command("import_key", str(file), seal=tam_quang.agency.code, picture=str(picture))

    key = SigningKey.objects.get(
        owner_key=tam_quang.agency.commune.issuer.key, purpose=Purpose.SEAL, active=True
    )
    assert (key.demo, key.in_token, bool(key.picture)) == (False, False, True)
    picture.write_bytes(drawn_pictures.seal(size=100, margin=2))
    with pytest.raises(CommandError, match="425"):
        call_command("key_picture", seal=tam_quang.agency.code, picture=str(picture))
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_key", str(tmp_path / "none.p12"), seal=tam_quang.agency.code)

"""Keys in a token, proved on SoftHSM2: RSA-2048 and P-256, and every trouble with its sentence."""

import io
import logging
import sys
import threading

import pkcs11
import pypdfium2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.apps import apps
from django.db import connection
from django.utils import timezone
from django.views.debug import ExceptionReporter

from documents import files, service
from documents.errors import SigningRefused
from documents.models import Purpose, SigningKey, Stage
from documents.rendering.pdf import SEAL_FIELD, SIGNER_FIELD
from documents.signing import keys, tokens
from documents.verification import signatures

from . import drawn_pictures, softhsm
from .authority import Authority
from .office import ANCHOR, DEPUTY, Office
from .samples import DECISION

pytestmark = [pytest.mark.django_db, pytest.mark.token]

TOKEN = softhsm.TOKEN


@pytest.fixture(scope="module")
def authority():
    """It signed a certificate for each of the two keys of the token."""
    made = Authority()
    for kind, name in (("rsa", DEPUTY.name), ("p256", "Ủy ban nhân dân xã Tam Quang")):
        certificate = made.issue(name, softhsm.keypair(TOKEN, kind))
        softhsm.put_certificate(TOKEN, certificate, kind)
    return made


@pytest.fixture
def office(authority, settings, tmp_path):
    """The Deputy signs with the RSA key, the seal is the P-256 key; demo keys are refused."""
    settings.DEMO_KEYS_ALLOWED = False
    settings.TRUST_ROOTS = authority.trusted_in(tmp_path / "trust")
    settings.PKCS11_MODULES = {"usb": softhsm.module()}
    office = Office()
    listed = service.token_certificates("usb")
    found = {item.place.key_label: item for item in listed if item.place.token_label == TOKEN}
    service.enrol_token(found["rsa"], DEPUTY.key, Purpose.SIGNER, softhsm.PIN)
    seal = service.enrol_token(found["p256"], office.issuer.key, Purpose.SEAL, softhsm.PIN)
    service.keep_picture(seal, drawn_pictures.seal())
    return office


def signed(office, document, pin=softhsm.PIN):
    data = service.sign(
        document, attempt=document.attempt, passphrase=pin, signer_key=document.signer_key
    )
    return office.store(document, data)


def test_a_decision_is_signed_and_sealed_with_keys_that_never_left_the_token(office):
    content = service.with_annexes_apart(DECISION)
    document = signed(office, office.reserve(content=content))
    sealed = service.sealed_bytes(document, softhsm.PIN, anchor=ANCHOR)
    annexes = service.sealed_annexes(document, softhsm.PIN)
    document = office.released(service.store_sealed(document, sealed, annexes))

    verdict = service.verify(service.file_of(document))

    assert verdict.valid, verdict
    assert service.verify(service.annex_file(document, 1)).valid
    kinds = {SIGNER_FIELD: "rsassa_pkcs1v15", SEAL_FIELD: "ecdsa"}
    reader = signatures.open_pdf(sealed)
    for embedded in reader.embedded_signatures:
        mechanism = embedded.signer_info["signature_algorithm"].signature_algo
        assert mechanism == kinds[embedded.field_name]
    for key in SigningKey.objects.filter(demo=False):
        assert (bytes(key.pkcs12), key.in_token, key.demo) == (b"", True, False)
    assert width_of_red(sealed) == pytest.approx(36, abs=0.7)


def width_of_red(data):
    """How wide the seal is on the page, in millimetres."""
    with pypdfium2.PdfDocument(data) as document:
        document.init_forms()
        for page in document:
            scale = 4
            image = page.render(scale=scale).to_pil().convert("RGB")
            red, green, _blue = image.split()
            mask = red.point(lambda v: 255 * (v > 150))
            dark = green.point(lambda v: 255 * (v < 90))
            box = pillow_and(mask, dark).getbbox()
            if box:
                return (box[2] - box[0]) / scale / 72 * 25.4
    return 0


def pillow_and(one, other):
    from PIL import ImageChops

    return ImageChops.darker(one, other)


# -- trouble, each with its sentence -------------------------------------------------------------


def refused(**changes):
    """What is answered when the Deputy's row or the PIN is changed so."""
    pin = changes.pop("pin", softhsm.PIN)
    SigningKey.objects.filter(owner_key=DEPUTY.key).update(**changes)
    with pytest.raises(SigningRefused) as caught:
        service.check_key(DEPUTY.key, "signer", pin)
    return caught.value.sentence


def test_a_wrong_pin_is_refused_and_the_right_one_works_after_it(office):
    assert refused(pin="0000-sai") == "Mã PIN của thiết bị ký số không đúng."
    assert refused(pin="") == "Mã PIN của thiết bị ký số không đúng."
    service.check_key(DEPUTY.key, "signer", softhsm.PIN)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"token_label": "Khac", "token_serial": ""}, "cắm thiết bị “Khac”"),
        ({"token_serial": "00"}, "cắm thiết bị “Thiet bi thu”"),
        ({"key_id": "09"}, "không có khóa của chứng thư đã đăng ký"),
        ({"key_id": "", "key_label": "khac"}, "không có khóa của chứng thư đã đăng ký"),
        ({"module": "khac"}, "chưa mở được phần mềm của thiết bị ký số “khac”"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_named(office, changes, sentence):
    assert sentence in refused(**changes)


def test_a_module_file_that_is_gone_is_said_so(office, settings):
    settings.PKCS11_MODULES = {"usb": "/nonexistent/lib.so"}
    assert "chưa mở được phần mềm" in refused()


@pytest.mark.parametrize("number", ["01", "02"])
def test_a_certificate_of_another_key_is_refused_before_and_while_signing(
    office, authority, number
):
    """The registered certificate is not the one of the key that label and ID find."""
    other = authority.issue(DEPUTY.name, ec.generate_private_key(ec.SECP256R1()).public_key())
    document = office.reserve()
    sentence = refused(certificate=keys.pem(other), fingerprint="0" * 64, key_id=number)

    assert sentence == "Khóa trong thiết bị không phải của chứng thư đã đăng ký."
    with pytest.raises(SigningRefused, match="không phải của chứng thư"):
        signed(office, document)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (pkcs11.PinLocked, "đã bị khóa vì nhập sai mã PIN"),
        (pkcs11.PinExpired, "đã hết hạn; đổi mã PIN"),
        (pkcs11.UserPinNotInitialized, "chưa được đặt mã PIN"),
        (pkcs11.MultipleTokensReturned, "hai thiết bị ký số cùng tên"),
        (pkcs11.DeviceRemoved, "Không thấy thiết bị ký số"),
        (pkcs11.DeviceError, "rút ra cắm lại"),
    ],
)
def test_troubles_softhsm_cannot_make_have_their_sentences(office, monkeypatch, error, sentence):
    def failing(*_args):
        raise error

    monkeypatch.setattr(tokens, "_private", failing)
    assert sentence in refused()


def test_a_device_that_cannot_even_be_closed_is_still_a_sentence(office, monkeypatch):
    """After an error the module is ended and begun anew; either may fail too."""

    class Wedged:
        def get_token(self, **_wanted):
            raise pkcs11.DeviceError

        def finalize(self):
            raise pkcs11.GeneralError

    def silent(_path):
        raise pkcs11.DeviceMemory

    with monkeypatch.context() as patched:
        patched.setattr(tokens, "_library", lambda _module: Wedged())
        assert "rút ra cắm lại" in refused()
    with monkeypatch.context() as patched:
        patched.setattr(pkcs11, "lib", silent)
        assert "chưa mở được phần mềm" in refused()
    service.check_key(DEPUTY.key, "signer", softhsm.PIN)


def test_a_locked_device_is_not_sent_a_pin(office, monkeypatch):
    class Locked:
        flags = pkcs11.TokenFlag.USER_PIN_LOCKED

        def open(self, **_options):
            raise AssertionError("a PIN was sent")

    monkeypatch.setattr(tokens, "_token", lambda *_args: Locked())
    assert "đã bị khóa" in refused()


def test_the_sentences_are_all_different():
    sentences = [str(sentence) for _errors, sentence in tokens._ANSWERS]
    assert len(set(sentences)) == len(sentences)


def test_a_wrong_pin_is_refused_while_another_thread_signs(office):
    """A device knows one login per process: without turns the second thread would sign under the
    first one's PIN."""
    key = SigningKey.objects.get(owner_key=DEPUTY.key)
    place, public = keys.place_of(key), softhsm.keypair(TOKEN, "rsa")
    answers = []

    def attempt(pin):
        try:
            tokens.sign(place, pin, b"x", public)
            answers.append((pin, True))
        except SigningRefused:
            answers.append((pin, False))

    pins = [softhsm.PIN, "sai-sai-sai"] * 5
    threads = [threading.Thread(target=attempt, args=(pin,)) for pin in pins]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == sorted((pin, pin == softhsm.PIN) for pin in pins)


# -- the PIN is nowhere ------------------------------------------------------------------------


def test_the_pin_is_in_no_log_no_row_and_no_report_of_an_error(office, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    document = signed(office, office.reserve())
    wrong = "sai-4711-sai"
    refused(pin=wrong)
    told = crashed(document, monkeypatch)

    assert "the disk is full" in told
    stored = everything_stored()
    for secret in (softhsm.PIN, wrong):
        assert secret not in caplog.text
        assert secret not in told
        assert secret not in stored


def crashed(document, monkeypatch):
    """What Django would send to the keeper of a crash in the middle of sealing."""

    def broken(*_args, **_kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr(tokens, "_signed", broken)
    try:
        service.sealed_bytes(document, softhsm.PIN, anchor=ANCHOR)
    except OSError:
        report = ExceptionReporter(None, *sys.exc_info())
    return report.get_traceback_html() + report.get_traceback_text()


def everything_stored():
    """Every value of every table, as one text."""
    out = io.StringIO()
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            for row in cursor.fetchall():
                out.write(repr(row))
    return out.getvalue()


def test_the_prepared_file_is_where_the_signature_began(office):
    """The token's signature is an increment as any other."""
    document = signed(office, office.reserve())
    prepared = files.read(document.files.get(stage=Stage.PREPARED))
    assert service.file_of(document).startswith(prepared)
    assert document.files.get(stage=Stage.SIGNED).lacks == "stamp revocation"
    assert timezone.localdate(document.issued) == document.date

"""Keys that live in a token: a USB token, a card or an HSM behind its PKCS#11 module.

The private key never leaves the device and the PIN is asked at each act. Which module file is
loaded is the installation's setting (``PKCS11_MODULES``), never data: loading one runs its code.

A device knows one login per process. Without the lock here a second thread would sign under the
PIN the first one typed; so the device is opened, used and closed by one thread at a time.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import pkcs11
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass, TokenFlag
from pkcs11.util.ec import encode_ecdsa_signature

from ..errors import SigningRefused

# How long one waits for another's signature on the same device.
_PATIENCE = 20
# The ASN.1 in front of a SHA-256 digest in an RSA signature (RFC 8017, 9.2).
_SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
_LOCK = threading.Lock()
_log = logging.getLogger(__name__)

_WRONG_PIN = gettext_lazy("Mã PIN của thiết bị ký số không đúng.")
_LOCKED = gettext_lazy("Thiết bị ký số đã bị khóa vì nhập sai mã PIN nhiều lần; cần mở khóa.")
_ABSENT = gettext_lazy("Không thấy thiết bị ký số: cắm thiết bị “%(label)s” rồi ký lại.")
_NO_KEY = gettext_lazy("Trong thiết bị “%(label)s” không có khóa của chứng thư đã đăng ký.")
_FAILED = gettext_lazy("Thiết bị ký số không làm được việc này; rút ra cắm lại rồi thử lại.")
_NO_MODULE = gettext_lazy("Máy chủ chưa mở được phần mềm của thiết bị ký số “%(module)s”.")
_OTHER_KEY = gettext_lazy("Khóa trong thiết bị không phải của chứng thư đã đăng ký.")
_BUSY = gettext_lazy("Thiết bị ký số đang bận; đợi một lát rồi ký lại.")

_ANSWERS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Promise], ...] = (
    (pkcs11.PinLocked, _LOCKED),
    ((pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange), _WRONG_PIN),
    (
        pkcs11.PinExpired,
        gettext_lazy("Mã PIN của thiết bị ký số đã hết hạn; đổi mã PIN rồi ký lại."),
    ),
    (
        pkcs11.UserPinNotInitialized,
        gettext_lazy("Thiết bị ký số chưa được đặt mã PIN."),
    ),
    (
        (pkcs11.NoSuchToken, pkcs11.TokenNotPresent, pkcs11.DeviceRemoved, pkcs11.SlotIDInvalid),
        _ABSENT,
    ),
    (
        pkcs11.MultipleTokensReturned,
        gettext_lazy("Có hai thiết bị ký số cùng tên “%(label)s”; rút bớt một thiết bị."),
    ),
    (pkcs11.NoSuchKey, _NO_KEY),
)


@dataclass(frozen=True)
class Place:
    """Where a key is: the module's name in the settings, the token, the object in it."""

    module: str
    token_label: str
    token_serial: str = ""
    key_label: str = ""
    key_id: str = ""


@dataclass(frozen=True)
class Found:
    """A certificate in a token, and where the key that belongs to it is."""

    place: Place
    certificate: x509.Certificate = field(repr=False)

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def is_authority(self) -> bool:
        return is_authority(self.certificate)


def is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def certificates(module: str) -> list[Found]:
    """Every certificate that the tokens of a module show without a PIN."""
    with _device(module, "") as library:
        ready = library.get_tokens(token_flags=TokenFlag.TOKEN_INITIALIZED)
        return [found for token in list(ready) for found in _shown(module, token)]


@sensitive_variables()
def sign(place: Place, pin: str, data: bytes, public: Any) -> bytes:
    """``data`` signed with SHA-256 by the key at ``place``: PKCS#1 v1.5 or ECDSA in DER.

    ``public`` is the public key of the registered certificate; a signature it does not fit is
    refused. Raises :class:`SigningRefused`, each trouble with its own sentence.
    """
    with _device(place.module, place.token_label) as library:
        token = _token(library, place)
        _refuse_locked(token)
        with token.open(user_pin=pin) as session:
            raw = _signed(_private(session, place), data, public)
    if not _fits(raw, data, public):
        raise SigningRefused(str(_OTHER_KEY))
    return raw


def _token(library: Any, place: Place) -> Any:
    wanted: dict[str, Any] = {"token_label": place.token_label}
    if place.token_serial:
        wanted["token_serial"] = bytes.fromhex(place.token_serial)
    return library.get_token(**wanted)


def _refuse_locked(token: Any) -> None:
    """Before a PIN is sent: an attempt at a locked device helps nobody."""
    if TokenFlag.USER_PIN_LOCKED & token.flags:
        raise SigningRefused(str(_LOCKED))


def _private(session: Any, place: Place) -> Any:
    wanted: dict[Any, Any] = {Attribute.CLASS: ObjectClass.PRIVATE_KEY}
    if place.key_id:
        wanted[Attribute.ID] = bytes.fromhex(place.key_id)
    elif place.key_label:
        wanted[Attribute.LABEL] = place.key_label
    found = list(session.get_objects(wanted))
    if len(found) != 1:
        raise pkcs11.NoSuchKey
    return found[0]


def _signed(key: Any, data: bytes, public: Any) -> bytes:
    """Digests are made here: many devices, SoftHSM2 among them, sign an ECDSA digest only."""
    kind = KeyType.RSA if isinstance(public, rsa.RSAPublicKey) else KeyType.EC
    if key.key_type != kind:
        raise SigningRefused(str(_OTHER_KEY))
    digest = hashes.Hash(hashes.SHA256())
    digest.update(data)
    if isinstance(public, rsa.RSAPublicKey):
        info = _SHA256_INFO + digest.finalize()
        return bytes(key.sign(info, mechanism=Mechanism.RSA_PKCS))
    raw = key.sign(digest.finalize(), mechanism=Mechanism.ECDSA)
    return bytes(encode_ecdsa_signature(raw))


def _fits(raw: bytes, data: bytes, public: Any) -> bool:
    try:
        if isinstance(public, rsa.RSAPublicKey):
            public.verify(raw, data, padding.PKCS1v15(), hashes.SHA256())
        else:
            public.verify(raw, data, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def _shown(module: str, token: Any) -> Iterator[Found]:
    with token.open() as session:
        for item in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
            yield Found(
                Place(
                    module,
                    token.label,
                    token.serial.hex(),
                    _attribute(item, Attribute.LABEL) or "",
                    (_attribute(item, Attribute.ID) or b"").hex(),
                ),
                x509.load_der_x509_certificate(item[Attribute.VALUE]),
            )


def _attribute(item: Any, name: Attribute) -> Any:
    try:
        return item[name]
    except pkcs11.AttributeTypeInvalid:
        return None


@contextmanager
def _device(module: str, label: str) -> Iterator[Any]:
    """The module, for one thread at a time; its errors as sentences, none of which says a PIN."""
    if not _LOCK.acquire(timeout=_PATIENCE):
        raise SigningRefused(str(_BUSY))
    try:
        library = _library(module)
        try:
            yield library
        except pkcs11.PKCS11Error as error:
            # A refused login leaves a session open that nobody can close, and a device plugged in
            # later may not be seen: both end with the module, which starts again when asked.
            with suppress(pkcs11.PKCS11Error):
                library.finalize()
            _log.warning("Token %r of module %r: %s", label, module, type(error).__name__)
            raise SigningRefused(_sentence(error, label)) from None
    finally:
        _LOCK.release()


def _library(module: str) -> Any:
    """The module, begun anew where it was ended; what fails in that is a RuntimeError too."""
    try:
        return pkcs11.lib(settings.PKCS11_MODULES[module])
    except (KeyError, RuntimeError, OSError) as error:
        raise SigningRefused(str(_NO_MODULE) % {"module": module}) from error


def _sentence(error: Exception, label: str) -> str:
    for kind, sentence in _ANSWERS:
        if isinstance(error, kind):
            return str(sentence).replace("%(label)s", label)
    return str(_FAILED)

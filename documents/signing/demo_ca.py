"""A certificate authority for trials: root, issuing authority, and keys under a passphrase.

Every name it issues carries "(thử nghiệm)", and its root is trusted only where demo keys may sign
(``settings.DEMO_KEYS_ALLOWED``). It exists so that a commune can try the whole road before it has
certificates of the Government Cipher Committee.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import atomic
from ..errors import SigningRefused
from ..models import Purpose, SigningKey
from . import archives

MARK = "(thử nghiệm)"
_DAY = datetime.timedelta(days=1)
# Demo data may be given dates of past years; its keys must have been valid then.
_BACKDATED = 3 * 365 * _DAY
_YEARS = {"root": 20, "issuing": 15, "key": 3}

Certificate = x509.Certificate
PrivateKey = ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Authority:
    """A certificate that issues others, with its private key."""

    certificate: Certificate
    key: PrivateKey


def folder() -> Path:
    return Path(settings.VAR) / "demo-ca"


def root_file() -> Path:
    """Where the demo root's certificate stands (PEM)."""
    return folder() / "root.pem"


def crl_file() -> Path:
    """Where the demo authority's list of revoked certificates stands (DER)."""
    return folder() / "issuing.crl"


def is_demo(certificate: Certificate) -> bool:
    """Whether a certificate's subject says it is for trials."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return any(MARK in str(name.value) for name in names)


def make_demo_ca() -> bool:
    """Create root and issuing authority under ``settings.VAR``; False when they stand already."""
    _refuse_in_production()
    if all((folder() / name).exists() for name in ("root.pem", "issuing.pem", "issuing.key")):
        if not crl_file().exists():
            _publish([])  # an authority from before it kept a list
        return False
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    root_key, issuing_key = _new_key(), _new_key()
    root_name, issuing_name = _name("Chứng thực gốc"), _name("Cơ quan cấp chứng thư")
    root = _issue(root_name, root_key, root_name, root_key, years=_YEARS["root"], depth=1)
    issuing = _issue(
        issuing_name, issuing_key, root_name, root_key, years=_YEARS["issuing"], depth=0
    )
    # The root's key signs one certificate and is not kept: nobody can add a second authority.
    _write("issuing.key", _private_pem(issuing_key))
    _write("issuing.pem", _pem(issuing))
    _write("root.pem", _pem(root))
    _publish([])
    return True


def revoke_demo_key(key: SigningKey) -> None:
    """Put a demo certificate on the list as of now; the key signs no more."""
    _refuse_in_production()
    certificate = x509.load_pem_x509_certificate(key.certificate.encode())
    entry = (
        x509.RevokedCertificateBuilder()
        .serial_number(certificate.serial_number)
        .revocation_date(timezone.now())
        .build()
    )
    _publish([*_listed(), entry])
    SigningKey.objects.filter(pk=key.pk).update(active=False)


def _listed() -> list[x509.RevokedCertificate]:
    if not crl_file().exists():
        return []
    return list(x509.load_der_x509_crl(crl_file().read_bytes()))


def _publish(entries: list[x509.RevokedCertificate]) -> None:
    """Sign the list anew. A trial has nobody to renew it: it is good as long as its authority."""
    authority, now = _authority(), timezone.now()
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(now - _DAY)
        .next_update(now + 365 * _YEARS["issuing"] * _DAY)
    )
    for entry in entries:
        builder = builder.add_revoked_certificate(entry)
    signed = builder.sign(authority.key, hashes.SHA256())
    atomic.write(crl_file(), signed.public_bytes(serialization.Encoding.DER))


@transaction.atomic
def issue_demo_key(
    owner_key: str, common_name: str, purpose: Purpose | str, passphrase: str
) -> SigningKey:
    """A new demo key for an owner; the one he had for this purpose is deactivated.

    Raises :class:`SigningRefused` where demo keys are not allowed.
    """
    key = unsaved_demo_key(owner_key, common_name, purpose, passphrase)
    SigningKey.objects.filter(owner_key=owner_key, purpose=purpose, active=True).update(
        active=False
    )
    key.save()
    return key


def unsaved_demo_key(
    owner_key: str, common_name: str, purpose: Purpose | str, passphrase: str
) -> SigningKey:
    """A demo key that is nobody's in the register: for samples. See :func:`issue_demo_key`."""
    make_demo_ca()
    authority = _authority()
    key = _new_key()
    certificate = _issue(
        _name(common_name), key, authority.certificate.subject, authority.key, years=_YEARS["key"]
    )
    return SigningKey(
        owner_key=owner_key,
        purpose=Purpose(purpose),
        certificate=_pem(certificate).decode(),
        chain=_pem(authority.certificate).decode(),
        pkcs12=archives.sealed_up(key, certificate, [authority.certificate], passphrase),
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        demo=True,
        not_after=certificate.not_valid_after_utc,
    )


def _refuse_in_production() -> None:
    if not settings.DEMO_KEYS_ALLOWED:
        raise SigningRefused(_("Khóa thử nghiệm không được dùng ở bản chạy thật."))


def _authority() -> Authority:
    certificate = x509.load_pem_x509_certificate((folder() / "issuing.pem").read_bytes())
    key = serialization.load_pem_private_key((folder() / "issuing.key").read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise SigningRefused(_("Khóa của cơ quan cấp chứng thư thử nghiệm bị hỏng."))
    return Authority(certificate, key)


def _new_key() -> PrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, f"Trình Ký {MARK}"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{_short(common_name)} {MARK}"),
        ]
    )


def _short(name: str) -> str:
    """Cut so that the mark fits behind it: a common name holds 64 bytes (RFC 5280)."""
    room = 64 - len(f" {MARK}".encode())
    return name.encode()[:room].decode(errors="ignore").strip()


def _issue(
    subject: x509.Name,
    key: PrivateKey,
    issuer: x509.Name,
    issuer_key: PrivateKey,
    *,
    years: int,
    depth: int | None = None,
) -> Certificate:
    """A certificate; ``depth`` is how many authorities may follow, None for one who signs."""
    now = timezone.now()
    authority = depth is not None
    builder = (
        x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - _BACKDATED)
        .not_valid_after(now + 365 * years * _DAY)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=depth), critical=True)
        .add_extension(_usage(authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
    )
    return builder.sign(issuer_key, hashes.SHA256())


def _usage(authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _private_pem(key: PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(name: str, data: bytes) -> None:
    atomic.write(folder() / name, data)

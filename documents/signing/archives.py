"""PKCS#12: the archive a software key rests in, and what an archive must be to be taken in.

At rest a key is under PBES2 (AES-256, PBKDF2 with SHA-256, RFC 8018) and a passphrase that is kept
nowhere. An archive under the old schemes (RC2, 3DES) could be opened by whoever copies it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from asn1crypto import pkcs12 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from ..errors import SigningRefused

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

# What we write; what we still read from elsewhere is written anew with it. Each opening derives
# three keys; a signature opens once, and a seal once.
ROUNDS = 50_000
LEAST_ROUNDS = 1_000
SHORTEST = 8


@sensitive_variables()
def sealed_up(
    key: PrivateKey, certificate: x509.Certificate, chain: list[x509.Certificate], passphrase: str
) -> bytes:
    """An archive of ours: key and certificates under the passphrase."""
    encryption = (
        serialization.PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(passphrase.encode())
    )
    return pkcs12.serialize_key_and_certificates(None, key, certificate, chain, encryption)


@sensitive_variables()
def opened(data: bytes, passphrase: str) -> tuple[PrivateKey, x509.Certificate | None, list[Any]]:
    """Key, its certificate, the others. Raises :class:`SigningRefused` for a wrong passphrase or
    a kind of key that is not signed with here."""
    try:
        private, certificate, others = pkcs12.load_key_and_certificates(data, passphrase.encode())
    except ValueError as error:
        raise SigningRefused(_("Mật khẩu của khóa ký số không đúng.")) from error
    if not isinstance(private, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise SigningRefused(_("Loại khóa ký số này chưa dùng được."))
    return private, certificate, others


def refuse_weak(data: bytes) -> None:
    """Raise :class:`SigningRefused` unless every part is under PBES2, AES and enough rounds."""
    try:
        schemes = list(_schemes(asn1.Pfx.load(data, strict=True)))
    except (ValueError, TypeError, KeyError) as error:
        raise SigningRefused(_("Tệp không phải kho khóa PKCS#12 (.p12, .pfx).")) from error
    if not schemes or not all(_strong(scheme) for scheme in schemes):
        raise SigningRefused(
            _(
                "Kho khóa này được bảo vệ bằng cách mã hóa đã yếu. Xuất lại tệp .p12 với mã hóa "
                "AES-256 rồi nhập."
            )
        )


def rounds(data: bytes) -> int:
    """The fewest PBKDF2 rounds of any part of an archive under PBES2."""
    return min(int(scheme.kdf_iterations) for scheme in _schemes(asn1.Pfx.load(data)))


def _strong(scheme: Any) -> bool:
    return bool(
        scheme["algorithm"].native == "pbes2"
        and scheme.encryption_cipher == "aes"
        and scheme.kdf == "pbkdf2"
        and scheme.kdf_iterations >= LEAST_ROUNDS
    )


def _schemes(pfx: Any) -> Iterator[Any]:
    """How each encrypted part is encrypted; the bags of certificates are opened by nobody here."""
    for part in pfx.authenticated_safe:
        if part["content_type"].native == "encrypted_data":
            yield part["content"]["encrypted_content_info"]["content_encryption_algorithm"]
        else:
            yield from _bags(asn1.SafeContents.load(part["content"].native))


def _bags(bags: Any) -> Iterator[Any]:
    for bag in bags:
        kind = bag["bag_id"].native
        if kind == "key_bag":
            raise ValueError("a private key without a passphrase")
        if kind == "pkcs8_shrouded_key_bag":
            yield bag["bag_value"]["encryption_algorithm"]

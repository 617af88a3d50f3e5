"""Certificates of keys that are not here: on a token in somebody's drawer.

Registering one says whose signature a certificate is; the private key never comes near us.
"""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko_certvalidator import CertificateValidator, ValidationContext

from ..errors import SigningRefused
from ..models import Purpose, SigningKey
from ..verification.signatures import roots
from . import demo_ca
from .signer import PublicKey
from .tokens import is_authority

LARGEST_CERTIFICATE = 200 * 1024


def certificate_of(owner_key: str, purpose: Purpose | str) -> SigningKey | None:
    """The certificate by which an owner's signature is known now, whatever holds its key."""
    found: SigningKey | None = SigningKey.objects.filter(
        owner_key=owner_key, purpose=purpose, active=True
    ).first()
    return found


def signs_only_outside(owner_key: str, purpose: Purpose | str) -> bool:
    """Whether the owner's certificate is known and its key is in a tool of his own alone."""
    known = certificate_of(owner_key, purpose)
    return known is not None and not known.pkcs12 and not known.in_token


@transaction.atomic
def enrol_certificate(
    owner_key: str, purpose: Purpose | str, data: bytes, *, name: str
) -> SigningKey:
    """Register the certificate (PEM or DER, with or without its chain) of an owner's own tool.

    ``name`` is the person's or the agency's: a person's certificate must carry it. The one he had
    for this purpose is deactivated; what it signed stays valid. Raises
    :class:`~documents.errors.SigningRefused`, each fault with its sentence.
    """
    leaf, chain = _read(data)
    _refuse_unfit(leaf)
    if Purpose(purpose) == Purpose.SIGNER:
        _refuse_other_name(leaf, name)
    chain = trusted_chain(leaf, chain)
    fingerprint = leaf.fingerprint(hashes.SHA256()).hex()
    known: SigningKey | None = SigningKey.objects.filter(fingerprint=fingerprint).first()
    if known and (known.owner_key, known.purpose) != (owner_key, Purpose(purpose)):
        raise SigningRefused(_("Chứng thư này đã đăng ký cho người khác. Ông/bà chọn đúng tệp."))
    if known and known.active:
        raise SigningRefused(_("Chứng thư này đang được dùng rồi, không cần đăng ký lại."))
    held = SigningKey.objects.filter(owner_key=owner_key, purpose=purpose, active=True)
    held.update(active=False)
    if known:
        known.active = True
        known.save(update_fields=["active"])
        return known
    key: SigningKey = SigningKey.objects.create(
        owner_key=owner_key,
        purpose=Purpose(purpose),
        certificate=pem(leaf),
        chain="".join(map(pem, chain)),
        fingerprint=fingerprint,
        demo=demo_ca.is_demo(leaf),
        not_after=leaf.not_valid_after_utc,
    )
    return key


def common_name(certificate: x509.Certificate) -> str:
    """Whom a certificate names."""
    found = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else ""


def _read(data: bytes) -> tuple[x509.Certificate, list[x509.Certificate]]:
    """The signer's certificate and those above it that came along."""
    unreadable = SigningRefused(
        _("Tệp này không phải chứng thư số. Ông/bà xuất chứng thư (tệp .cer, .crt hoặc .pem).")
    )
    if len(data) > LARGEST_CERTIFICATE:
        raise unreadable
    if b"PRIVATE KEY" in data:
        raise SigningRefused(
            _("Tệp này có cả khóa bí mật. Ông/bà chỉ tải lên chứng thư, không đưa khóa cho ai.")
        )
    try:
        found = _certificates(data)
        leaves = [certificate for certificate in found if not is_authority(certificate)]
    # What broken DER raises depends on where it is broken.
    except Exception as error:
        raise unreadable from error
    if not found:
        raise unreadable
    if len(leaves) != 1:
        raise SigningRefused(
            _("Tệp phải có đúng một chứng thư của người ký hoặc cơ quan. Ông/bà xuất lại.")
        )
    return leaves[0], [certificate for certificate in found if certificate != leaves[0]]


def _certificates(data: bytes) -> list[x509.Certificate]:
    if b"-----BEGIN CERTIFICATE-----" in data:
        return x509.load_pem_x509_certificates(data)
    return [x509.load_der_x509_certificate(data)]


_WEAKEST = {rsa.RSAPublicKey: 2048, ec.EllipticCurvePublicKey: 256}


def public_key_of(certificate: x509.Certificate) -> PublicKey:
    """The key a certificate certifies; refuses a kind nothing here signs with."""
    public = certificate.public_key()
    if not isinstance(public, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
        raise SigningRefused(_("Loại khóa ký số này chưa dùng được."))
    return public


def refuse_short(public: PublicKey) -> None:
    if any(isinstance(public, kind) and public.key_size < size for kind, size in _WEAKEST.items()):
        raise SigningRefused(_("Khóa quá ngắn: RSA từ 2048 bit, ECC từ 256 bit."))


def _refuse_unfit(leaf: x509.Certificate) -> None:
    refuse_short(public_key_of(leaf))
    if demo_ca.is_demo(leaf) and not settings.DEMO_KEYS_ALLOWED:
        raise SigningRefused(_("Chứng thư thử nghiệm không được dùng ở bản chạy thật."))
    if leaf.not_valid_after_utc <= timezone.now():
        raise SigningRefused(
            _("Chứng thư này đã hết hạn ngày %(date)s. Ông/bà dùng chứng thư còn hạn.")
            % {"date": f"{timezone.localtime(leaf.not_valid_after_utc):%d/%m/%Y}"}
        )
    try:
        usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise SigningRefused(_("Chứng thư này không cấp để ký. Ông/bà chọn chứng thư ký số."))


def _refuse_other_name(leaf: x509.Certificate, name: str) -> None:
    told = common_name(leaf)
    if not set(_plain(name)) <= set(_plain(told)):
        raise SigningRefused(
            _("Chứng thư này mang tên %(told)s, không phải %(name)s. Ông/bà chọn đúng tệp.")
            % {"told": told or "?", "name": name}
        )


def _plain(name: str) -> list[str]:
    """The words of a name without marks: authorities still issue names in plain letters."""
    letters = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    return re.findall(r"\w+", "".join(c for c in letters if not unicodedata.combining(c)))


def trusted_chain(
    leaf: x509.Certificate, brought: Iterable[x509.Certificate]
) -> list[x509.Certificate]:
    """The certificates between the leaf and one of our roots; refuses where none is reached."""
    between = [*brought, *_known_authorities()]
    context = ValidationContext(
        trust_roots=roots(),
        other_certs=[_opened(item) for item in between],
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    validator = CertificateValidator(_opened(leaf), validation_context=context)
    try:
        path = asyncio.run(validator.async_validate_path())
    # Every reason why there is no path means the same to who uploads it.
    except Exception as error:
        raise SigningRefused(
            _(
                "Chứng thư này không dẫn đến nơi cấp mà hệ thống tin cậy. Ông/bà xuất chứng thư "
                "kèm chuỗi chứng thư cấp trên, hoặc báo người quản trị cài chứng thư gốc."
            )
        ) from error
    used = {item.sha256.hex() for item in path}
    return [item for item in between if item.fingerprint(hashes.SHA256()).hex() in used]


def _known_authorities() -> Iterator[x509.Certificate]:
    """Issuing authorities seen before, each once: a token's file often has the leaf alone."""
    chains = set(SigningKey.objects.exclude(chain="").values_list("chain", flat=True))
    return (item for chain in chains for item in x509.load_pem_x509_certificates(chain.encode()))


def _opened(certificate: x509.Certificate) -> Any:
    return next(iter(load_certs_from_pemder_data(pem(certificate).encode())))


def pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()

"""Keys: who has which, opening them for one act, and taking new ones in.

A key is a PKCS#12 archive of ours or lives in a token (:mod:`documents.signing.tokens`); either way
the secret is asked at the act and kept nowhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from pyhanko.keys import load_certs_from_pemder_data

from ..errors import SigningRefused
from ..models import Purpose, SigningKey
from . import archives, demo_ca, tokens
from .certificates import pem, public_key_of, refuse_short, trusted_chain
from .signer import Hand, LoadedSigner, PublicKey, SoftwareHand, TokenHand
from .tokens import Place

# A private key is in an archive or in a token: where a row changes hands, not in both.
_NOWHERE = {
    "pkcs12": b"", "module": "", "token_label": "", "token_serial": "", "key_label": "",
    "key_id": "",
}  # fmt: skip


def active_key(owner_key: str, purpose: Purpose) -> SigningKey:
    """The owner's key for this purpose; :class:`SigningRefused` when he has none."""
    key: SigningKey | None = SigningKey.objects.filter(
        owner_key=owner_key, purpose=purpose, active=True
    ).first()
    if key is None:
        raise SigningRefused(
            _("Chưa có khóa ký số cho người ký này.")
            if purpose == Purpose.SIGNER
            else _("Chưa có chữ ký số của cơ quan.")
        )
    return key


@sensitive_variables()
def unlock(key: SigningKey, secret: str) -> LoadedSigner:
    """A signer that can use the private key; ``secret`` is its passphrase or the token's PIN.

    Raises :class:`SigningRefused` for a wrong passphrase, an expired or deactivated key, a key
    without private part, or a demo key where those are not allowed. A token is asked only when it
    signs: see :func:`try_out`.
    """
    _refuse_unusable(key)
    certificate, *chain = load_certs_from_pemder_data((key.certificate + key.chain).encode())
    public = public_key_of(x509.load_pem_x509_certificate(key.certificate.encode()))
    hand: Hand
    if key.in_token:
        hand = TokenHand(place_of(key), secret, public)
    else:
        private, _certificate, _others = archives.opened(bytes(key.pkcs12), secret)
        hand = SoftwareHand(private)
    return LoadedSigner(hand, public, certificate, chain)


@sensitive_variables()
def try_out(key: SigningKey, secret: str) -> LoadedSigner:
    """:func:`unlock`, refusing before anything is begun what signing would refuse: a device signs a
    random trial, so that its PIN, its key and the registered certificate are known to fit."""
    opened = unlock(key, secret)
    if key.in_token:
        certificate = x509.load_pem_x509_certificate(key.certificate.encode())
        tokens.sign(place_of(key), secret, secrets.token_bytes(32), public_key_of(certificate))
    return opened


def place_of(key: SigningKey) -> Place:
    return Place(key.module, key.token_label, key.token_serial, key.key_label, key.key_id)


def _refuse_unusable(key: SigningKey) -> None:
    if key.demo and not settings.DEMO_KEYS_ALLOWED:
        raise SigningRefused(_("Khóa thử nghiệm không được dùng ở bản chạy thật."))
    if not key.active or not (key.pkcs12 or key.in_token):
        raise SigningRefused(_("Khóa ký số này không còn dùng để ký."))
    _refuse_expired(key.not_after)


def _refuse_expired(not_after: Any) -> None:
    if not_after <= timezone.now():
        raise SigningRefused(
            _("Chứng thư số đã hết hạn ngày %(date)s.")
            % {"date": f"{timezone.localtime(not_after):%d/%m/%Y}"}
        )


# -- taking keys in ----------------------------------------------------------------------------


@sensitive_variables()
def enrol_token(
    found: tokens.Found,
    owner_key: str,
    purpose: Purpose,
    pin: str,
    *,
    chain: Iterable[x509.Certificate] = (),
) -> SigningKey:
    """Bind a certificate of a token to its owner, after the device signed a trial with it.

    Raises :class:`SigningRefused`, also where the certificate leads to no root trusted here.
    """
    public = public_key_of(found.certificate)
    _refuse_unfit(found.certificate, public)
    above = trusted_chain(found.certificate, chain)
    tokens.sign(found.place, pin, secrets.token_bytes(32), public)
    place = found.place
    return _enrol(
        owner_key,
        purpose,
        found.certificate,
        above,
        module=place.module,
        token_label=place.token_label,
        token_serial=place.token_serial,
        key_label=place.key_label,
        key_id=place.key_id,
    )


@sensitive_variables()
def import_archive(data: bytes, owner_key: str, purpose: Purpose, passphrase: str) -> SigningKey:
    """Take in an office's own PKCS#12, under the same passphrase and our own strong parameters.

    Raises :class:`SigningRefused` for a weak archive or passphrase, an expired certificate, one
    that does not fit the key, one of an authority, or one that leads to no root trusted here.
    """
    archives.refuse_weak(data)
    if len(passphrase) < archives.SHORTEST:
        raise SigningRefused(
            _("Mật khẩu của khóa phải dài ít nhất %(size)s ký tự.") % {"size": archives.SHORTEST}
        )
    private, certificate, others = archives.opened(data, passphrase)
    if certificate is None:
        raise SigningRefused(_("Kho khóa không có chứng thư số của khóa."))
    _refuse_unfit(certificate, public_key_of(certificate))
    above = trusted_chain(certificate, others)
    kept = archives.sealed_up(private, certificate, others, passphrase)
    return _enrol(owner_key, purpose, certificate, above, pkcs12=kept)


def _refuse_unfit(certificate: x509.Certificate, public: PublicKey) -> None:
    if tokens.is_authority(certificate):
        raise SigningRefused(_("Đây là chứng thư của nơi cấp, không phải của người ký."))
    _refuse_expired(certificate.not_valid_after_utc)
    refuse_short(public)


@transaction.atomic
def _enrol(
    owner_key: str,
    purpose: Purpose,
    certificate: x509.Certificate,
    chain: Iterable[x509.Certificate],
    **private: Any,
) -> SigningKey:
    """The row; the owner's former key stops, its picture goes on. The same certificate enrolled
    again (a token renamed) takes the row it has."""
    former = SigningKey.objects.filter(owner_key=owner_key, purpose=purpose, active=True)
    picture = next((key.picture for key in former if key.picture), "")
    former.update(active=False)
    fingerprint = certificate.fingerprint(hashes.SHA256()).hex()
    if SigningKey.objects.filter(fingerprint=fingerprint).exclude(
        owner_key=owner_key, purpose=purpose
    ):
        raise SigningRefused(_("Chứng thư này đã đăng ký cho người khác."))
    row, _created = SigningKey.objects.update_or_create(
        fingerprint=fingerprint,
        defaults={
            "owner_key": owner_key,
            "purpose": purpose,
            "certificate": pem(certificate),
            "chain": "".join(map(pem, chain)),
            "demo": demo_ca.is_demo(certificate),
            "not_after": certificate.not_valid_after_utc,
            "active": True,
            "picture": picture,
            **_NOWHERE,
            **private,
        },
    )
    return row

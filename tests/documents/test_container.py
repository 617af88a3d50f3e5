"""The container of a signature, byte for byte what pyHanko builds out of its own objects."""

import asyncio
import functools

import pytest
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pyhanko.sign.signers import Signer

from documents.signing.signer import LoadedSigner, SoftwareHand

from .authority import DER, Authority

DIGEST = bytes(range(32))
KEYS = {
    "P-256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "RSA-2048": lambda: rsa.generate_private_key(65537, 2048),
}


@pytest.fixture(scope="module")
def authority():
    return Authority("Cơ quan chứng thực của bài thử")


@pytest.fixture(params=KEYS)
def signer(request, authority):
    """Its hand signs the same words only once: elliptic curves never give the same twice."""
    key = KEYS[request.param]()
    names = ("Trần Quốc Hưng", "Trung gian")
    own, between = (authority.issue(name, key.public_key()) for name in names)
    certificate, *chain = (
        asn1.Certificate.load(item.public_bytes(DER)) for item in (own, between, authority.root)
    )
    hand = SoftwareHand(key)
    hand.sign = functools.cache(hand.sign)
    return LoadedSigner(hand, key.public_key(), certificate, chain)


def built(signer, **settings):
    """By us, and by the library for the same signer."""
    ways = (LoadedSigner.async_sign, Signer.async_sign)
    return [
        asyncio.run(way(signer, DIGEST, "sha256", use_pades=True, **settings)).dump()
        for way in ways
    ]


def test_the_container_is_the_library_s_own(signer):
    ours, theirs = built(signer)

    assert ours == theirs


def test_a_time_stamp_stands_where_the_library_puts_it(signer, authority):
    # Of a dry run both ask for the same stamp.
    ours, theirs = built(signer, timestamper=authority.stamper(), dry_run=True)

    assert ours == theirs


def test_a_dry_run_is_as_long_as_a_signature_may_get(signer):
    dry, real = (built(signer, dry_run=dry)[0] for dry in (True, False))

    assert 0 <= len(dry) - len(real) <= 9


def test_another_profile_is_refused(signer):
    with pytest.raises(ValueError, match="PAdES"):
        asyncio.run(signer.async_sign(DIGEST, "sha256", use_pades=False))

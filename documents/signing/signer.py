"""Who signs while a key is open: a loaded key or a device, in the shape that pyHanko asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from asn1crypto.algos import SignedDigestAlgorithm
from asn1crypto.cms import CMSAttributes, ContentInfo
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from . import archives, tokens
from .container import Container, attributes, to_sign
from .tokens import Place

PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey


class Hand(Protocol):
    """What makes the raw signature: a loaded key, or a device."""

    def sign(self, data: bytes) -> bytes: ...


class SoftwareHand:
    def __init__(self, key: archives.PrivateKey) -> None:
        self._key = key

    def sign(self, data: bytes) -> bytes:
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))


class TokenHand:
    """Opens the device for each signature: between them nobody is signed in to it."""

    def __init__(self, place: Place, pin: str, public: PublicKey) -> None:
        self._place, self._pin, self._public = place, pin, public

    def sign(self, data: bytes) -> bytes:
        return tokens.sign(self._place, self._pin, data, self._public)


class LoadedSigner(Signer):  # type: ignore[misc]  # pyHanko's types are not followed
    """Signs with a key that is already open, PAdES over SHA-256 and nothing else.

    The stock signer parses the key at every call and signs in the dry run too; and both calls build
    the container out of the library's objects, which costs more than the rest of a signature.
    """

    def __init__(
        self, hand: Hand, public: PublicKey, certificate: Any, chain: Iterable[Any]
    ) -> None:
        registry = SimpleCertificateStore()
        registry.register_multiple(chain)
        super().__init__(
            signing_cert=certificate,
            cert_registry=registry,
            embed_roots=False,
            signature_mechanism=_mechanism(public),
        )
        self._hand, self._public = hand, public
        below_roots = [item for item in registry if item.self_signed == "no"]
        self._container = Container(certificate, below_roots, _mechanism(public).dump())

    async def async_sign(
        self,
        data_digest: bytes,
        digest_algorithm: str,
        dry_run: bool = False,
        use_pades: bool = False,
        timestamper: Any = None,
        **others: Any,
    ) -> Any:
        """The container with the signature over this digest; in a dry run one of the same size.

        ``others``, settings for other profiles than PAdES baseline, are not looked at.
        """
        if not use_pades or digest_algorithm != "sha256":
            raise ValueError("only PAdES over SHA-256 is signed here")
        signed = attributes(data_digest, self.signing_cert)
        signature = await self.async_sign_raw(to_sign(signed), digest_algorithm, dry_run)
        stamp = await self.unsigned_attrs(
            digest_algorithm,
            signature,
            signed_attrs=CMSAttributes.load(to_sign(signed)),
            timestamper=timestamper,
            dry_run=dry_run,
        )
        unsigned = [item.dump() for item in stamp or ()]
        return ContentInfo.load(self._container.around(signature, signed, unsigned))

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """The raw signature; in a dry run as many zeros as it may take."""
        if not dry_run:
            return self._hand.sign(data)
        if isinstance(self._public, rsa.RSAPublicKey):
            return bytes(self._public.key_size // 8)
        # Two integers of the curve's size and nine bytes of DER around them.
        return bytes(2 * ((self._public.key_size + 7) // 8) + 9)


def _mechanism(public: PublicKey) -> SignedDigestAlgorithm:
    name = "sha256_rsa" if isinstance(public, rsa.RSAPublicKey) else "sha256_ecdsa"
    return SignedDigestAlgorithm({"algorithm": name})

"""The container of a signature in the file: CMS SignedData (RFC 5652) as PAdES wants it.

Three signed attributes: the type of the content, its digest, the signer's certificate
(ETSI EN 319 122-1, 5.2.2.3). The library builds the same bytes out of a tree of objects, and builds
it twice for each signature, once only to learn its size: two thirds of what a signature costs. Here
the few fields around the certificates are written as they are.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from asn1crypto.algos import DigestAlgorithm
from asn1crypto.cms import CMSAttributeType, ContentType
from asn1crypto.core import Integer, OctetString
from asn1crypto.parser import emit

_SHA256 = DigestAlgorithm({"algorithm": "sha256"}).dump()
_DATA = ContentType("data").dump()
_SIGNED_DATA = ContentType("signed_data").dump()
_ONE = Integer(1).dump()


def _sequence(*parts: bytes) -> bytes:
    return bytes(emit(0, 1, 16, b"".join(parts)))


def _set(*parts: bytes) -> bytes:
    """In the order of DER: smallest bytes first."""
    return bytes(emit(0, 1, 17, b"".join(sorted(parts))))


def _tagged(number: int, *parts: bytes) -> bytes:
    return bytes(emit(2, 1, number, b"".join(parts)))


def _attribute(name: str, value: bytes) -> bytes:
    return _sequence(CMSAttributeType(name).dump(), _set(value))


def attributes(digest: bytes, certificate: Any) -> list[bytes]:
    """The signed attributes over a document of this SHA-256; see :func:`to_sign`."""
    names = _sequence(_tagged(4, certificate.issuer.dump()))
    named = _sequence(names, certificate["tbs_certificate"]["serial_number"].dump())
    print_of_it = OctetString(hashlib.sha256(certificate.dump()).digest()).dump()
    return [
        _attribute("content_type", _DATA),
        _attribute("message_digest", OctetString(digest).dump()),
        _attribute("signing_certificate_v2", _sequence(_sequence(_sequence(print_of_it, named)))),
    ]


def to_sign(signed: list[bytes]) -> bytes:
    """What the key signs (RFC 5652, 5.4): the attributes as a set of their own."""
    return _set(*signed)


@dataclass(frozen=True)
class Container:
    """What surrounds a signature: its certificate, the chain, and how it is made
    (``AlgorithmIdentifier`` in DER)."""

    certificate: Any
    chain: list[Any]
    mechanism: bytes

    def around(self, signature: bytes, signed: list[bytes], unsigned: list[bytes]) -> bytes:
        """``ContentInfo`` in DER; ``unsigned`` attributes are a time stamp, or none."""
        signer = _sequence(
            _ONE,
            _sequence(
                self.certificate.issuer.dump(),
                self.certificate["tbs_certificate"]["serial_number"].dump(),
            ),
            _SHA256,
            _tagged(0, *sorted(signed)),
            self.mechanism,
            OctetString(signature).dump(),
            *([_tagged(1, *sorted(unsigned))] if unsigned else []),
        )
        certificates = {item.dump() for item in (self.certificate, *self.chain)}
        content = _sequence(
            _ONE,
            _set(_SHA256),
            _sequence(_DATA),
            _tagged(0, *sorted(certificates)),
            _set(signer),
        )
        return _sequence(_SIGNED_DATA, _tagged(0, content))

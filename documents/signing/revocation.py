"""Lists of revoked certificates (CRL): which are at hand, how they are fetched, what they say.

Verification reads only what is at hand: the folder ``settings.CRL_FOLDER``, the demo authority's
own list, and what a file brings along. Fetching happens when we sign, and by ``fetch_crls``.
"""

from __future__ import annotations

import asyncio
import datetime
import hashlib
import urllib.request
from collections.abc import Iterable, Iterator
from functools import lru_cache
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from asn1crypto import crl as asn1
from asn1crypto import pem
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    RevokedError,
)
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

from .. import atomic
from . import demo_ca

GOOD, REVOKED, UNKNOWN = "good", "revoked", "unknown"
LARGEST = 5_000_000  # bytes of a list we fetch
EMBEDDED = 300_000  # bytes of lists we put into a document
# After an address did not answer, nobody waits for it again for so long.
PAUSE_SECONDS = 60

# The certificate itself must be on the word of a list; an authority above it where it names one.
_HARD = CertRevTrustPolicy(
    RevocationCheckingPolicy(
        ee_certificate_rule=RevocationCheckingRule.CRL_OR_OCSP_REQUIRED,
        intermediate_ca_cert_rule=RevocationCheckingRule.CHECK_IF_DECLARED,
    ),
    # A list issued after the signature says with the date of each revocation what was so then.
    retroactive_revinfo=True,
)
_SOFT = CertRevTrustPolicy(
    RevocationCheckingPolicy.from_legacy("soft-fail"), retroactive_revinfo=True
)


def at_hand() -> list[Any]:
    """The lists this installation keeps; a broken file counts for nothing."""
    files = sorted(Path(settings.CRL_FOLDER).glob("*.crl"))
    if settings.DEMO_KEYS_ALLOWED and demo_ca.crl_file().exists():
        files.append(demo_ca.crl_file())
    return [found for found in map(_read, files) if found is not None]


def context(
    roots: list[Any], lists: list[Any], moment: datetime.datetime, *, hard: bool, **more: Any
) -> ValidationContext:
    """What the library needs to judge a certificate as of ``moment``; it may fetch nothing."""
    return ValidationContext(
        trust_roots=roots,
        crls=lists,
        allow_fetching=False,
        moment=moment,
        revinfo_policy=_HARD if hard else _SOFT,
        **more,
    )


def judged(
    certificate: Any,
    others: Iterable[Any],
    roots: list[Any],
    lists: list[Any],
    moment: datetime.datetime,
) -> tuple[str, str]:
    """What is wrong with a certificate as of ``moment``, and what is known of its revocation.

    The first is ``""``, ``"revoked"``, ``"expired"``, ``"early"`` or ``"untrusted"``; the second
    :data:`GOOD`, :data:`REVOKED` or :data:`UNKNOWN`.
    """
    # The soft policy does not even look at a list that the certificate does not name: hard first.
    found = _problem(certificate, others, context(roots, lists, moment, hard=True))
    if not found:
        return "", GOOD
    if found == "revoked":
        return found, REVOKED
    return _problem(certificate, others, context(roots, lists, moment, hard=False)), UNKNOWN


def _problem(certificate: Any, others: Iterable[Any], judging: ValidationContext) -> str:
    validator = CertificateValidator(
        certificate, intermediate_certs=list(others), validation_context=judging
    )
    try:
        asyncio.run(validator.async_validate_usage(set()))
    except RevokedError:
        return "revoked"
    except ExpiredError:
        return "expired"
    except NotYetValidError:
        return "early"
    except InsufficientRevinfoError:
        return "unknown"
    # The certificate may come from anybody: whatever breaks means that nothing is proven.
    except Exception:
        return "untrusted"
    return ""


def relevant(lists: Iterable[Any], certificates: Iterable[Any]) -> list[Any]:
    """The lists by the issuers of these certificates, if small enough to put into a document."""
    issuers = {item.issuer.hashable for item in certificates}
    found = [item for item in lists if item.issuer.hashable in issuers]
    return found if sum(len(item.dump()) for item in found) <= EMBEDDED else []


def refresh(certificates: Iterable[Any]) -> list[str]:
    """Fetch the lists these certificates name where ours are not fresh; returns the addresses that
    did not answer. Waits ``settings.NETWORK_SECONDS`` for each at most."""
    addresses = {address for item in certificates for address in _addresses(item)}
    return [
        address for address in sorted(addresses) if not _is_fresh(address) and not _kept(address)
    ]


def _addresses(certificate: Any) -> Iterator[str]:
    """The web addresses of a certificate's lists; a directory (``ldap:``) is not asked."""
    for point in certificate.crl_distribution_points:
        if point.url and urlsplit(point.url).scheme in ("http", "https"):
            yield point.url


def _file(address: str) -> Path:
    name = hashlib.sha256(address.encode()).hexdigest()[:32]
    return Path(settings.CRL_FOLDER) / f"{name}.crl"


def _is_fresh(address: str) -> bool:
    found = _read(_file(address)) if _file(address).exists() else None
    until = found["tbs_cert_list"]["next_update"].native if found is not None else None
    return until is not None and until > timezone.now()


def _kept(address: str) -> bool:
    silent = f"documents.silent:{hashlib.sha256(address.encode()).hexdigest()}"
    if cache.get(silent):
        return False
    try:
        data = _fetched(address)
        _parsed(data)
    except (OSError, ValueError, TypeError, HTTPException):
        cache.set(silent, True, PAUSE_SECONDS)
        return False
    atomic.write(_file(address), data)
    return True


def _fetched(address: str) -> bytes:
    # Only addresses out of certificates an office enrolled, and only over the web (_addresses).
    with urllib.request.urlopen(address, timeout=settings.NETWORK_SECONDS) as answer:  # noqa: S310
        data: bytes = answer.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError("the list is too large")
    return data


def _read(path: Path) -> Any:
    try:
        told = path.stat()
    except OSError:
        return None
    return _unchanged(path, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=32)
def _unchanged(path: Path, _mtime: int, _size: int) -> Any:
    """A list parsed once: one of an authority of a country takes seconds. Every part of it is
    parsed here, so that threads only read."""
    try:
        return _parsed(path.read_bytes())
    except (OSError, ValueError, TypeError):
        return None


def _parsed(data: bytes) -> Any:
    """The list in DER or PEM; ``ValueError`` for anything else. Its signature is checked where it
    is used."""
    if pem.detect(data):
        data = pem.unarmor(data)[2]
    found = asn1.CertificateList.load(data, strict=True)
    assert isinstance(found["tbs_cert_list"].native, dict)
    return found

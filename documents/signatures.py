"""Reading the signatures of a PDF: what they say, whose they are, whether they hold.

The file may come from anybody. Trust is decided by the certificates of this installation alone;
nothing named in the file is ever fetched.
"""

from __future__ import annotations

import asyncio
import datetime
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from cryptography import x509
from django.conf import settings
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from . import demo_ca
from .reader import Reader

T = TypeVar("T")

# A refused signature is our answer, not an incident: without this every attack fills the log.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Signature:
    """One signature found in a file.

    ``intact``: the signed bytes are those that were signed. ``trusted``: the certificate leads to
    one of our roots and was valid at the moment asked for. ``holds``: pyHanko's bottom line, which
    adds that nothing forbidden followed. ``reason`` and ``address`` are under the signature.
    """

    field: str
    signer: str
    fingerprint: str
    certifies: bool
    reason: str
    address: str
    signed_at: str
    intact: bool
    trusted: bool
    holds: bool


class Unreadable(Exception):
    """The bytes are not a PDF that can be read."""


def open_pdf(data: bytes) -> Reader:
    """A strict reader; :class:`Unreadable` for anything that is not a sound PDF."""
    try:
        reader = Reader(data)
        list(reader.embedded_signatures)
    # The parser meets hostile bytes here: whatever it raises means the file cannot be read.
    except Exception as error:
        raise Unreadable(str(error)) from error
    return reader


def addresses(reader: Reader) -> Iterator[str]:
    """The public addresses the signatures name, not yet verified: only good for a search."""
    for embedded in reader.embedded_signatures:
        yield _text(embedded, "/ContactInfo")


def read_all(reader: Reader, moment_of: Callable[[str], datetime.datetime]) -> list[Signature]:
    """Every signature, in the order they were made, each judged as of its field's moment."""
    trusted = roots()
    return [
        _judged(embedded, moment_of(str(embedded.field_name)), trusted)
        for embedded in reader.embedded_signatures
    ]


def roots() -> list[Any]:
    """The certificates this installation trusts: ``settings.TRUST_ROOTS/*.pem``, and the demo root
    only where demo keys may sign (one copied among the others does not count either)."""
    files = sorted(Path(settings.TRUST_ROOTS).glob("*.pem"))
    found = [data for data in map(Path.read_bytes, files) if not _is_demo(data)]
    if settings.DEMO_KEYS_ALLOWED and demo_ca.root_file().exists():
        found.append(demo_ca.root_file().read_bytes())
    return [certificate for data in found for certificate in load_certs_from_pemder_data(data)]


def _is_demo(data: bytes) -> bool:
    return any(demo_ca.is_demo(item) for item in x509.load_pem_x509_certificates(data))


def _judged(embedded: Any, moment: datetime.datetime, trusted_roots: list[Any]) -> Signature:
    status = _or(None, lambda: asyncio.run(_validated(embedded, moment, trusted_roots)))
    signed_at = _or(None, lambda: embedded.self_reported_timestamp)
    return Signature(
        field=str(embedded.field_name),
        signer=_or("", lambda: str(embedded.signer_cert.subject.native["common_name"])),
        fingerprint=_or("", lambda: str(embedded.signer_cert.sha256.hex())),
        certifies=_or(False, lambda: _certifies(embedded)),
        reason=_text(embedded, "/Reason"),
        address=_text(embedded, "/ContactInfo"),
        signed_at=signed_at.isoformat() if signed_at else "",
        intact=bool(status and status.intact and status.valid),
        trusted=bool(status and status.trusted),
        holds=bool(status and status.bottom_line),
    )


async def _validated(embedded: Any, moment: datetime.datetime, trusted_roots: list[Any]) -> Any:
    context = ValidationContext(
        trust_roots=trusted_roots,
        allow_fetching=False,
        moment=moment,
        # No list of revoked certificates is within reach: the verdict says so beside its answer.
        revocation_mode="soft-fail",
    )
    return await async_validate_pdf_signature(embedded, context)


def _certifies(embedded: Any) -> bool:
    """Whether the catalog names this signature as the certification, and it limits changes."""
    named = embedded.reader.root["/Perms"].raw_get("/DocMDP")
    return named == embedded.sig_field.raw_get("/V") and embedded.docmdp_level is not None


def _text(embedded: Any, key: str) -> str:
    return _or("", lambda: str(embedded.sig_object.get(key, "")))


def _or(default: T, read: Callable[[], T]) -> T:
    """What ``read`` finds; ``default`` when the file is too broken to tell.

    The bytes are hostile: whatever a parser raises here means the same, that nothing is proven.
    """
    try:
        return read()
    except Exception:
        return default

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

from asn1crypto import crl
from cryptography import x509
from django.conf import settings
from django.utils import timezone
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from ..public import token_in
from ..signing import demo_ca, revocation
from ..signing.revocation import GOOD, UNKNOWN
from ..signing.stamps import Stamp, of_document, of_signature
from .reader import Reader

T = TypeVar("T")

# What a signature should have and could not get, as stored with its file.
NO_STAMP, NO_LIST = "stamp", "revocation"

# A refused signature is our answer, not an incident: without this every attack fills the log.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Signature:
    """One signature found in a file.

    ``intact``: the signed bytes are those that were signed. ``trusted``: the certificate leads to
    one of our roots and was valid at the moment asked for. ``holds``: pyHanko's bottom line, which
    adds that nothing forbidden followed. ``reason`` and ``address`` are under the signature.

    ``stamp`` is the time of a trusted time stamp (ISO), and ``stamped_by`` whose it is. ``problem``
    names what is wrong: ``broken``, ``revoked``, ``expired``, ``early``, ``untrusted``, ``weak``
    (an algorithm nobody relies on any more), ``partial`` (it does not cover the file it stands in),
    ``stamp`` (the time stamp inside is broken), ``stamper`` (it is of nobody trusted here),
    ``changed`` (something forbidden followed). ``revocation``: ``good``, ``revoked``, ``unknown``;
    ``lasting`` when the lists that say so are in the file.
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
    stamp: str = ""
    stamped_by: str = ""
    problem: str = ""
    revocation: str = UNKNOWN
    lasting: bool = False

    @property
    def answer(self) -> str:
        """``"valid"``, ``"invalid"``, or ``"unknown"``: no list says that it is not revoked."""
        if self.problem or not self.holds:
            return "invalid"
        return "valid" if self.revocation == GOOD else "unknown"

    @property
    def level(self) -> str:
        """The level of PAdES (ETSI EN 319 142-1) that was reached."""
        if not self.stamp:
            return "B-B"
        return "B-LT" if self.lasting else "B-T"

    def lacks(self, *, lasting: bool = False) -> str:
        """What the signature should have and has not, space separated; ``lasting``: B-LT."""
        listed = self.lasting if lasting else self.revocation == GOOD
        return " ".join(
            name for name, there in ((NO_STAMP, self.stamp), (NO_LIST, listed)) if not there
        )


class Unreadable(Exception):
    """The bytes are not a PDF that can be read."""


class Locked(Unreadable):
    """A PDF under a password, or encrypted without one: ours never are."""


def open_pdf(data: bytes) -> Reader:
    """A strict reader; :class:`Unreadable` for anything that is not a sound PDF."""
    try:
        reader = Reader(data)
        if reader.encrypted:
            raise Locked
        list(reader.embedded_signatures)
    except Locked:
        raise
    # The parser meets hostile bytes here: whatever it raises means the file cannot be read.
    except Exception as error:
        raise Unreadable(str(error)) from error
    return reader


def addresses(reader: Reader) -> Iterator[str]:
    """The public addresses the signatures name, not yet verified: only good for a search."""
    for embedded in reader.embedded_signatures:
        yield _text(embedded, "/ContactInfo")


def made_elsewhere(data: bytes, token: str) -> list[str]:
    """The fields signed with somebody's own tool: what is signed here names the document's public
    address, and the reason with it (a digest, a head of the ledger); such a tool writes neither."""
    found = open_pdf(data).embedded_regular_signatures
    return [str(e.field_name) for e in found if token_in(_text(e, "/ContactInfo")) != token]


def read_all(reader: Reader, moment_of: Callable[[str], datetime.datetime]) -> list[Signature]:
    """Every signature, in the order they were made, each judged as of its time stamp, without one
    as of its field's moment. Time stamps over the whole document are not among them."""
    inside: list[Any] = _or([], lambda: list(_lists_in(reader)))
    trust = _Trust(roots(), revocation.at_hand(), inside)
    stamps: list[Stamp] = _or([], lambda: list(of_document(reader, trust.context(timezone.now()))))
    return [
        _judged(embedded, moment_of(str(embedded.field_name)), trust, stamps)
        for embedded in reader.embedded_regular_signatures
    ]


def stands_as_signed(reader: Reader) -> bool:
    """Whether nothing but evidence followed the last signature, whoever made it. May raise anything
    for a hostile file."""
    last = reader.embedded_regular_signatures[-1]
    last.compute_integrity_info()
    return bool(last.summarise_integrity_info()["docmdp_ok"])


@dataclass(frozen=True)
class _Trust:
    """What decides: our roots, the revocation lists we keep and those the file brings."""

    roots: list[Any]
    at_hand: list[Any]
    inside: list[Any]

    def context(self, moment: datetime.datetime) -> ValidationContext:
        lists = [*self.at_hand, *self.inside]
        return revocation.context(self.roots, lists, moment, hard=False)


def _lists_in(reader: Reader) -> Iterator[Any]:
    # Indexing follows references, ``get`` does not.
    if "/DSS" not in reader.root or "/CRLs" not in reader.root["/DSS"]:
        return
    for entry in reader.root["/DSS"]["/CRLs"]:
        yield crl.CertificateList.load(entry.get_object().read_data(DecodePurpose.CERTIFICATE))


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


def _judged(
    embedded: Any, moment: datetime.datetime, trust: _Trust, later: list[Stamp]
) -> Signature:
    own = _or(None, lambda: of_signature(embedded, trust.context(timezone.now())))
    # A stamp from before the signature says nothing about it.
    covering = (stamp for stamp in later if stamp.revision > embedded.signed_revision)
    stamp = own or next(covering, None)
    moment = stamp.time if stamp else moment
    status = _or(None, lambda: asyncio.run(_validated(embedded, moment, trust)))
    problem, known = _of_certificate(embedded, moment, trust)
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
        trusted=bool(status and status.trusted and not problem),
        holds=bool(status and status.bottom_line and not problem),
        stamp=stamp.time.isoformat() if stamp else "",
        stamped_by=stamp.by if stamp else "",
        problem=_problem(status, problem),
        revocation=known,
        lasting=_or(False, lambda: bool(revocation.relevant(trust.inside, [embedded.signer_cert]))),
    )


def _of_certificate(embedded: Any, moment: datetime.datetime, trust: _Trust) -> tuple[str, str]:
    return _or(
        ("untrusted", UNKNOWN),
        lambda: revocation.judged(
            embedded.signer_cert,
            embedded.other_embedded_certs,
            trust.roots,
            [*trust.at_hand, *trust.inside],
            moment,
        ),
    )


def _problem(status: Any, of_certificate: str) -> str:
    if not (status and status.intact and status.valid):
        return "broken"
    if of_certificate:
        return of_certificate
    if status.bottom_line:
        return ""
    if not status.trusted:
        return "weak"
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return "partial"
    unchanged = status.docmdp_ok or status.modification_level is None
    return (unchanged and _problem_of_stamps(status)) or "changed"


def _problem_of_stamps(status: Any) -> str:
    """A time stamp inside a signature that does not hold spoils it: nobody signed it away."""
    inside = (status.timestamp_validity, status.content_timestamp_validity)
    stamps = [stamp for stamp in inside if stamp is not None]
    if any(not (stamp.intact and stamp.valid) for stamp in stamps):
        return "stamp"
    return "stamper" if any(not stamp.trusted for stamp in stamps) else ""


async def _validated(embedded: Any, moment: datetime.datetime, trust: _Trust) -> Any:
    return await async_validate_pdf_signature(
        embedded, trust.context(moment), ts_validation_context=trust.context(timezone.now())
    )


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

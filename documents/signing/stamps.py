"""Time stamps (RFC 3161) in a file: when, by whom, and whether we trust who says so."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyhanko.sign.validation import async_validate_pdf_timestamp
from pyhanko.sign.validation.generic_cms import (
    extract_tst_data_iter,
    message_imprint_checker,
    validate_tst_signed_data,
)
from pyhanko.sign.validation.status import SignatureCoverageLevel, TimestampSignatureStatus

from ..verification.reader import Reader


@dataclass(frozen=True)
class Stamp:
    """A time that a trusted authority vouches for. ``revision`` is the one of the file that it
    covers; a stamp over one signature covers that alone."""

    time: datetime.datetime
    by: str
    revision: int = -1


def of_signature(embedded: Any, context: Any) -> Stamp | None:
    """The time stamp over one signature, None when it has none that holds."""
    info = embedded.signer_info
    for token in extract_tst_data_iter(info, signed=False):
        told = asyncio.run(validate_tst_signed_data(token, context, message_imprint_checker(info)))
        status = TimestampSignatureStatus(**told)
        if _holds(status):
            return _stamp(status)
    return None


def of_document(reader: Reader, context: Any) -> Iterator[Stamp]:
    """The time stamps over the whole document that hold, first the oldest: what was signed in the
    revisions below existed then, what came later did not."""
    for embedded in reader.embedded_timestamp_signatures:
        status = asyncio.run(async_validate_pdf_timestamp(embedded, context, skip_diff=True))
        if _holds(status) and status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION:
            yield _stamp(status, embedded.signed_revision)


def _holds(status: Any) -> bool:
    return bool(status.intact and status.valid and status.trusted)


def _stamp(status: Any, revision: int = -1) -> Stamp:
    name = status.signing_cert.subject.native.get("common_name", "?")
    return Stamp(status.timestamp, str(name), revision)

"""What makes a signature last: a time stamp (PAdES B-T) and revocation lists inside (B-LT).

Both come from elsewhere. When they are out of reach we sign without them and say so: a commune
must be able to issue a decision on the day the line is down. What lacks is named on the document
and may be added later (:mod:`documents.signing.completing`).
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko_certvalidator.errors import PathError, ValidationError

from ..errors import SigningRefused
from ..verification import signatures
from ..verification.signatures import NO_LIST, NO_STAMP
from . import revocation

_log = logging.getLogger(__name__)
_SILENT = "documents.silent:tsa"
# What asking a time-stamp authority may raise: the line, the answer, the trust in who answered.
TROUBLE = (TimestampRequestError, OSError, ValueError, PathError, ValidationError, TimeoutError)


@dataclass
class Evidence:
    """What goes into one signature; ``lacks`` names what could not be had."""

    stamper: Any = None
    context: Any = None
    lacks: list[str] = field(default_factory=list)

    def without_stamp(self) -> Evidence:
        """The authority answered before and does not now."""
        return Evidence(None, self.context, [*self.lacks, NO_STAMP])


def gather(certificate: Any, chain: list[Any], *, lasting: bool) -> Evidence:
    """Evidence for a signature made now with ``certificate``; ``lasting`` asks for B-LT.

    Raises :class:`SigningRefused` when a list says that the certificate is revoked.
    """
    found = Evidence(stamper=stamper())
    if found.stamper is None:
        found.lacks.append(NO_STAMP)
    revocation.refresh([certificate, *chain])
    lists, roots, now = revocation.at_hand(), signatures.roots(), timezone.now()
    problem, known = revocation.judged(certificate, chain, roots, lists, now)
    if problem == "revoked":
        raise SigningRefused(_("Chứng thư số này đã bị thu hồi: không ký được nữa."))
    if known != revocation.GOOD:
        found.lacks.append(NO_LIST)
    elif lasting:
        used = revocation.relevant(lists, [certificate, *chain, *_of_stamper(found.stamper)])
        if used:
            found.context = revocation.context(roots, used, now, hard=False, other_certs=chain)
    return found


def stamper() -> Any:
    """The time-stamp authority of ``settings.TSA_URL`` if it answers and leads to a trusted root;
    None without one."""
    if not settings.TSA_URL or cache.get(_SILENT):
        return None
    found = HTTPTimeStamper(settings.TSA_URL, timeout=settings.NETWORK_SECONDS)
    try:
        asyncio.run(_trusted(found))
    except TROUBLE as error:
        _log.warning("No time stamp from %s: %s", settings.TSA_URL, error)
        gone()
        return None
    return found


def gone() -> None:
    """Nobody waits for the authority again for a minute: a batch would wait sixty times."""
    cache.set(_SILENT, True, revocation.PAUSE_SECONDS)


async def _trusted(found: Any) -> None:
    await found.async_dummy_response("sha256")
    judging = revocation.context(
        signatures.roots(), revocation.at_hand(), timezone.now(), hard=False
    )
    async for _path in found.validation_paths(judging):
        return
    raise ValueError("the authority sent no certificate of its own")


def _of_stamper(found: Any) -> list[Any]:
    return list(found.cert_registry) if found is not None else []

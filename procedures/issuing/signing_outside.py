"""Signing and sealing with a tool of one's own: take the file, bring it back signed.

As in :mod:`procedures.issuing.signing`, two acts around what happens elsewhere; here it happens on
the signer's own computer and may take the rest of the day.
"""

from __future__ import annotations

from typing import Any

from documents import service as documents
from documents.service import Download
from workflows import service as workflows
from workflows.service import perform

from ..models import Dossier
from .signing import refusing


def fetch(dossier: Dossier, kind: str, *, by: Any, seen: int, **numbered: Any) -> Dossier:
    """Reserve the number until midnight and prepare the file to be signed.

    Raises :class:`~workflows.errors.Refusal`, before any number is taken where ``by`` has no
    certificate registered.
    """
    reserved = perform(dossier, f"reserve_{kind}", by=by, seen=seen, **_outside(), **numbered)
    try:
        prepared(reserved, kind)
    except BaseException:
        # Whatever broke, the case must not stay frozen until midnight.
        workflows.give_back(reserved, by)
        raise
    return reserved


def is_fetched(dossier: Dossier, by: Any) -> bool:
    """Whether ``by`` has taken the file of this dossier and may bring it back."""
    return dossier.held and dossier.held_for_the_day and dossier.hold_by_id == by.pk


def prepared(dossier: Dossier, kind: str) -> Download:
    """The file to sign. Drawn now where the first attempt was cut off before."""
    paper = dossier.written(kind)
    assert dossier.hold is not None
    with refusing():
        return documents.download(paper, documents.prepare(paper, attempt=dossier.hold))


def bring(dossier: Dossier, kind: str, *, by: Any, seen: int, data: bytes) -> Dossier:
    """Take the signed file in. A file that is refused leaves everything as it was: the next one
    may be brought until midnight."""
    with refusing("file"):
        documents.judge_outside(dossier.written(kind), data)
    said: dict[str, Any] = {"hold": dossier.hold, "file": data, **_outside()}
    return perform(dossier, dossier.signing_act(kind), by=by, seen=seen, **said)


def bring_countersigned(dossier: Dossier, *, by: Any, seen: int, data: bytes) -> Dossier:
    """Take in the chair's file as the secretary signed it with a tool of his own."""
    workflows.authorise(dossier, workflows.declared_act(dossier, "countersign_minutes"), by=by)
    with refusing("file"):
        documents.judge_outside(dossier.written("decision"), data)
    return perform(dossier, "countersign_minutes", by=by, seen=seen, file=data, **_outside())


def bring_sealed(dossier: Dossier, *, by: Any, seen: int, data: bytes) -> Dossier:
    """Take in the file that the clerk sealed with the agency's own token, and release it."""
    act = workflows.declared_act(dossier, "seal_decision")
    workflows.authorise(dossier, act, by=by)
    with refusing("file"):
        documents.judge_outside(dossier.written("decision"), data)
    sealed = perform(dossier, "seal_decision", by=by, seen=seen, file=data, **_outside())
    return perform(sealed, "release_decision", by=by, seen=sealed.revision)


def _outside() -> dict[str, Any]:
    """What the acts are told, and the ledger with them."""
    return {"outside": True, "facts": {"outside": True}}

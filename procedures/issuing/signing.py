"""Signing and sealing: two acts around a slow job done outside any transaction.

The first act reserves number and ticket, the second stores the signed file and moves on. Killed in
between, the number stays and the case goes back to its signer's tray (``finish_signing``).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from documents import service as documents
from documents.errors import DocumentRefused
from documents.model import Content
from workflows import authority, engine, ledger
from workflows import service as workflows
from workflows.authority import Capacity
from workflows.errors import Refusal
from workflows.service import perform

from .. import papers
from ..models import Dossier
from ..models.ways import Asking
from . import signers

# States of a document whose page may still change.
DRAFTED = ("reserved", "prepared", "void")


@contextmanager
def refusing(field: str = "") -> Iterator[None]:
    """Turn a refusal of the documents into one of the engine, at a form field."""
    try:
        yield
    except DocumentRefused as refused:
        raise Refusal(refused.sentence, field=refused.field or field) from refused


@sensitive_variables("passphrase", "opened")
def sign(
    dossier: Dossier, kind: str, *, by: Any, seen: int, passphrase: str, **numbered: Any
) -> Dossier:
    """Sign the document of ``kind`` ("submission", "decision") with the key of ``by``.

    ``numbered`` gives ``number`` and ``date`` of a Tờ trình that is numbered outside the system.
    Raises :class:`Refusal`; a wrong passphrase is refused before any number is taken.
    """
    opened = _opened(by, passphrase)
    reserved = perform(dossier, f"reserve_{kind}", by=by, seen=seen, **numbered)
    try:
        with refusing():
            assert reserved.hold is not None
            data = documents.sign(
                reserved.written(kind),
                attempt=reserved.hold,
                signer_key=signers.signer_key(by),
                opened=opened,
            )
        said: dict[str, Any] = {"hold": reserved.hold, "file": data}
        return perform(reserved, reserved.signing_act(kind), by=by, seen=reserved.revision, **said)
    except BaseException:
        # Whatever broke, the case must not stay frozen until the lease runs out.
        workflows.give_back(reserved, by)
        raise


@sensitive_variables("passphrase", "opened")
def countersign(dossier: Dossier, *, by: Any, seen: int, passphrase: str) -> Dossier:
    """Sign minutes as their secretary, after the chair: one act, for no number is taken.

    Raises :class:`Refusal`; nobody's key is touched for what he may not sign.
    """
    workflows.authorise(dossier, workflows.declared_act(dossier, "countersign_minutes"), by=by)
    opened = _opened(by, passphrase)
    with refusing("passphrase"):
        minutes, key = dossier.written("decision"), signers.signer_key(by)
        data = documents.countersign(minutes, signer_key=key, opened=opened)
    return perform(dossier, "countersign_minutes", by=by, seen=seen, file=data)


@sensitive_variables("passphrase")
def _opened(by: Any, passphrase: str) -> documents.LoadedSigner:
    """The key of ``by``, opened. Raises :class:`Refusal` at the passphrase."""
    key = signers.signer_key(by)
    if documents.signs_only_outside(key, "signer"):
        raise Refusal(
            _("Khóa ký của ông/bà ở thiết bị riêng. Ông/bà bấm “Ký bằng công cụ riêng” để ký."),
            field="passphrase",
        )
    with refusing("passphrase"):
        return documents.check_key(key, "signer", passphrase)


def refuse_not_now(dossier: Dossier, kind: str, *, by: Any) -> None:
    """Raise :class:`Refusal` when ``by`` could not sign the kind now: what a tray asks before it
    offers a paper."""
    act = workflows.declared_act(dossier, f"reserve_{kind}")
    dossier.why_not(act, workflows.authorise(dossier, act, by=by))


@sensitive_variables("passphrase")
def seal_and_release(dossier: Dossier, *, by: Any, seen: int, passphrase: str = "") -> Dossier:
    """Seal the signed decision and release it, one screen and two acts.

    ``passphrase`` opens the agency's key; a decision signed on paper was sealed by hand.
    """
    if dossier.state == "signed":
        dossier = seal(dossier, by=by, seen=seen, passphrase=passphrase)
        seen = dossier.revision
    return perform(dossier, "release_decision", by=by, seen=seen)


@sensitive_variables("passphrase")
def seal(dossier: Dossier, *, by: Any, seen: int, passphrase: str) -> Dossier:
    """The agency's seal over the signed file; it anchors the head of the ledger."""
    data: dict[str, Any] = {}
    decision = dossier.written("decision")
    if decision.medium == "electronic":
        # Asked before the key is touched: nobody seals a file he may not.
        workflows.authorise(dossier, workflows.declared_act(dossier, "seal_decision"), by=by)
        with refusing("passphrase"):
            data["file"] = documents.sealed_bytes(
                decision, passphrase, anchor=ledger.anchor(dossier.agency)
            )
            data["annexes"] = documents.sealed_annexes(decision, passphrase)
    return perform(dossier, "seal_decision", by=by, seen=seen, **data)


def preview(dossier: Dossier, kind: str, by: Any = None) -> bytes:
    """The PDF of a document as it now stands: the stored file, or the draft that would be signed.

    ``by`` is the reader: a signer reads the page with his own signature block.
    """
    paper = dossier.paper(kind)
    if paper is not None and paper.state not in DRAFTED:
        return documents.file_of(paper)
    return documents.preview(drafted(dossier, kind, by))


def annexes(dossier: Dossier, kind: str) -> list[bytes]:
    """The files of the annexes that stand apart from a document; a draft has them behind it."""
    paper = dossier.paper(kind)
    if paper is None or paper.state in DRAFTED:
        return []
    return [documents.annex_file(paper, one.ordinal) for one in documents.annexes_apart(paper)]


def draft_docx(dossier: Dossier, kind: str, by: Any = None) -> bytes:
    """The draft that would be signed as a file for a word processor (DOCX).

    Raises :class:`Refusal` once the document is signed: what is issued is the PDF alone.
    """
    paper = dossier.paper(kind)
    if paper is not None and paper.state not in DRAFTED:
        raise Refusal(_("Văn bản đã ký, không còn dự thảo. Ông/bà tải bản PDF."))
    return documents.draft_docx(drafted(dossier, kind, by))


def drafted(dossier: Dossier, kind: str, by: Any = None) -> Content:
    """What the document would say were it signed now, by ``by`` where he may sign it."""
    if kind == "proposal":
        return papers.proposal(
            dossier, author=dossier.author, at=dossier.submitted or timezone.now()
        )
    if kind == "submission" and dossier.asking == Asking.INITIALS:
        raise Refusal(_("Phòng ký nháy vào dự thảo, không lập Tờ trình."))
    block = signers.signature_block(dossier.kind_of(kind), likely_signer(dossier, kind, by))
    if kind == "submission" and dossier.asking == Asking.SLIP:
        return papers.slip(dossier, block)
    return papers.content(kind, dossier, block)


def likely_signer(dossier: Dossier, kind: str, by: Any = None) -> Capacity:
    """``by`` if he may sign, else the holder of the post itself.

    Raises :class:`Refusal` when nobody holds the post.
    """
    desk = dossier.desk(signers.SIGNING_ROLE[kind])
    fits = functools.partial(signers.may_sign, dossier, kind)
    held = authority.capacities(by) if by else []
    own = authority.capacity_at(desk, held, engine.fields(), fits)
    if own and fits(own):
        return own
    for capacity in signers.able_to_sign(dossier, kind):
        return capacity
    vacant = _("Chưa có người giữ chức vụ %(post)s.") % {"post": desk.label}
    raise Refusal(dossier.lacks_signer(kind) or vacant)

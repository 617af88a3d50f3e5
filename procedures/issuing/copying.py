"""An electronic copy under the agency's signature: drawn and signed outside any transaction, then
numbered, stored and released in one act. The file as it would be, or as it is."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from documents import service as documents
from workflows import ledger
from workflows import service as workflows
from workflows.authority import Capacity
from workflows.errors import Refusal
from workflows.service import perform
from workflows.states import State

from ..models import CopyRequest
from . import signers
from .signing import refusing


@sensitive_variables("passphrase")
def seal(
    asked: CopyRequest, *, by: Any, seen: int, passphrase: str = "", number: int | None = None
) -> CopyRequest:
    """Seal the copy and release it; a paper one was sealed by hand.

    Raises :class:`Refusal`; a wrong passphrase is refused before any number is taken.
    """
    if asked.by_hand:
        return perform(asked, "seal_copy", by=by, seen=seen)
    # Asked before the key is touched: nobody seals what he may not.
    workflows.judged(asked, "seal_copy", by=by, seen=seen)
    with refusing("passphrase"):
        sealed = documents.seal_copy(
            asked.says(),
            asked.series,
            passphrase=passphrase,
            anchor=ledger.anchor(asked.agency),
            pictures=pages_of(asked),
        )
    return perform(asked, "seal_copy", by=by, seen=seen, sealed=sealed, number=number)


def file_to_seal(asked: CopyRequest) -> bytes:
    """The file that was taken to be signed with the agency's own tool.

    Call outside any transaction. Raises :class:`Refusal` where none was taken, or it is over.
    """
    if asked.taken_out is None or asked.by_hand or asked.state != State.SIGNED:
        raise Refusal(_("Ông/bà lấy tệp để ký trước."))
    with refusing():
        return documents.copy_to_seal(asked.says(), asked.series, asked.taken_out, pages_of(asked))


def bring_sealed(
    asked: CopyRequest, *, by: Any, seen: int, data: bytes, number: int | None = None
) -> CopyRequest:
    """Take in the copy as the agency's own tool signed it, and release it. Raises
    :class:`Refusal`, at the field "file" for what is wrong with the file."""
    workflows.judged(asked, "seal_copy", by=by, seen=seen)
    if asked.taken_out is None:
        raise Refusal(_("Ông/bà lấy tệp để ký trước."))
    with refusing("file"):
        sealed = documents.sealed_outside(
            asked.says(), asked.series, asked.taken_out, data, pages_of(asked)
        )
    said: dict[str, Any] = {"sealed": sealed, "number": number, "facts": {"outside": True}}
    return perform(asked, "seal_copy", by=by, seen=seen, **said)


def pages_of(asked: CopyRequest) -> list[bytes]:
    """The pages a copy is made of, if it is; :class:`~documents.errors.FileDamaged`."""
    return [documents.read_scan(documents.page_name(sha256)).data for sha256 in asked.scans]


def to_be_signed_by(asked: CopyRequest) -> str:
    """Under whose block the copy would be drawn; empty where nobody's hand is waited for.

    Raises :class:`Refusal` where nobody can sign.
    """
    waits = asked.by_hand and asked.copy is None
    return signers.signer_key(_capacity(asked).user) if waits else ""


def _capacity(asked: CopyRequest, signer: int = 0) -> Capacity:
    able = [c for c in asked.able_to_sign() if not signer or c.user.pk == signer]
    # One given up is signed by nobody any more.
    if asked.state != State.CLEARED or not able:
        raise Refusal(_("Chưa có người ký được bản sao."))
    return able[0]


def file_of(asked: CopyRequest, signer: int = 0) -> bytes:
    """The copy as it is, or as it would be; on paper with the block of one able to sign it.

    Call outside any transaction. Raises :class:`Refusal` where nobody can sign.
    """
    if asked.copy is not None:
        return documents.file_of(asked.copy)
    if not asked.by_hand:
        return documents.preview_copy(asked.says(), asked.series, pages_of(asked))
    says = asked.says(signers.signature_block(asked.kind, _capacity(asked, signer)))
    return documents.blank_print(says, asked.series, timezone.localdate(), pages_of(asked))

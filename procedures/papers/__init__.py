"""One function per document: a record becomes a :class:`documents.model.Content`.

Nothing here knows layout. Wording follows the decree's forms and the source that governs the
commune; each function names what it follows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils import translation

from documents import service as documents
from documents.model import Content, SignatureBlock

from ..codes import CHANGE_MEMBERS, MEMBER_REQUESTS
from . import (
    announcing,
    appointing,
    commending,
    common,
    correction,
    correction_request,
    delegating,
    draft_paper,
    list_upward,
    member_proposal,
    members,
    report_upward,
    restructuring,
    restructuring_request,
    targets,
    team_report,
    training,
)
from . import proposal as _proposal
from .decision import decision
from .slip import slip as _slip
from .submission import submission

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import Dossier, Report

_PAPERS = {"decision": decision, "submission": submission}
# Procedures that write other papers than those that set up teams: {procedure: {slot: paper}}, with
# the slots "proposal", "submission", "decision" and, in place of a Tờ trình, "slip". A slot with
# None is a paper the procedure has not: what the specialist begins has no Đề xuất.
_RESTRUCTURING: dict[str, Callable[..., Content]] = {
    "appoint_leader": appointing.appointment,
    "review_team": restructuring.review,
    "dissolve_team": restructuring.dissolution,
    "merge_hamlets": restructuring.merger,
}
_OWN: dict[str, Mapping[str, Callable[..., Content] | None]] = {
    "announce_teams": announcing.PAPERS,
    "commend": commending.PAPERS,
    "delegate_signing": delegating.PAPERS,
    "draft_paper": draft_paper.PAPERS,
    "register_training": training.PAPERS,
    "assign_targets": {
        "proposal": targets.proposal,
        "submission": targets.submission,
        "decision": targets.decision,
    },
    "list_upward": {
        "proposal": list_upward.proposal,
        "submission": list_upward.asking,
        "decision": list_upward.letter,
    },
    "report_upward": {
        "proposal": None,
        "submission": report_upward.submission,
        "slip": report_upward.slip,
        "decision": report_upward.report,
    },
    **{code: {"proposal": member_proposal.proposal} for code in MEMBER_REQUESTS},
    CHANGE_MEMBERS: {
        "submission": members.submission,
        "decision": members.decision,
        "slip": members.slip,
    },
    **{
        procedure: {
            "proposal": restructuring_request.proposal,
            "submission": restructuring_request.asking,
            "decision": write,
        }
        for procedure, write in _RESTRUCTURING.items()
    },
}
common.SUBJECTS.update(dict.fromkeys(_RESTRUCTURING, restructuring_request.subject))
common.SUBJECTS["assign_targets"] = targets.subject
# The paper a dossier that puts a released one right ends in, by its remedy.
_REMEDIES = {
    "amend": correction.amendment,
    "replace": correction.replacement,
    "correct": correction.letter,
    "recall": correction.notice,
}


def content(kind: str, dossier: Dossier, signature: SignatureBlock) -> Content:
    """What the document in slot ``kind`` ("decision", "submission") says for this dossier."""
    write: Callable[..., Content] = _own(dossier, kind) or _PAPERS[kind]
    if dossier.remedy:
        write = correction_request.asking if kind == "submission" else _REMEDIES[dossier.remedy]
    # An official text is Vietnamese, whatever the language of the screen it was asked from.
    with translation.override("vi"):
        said = write(dossier, signature)
    if kind != "decision":
        return said
    # Who is told is the office's own affair; what a rule or a record gave is not free.
    return documents.reworded(replace(said, free_recipients=True), dossier.rewordings)


def _own(dossier: Dossier, slot: str) -> Callable[..., Content] | None:
    return _OWN.get(dossier.procedure, {}).get(slot)


def has_proposal(dossier: Dossier) -> bool:
    """Whether its procedure begins with a Đề xuất."""
    return _OWN.get(dossier.procedure, {}).get("proposal", _proposal.proposal) is not None


def slip(dossier: Dossier, signature: SignatureBlock, *, at: datetime | None = None) -> Content:
    """The Phiếu trình as agreed to at ``at``; not agreed to yet without it."""
    write: Callable[..., Content] = _own(dossier, "slip") or _slip
    with translation.override("vi"):
        return write(dossier, signature, at=at)


def proposal(dossier: Dossier, *, author: Any, at: datetime, acting: bool = False) -> Content:
    """The Đề xuất as sent by ``author`` at ``at``."""
    write: Callable[..., Content] = _own(dossier, "proposal") or _proposal.proposal
    if dossier.remedy:
        write = correction_request.proposal
    with translation.override("vi"):
        return write(dossier, author=author, at=at, acting=acting)


def report_of_team(report: Report) -> Content:
    """The Báo cáo of a team as it was sent."""
    write = team_report.whole if report.rolls_up else team_report.village
    with translation.override("vi"):
        return write(report)


__all__ = [
    "content", "decision", "has_proposal", "proposal", "report_of_team", "slip", "submission",
]  # fmt: skip

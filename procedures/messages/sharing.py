"""What is told to the village: a text to paste into its group, naming no person."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from documents import service as documents
from documents.models import Document, Medium
from workflows.states import State

from ..models import Dossier


def share_text(dossier: Dossier) -> str:
    """Plain text to paste into Zalo: places, state, the decision and where to look it up.

    No person is named: a team is called by its place, never by its members or its proposer.
    """
    changes = dossier.lines()
    rested_on = [*(change.decision for change in changes), dossier.decision]
    decisions = {decision.pk: decision for decision in rested_on if decision}
    released = dossier.state == State.RELEASED
    lines = [
        *(_capital(change.team_name) for change in changes),
        *dossier.public_lines(),
        _("UBND %(commune)s") % {"commune": dossier.commune.full_name},
        *([_("Mã hồ sơ: %(code)s") % {"code": dossier.receipt}] if dossier.receipt else []),
        _("Tình trạng hồ sơ: %(state)s") % {"state": dossier.word(dossier.state)},
        *(line for decision in decisions.values() if released for line in _told(decision)),
    ]
    return "\n".join(lines)


def _told(decision: Document) -> Iterable[str]:
    ended = documents.ended_by(decision)
    standing = documents.told(ended) if ended else decision.state_word
    yield _("%(name)s số %(reference)s ngày %(date)s (%(standing)s)") % {
        "name": decision.name,
        "reference": decision.reference,
        "date": f"{decision.date:%d/%m/%Y}" if decision.date else "",
        "standing": standing[:1].lower() + standing[1:],
    }
    # What was issued outside the system has no public page of ours.
    if decision.issued and decision.medium != Medium.ELSEWHERE:
        yield _("Tra cứu: %(address)s") % {"address": documents.public_url(decision)}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

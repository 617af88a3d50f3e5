"""The consents of the tray: several requests agreed to in one sitting, with a result for each.

Nothing is signed, so no key is opened. Each is agreed to as if alone: its right is asked at its own
moment, and one that is refused does not hold up the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workflows import service
from workflows.errors import Refusal
from workflows.inbox import waiting_for
from workflows.states import State

from .. import access
from ..models import Change, Dossier
from . import pages

AT_ONCE = 50


@dataclass
class Consent:
    """One request in the tray; ``agreed`` or ``refusal`` once it was tried."""

    dossier: Dossier
    refusal: Refusal | None = None
    agreed: bool = False

    @property
    def key(self) -> str:
        """What its box sends: it binds the choice to the revision that was shown."""
        return f"{self.dossier.pk}:{self.dossier.revision}"

    @property
    def change(self) -> Change:
        [change] = self.dossier.lines()
        return change


def waiting(user: Any) -> list[Consent]:
    """What waits for this person's consent, oldest first."""
    seeds = (task.process.seed for task in waiting_for(user))
    keys = [seed.pk for seed in seeds if asks_consent(seed)][:AT_ONCE]
    found = Dossier.for_act().filter(pk__in=keys).order_by("moved", "pk")
    return [_item(dossier, user) for dossier in found]


def asks_consent(record: Any) -> bool:
    """Whether it is a request that waits for a consent: other records may share its key, or its
    state."""
    return isinstance(record, Dossier) and record.state == State.AWAITING_CONSENT


def _item(dossier: Dossier, user: Any) -> Consent:
    """With the reason why he may not, where it is about himself."""
    act = service.declared_act(dossier, "consent")
    try:
        dossier.why_not(act, service.authorise(dossier, act, by=user))
    except Refusal as refusal:
        return Consent(dossier, refusal)
    return Consent(dossier)


def answered(chosen: set[str], by: Any) -> list[Consent]:
    """Agree to the chosen ones that wait for him; each with what became of it."""
    tried = [item for item in waiting(by) if item.key in chosen]
    earlier = list(_before(chosen, by))
    for item in tried:
        _try(item, by)
    return [*tried, *earlier]


def _try(item: Consent, by: Any) -> None:
    if item.refusal:
        return
    try:
        seen = item.dossier.revision
        item.dossier = service.perform(item.dossier, "consent", by=by, seen=seen)
        item.agreed = True
    except Refusal as refusal:
        item.refusal = refusal


def _before(chosen: set[str], user: Any) -> Iterator[Consent]:
    """What this very choice has agreed to already: a phone that sent it again after losing the
    network is answered as the first time."""
    for key in chosen:
        pk, _colon, seen = key.partition(":")
        if not (pk.isdecimal() and seen.isdecimal()):
            continue
        dossier = access.dossiers_of(user).filter(pk=int(pk)).first()
        if dossier and pages.done_before(dossier, ("consent",), user, int(seen)):
            yield Consent(dossier, agreed=True)

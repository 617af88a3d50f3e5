"""The consents of the tray: several requests agreed to in one sitting, with a result for each.

Nothing is signed, so no key is opened. Each is agreed to as if alone: its right is asked at its own
moment, and one that is refused does not hold up the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from workflows import service
from workflows.errors import Refusal
from workflows.inbox import waiting_for
from workflows.states import State

from .. import access
from ..models import Change, Dossier
from . import pages, tray

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
    seeds = [task.process.seed for task in waiting_for(user)]
    keys = [seed.pk for seed in seeds if seed.state == State.AWAITING_CONSENT][:AT_ONCE]
    found = Dossier.for_act().filter(pk__in=keys).order_by("moved", "pk")
    return [_item(dossier, user) for dossier in found]


def _item(dossier: Dossier, user: Any) -> Consent:
    """With the reason why he may not, where it is about himself."""
    act = service.declared_act(dossier, "consent")
    try:
        dossier.why_not(act, service.authorise(dossier, act, by=user))
    except Refusal as refusal:
        return Consent(dossier, refusal)
    return Consent(dossier)


@require_POST
def agree(request: HttpRequest) -> HttpResponse:
    """Agree to the chosen ones, and show the tray again with what became of each."""
    chosen = set(request.POST.getlist("chosen"))
    earlier = list(_before(chosen, request.user))
    tried = [item for item in waiting(request.user) if item.key in chosen]
    for item in tried:
        _try(item, request.user)
    done = [*tried, *earlier]
    stale = len(chosen) - len(done)
    status = 200 if any(item.agreed for item in done) else 422
    return tray.shown(request, status, answered=done, changed=stale, nothing=not chosen)


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

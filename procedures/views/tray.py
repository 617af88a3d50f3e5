"""The signer's tray: several papers read and signed in one sitting, with a result for each.

Each paper is signed as if alone: its right is checked at its own moment, and one that is refused
does not hold up the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from documents import kinds
from documents.models import digest_of
from workflows import authority, engine
from workflows.authority import Capacity
from workflows.errors import Refusal
from workflows.inbox import waiting_for
from workflows.states import State

from .. import access, papers
from ..forms.steps import PassphraseForm
from ..issuing import signers, signing, signing_outside
from ..models import Dossier
from ..models.ways import Asking
from . import consents, pages

# About a second of work for each three; a longer press would look like a page that hangs.
AT_ONCE = 20
KINDS = {
    State.CHECKED: "submission",
    State.CLEARED: "decision",
    State.AWAITING_SECRETARY: "decision",
}
# What a signature from here leaves in the ledger.
_SIGNED: dict[str, list[tuple[str, ...]]] = {
    "submission": [("reserve_submission", "sign_submission")],
    "decision": [
        ("reserve_decision", "sign_decision"),
        ("reserve_decision", "sign_minutes"),
        ("countersign_minutes",),
    ],
}


@dataclass
class Item:
    """One paper in the tray; ``signed`` or ``refusal`` once it was tried."""

    dossier: Dossier
    kind: str
    says: str = ""
    block: Any = None
    refusal: Refusal | None = None
    signed: bool = False
    fetched: bool = False

    @property
    def second(self) -> bool:
        """Whether it waits for the second of its two signatures."""
        return bool(self.dossier.state == State.AWAITING_SECRETARY)

    @property
    def key(self) -> str:
        """What its box sends: it binds the choice to the text and the revision that were shown."""
        return f"{self.dossier.pk}:{self.dossier.revision}:{self.says}"


def kind_of(dossier: Dossier) -> str:
    """What is signed on this dossier now; empty where nothing is."""
    # An inbox has records of other kinds: what is signed on a copy is signed by hand.
    kind = KINDS.get(State(dossier.state), "") if isinstance(dossier, Dossier) else ""
    asks_otherwise = kind == "submission" and dossier.asking != Asking.SUBMISSION
    return "" if asks_otherwise else kind


@sensitive_post_parameters("passphrase")
@require_http_methods(["GET", "POST"])
def tray(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this person's signature; sign the chosen ones."""
    opened = PassphraseForm(request.POST or None)
    items = list(_waiting(request.user))
    tried: list[Item] = []
    chosen = set(request.POST.getlist("chosen"))
    if request.method == "POST" and opened.is_valid():
        earlier = list(_signed_before(chosen, request.user))
        tried = [
            item for item in items if item.key in chosen and not item.refusal and not item.fetched
        ]
        _sign_each(tried, request.user, opened)
        items = [item for item in _waiting(request.user) if item.dossier.pk not in _done(tried)]
        tried += earlier
    stale = len(chosen) - len(tried) if tried or chosen else 0
    told = [item for item in tried if item.signed or item.refusal]
    unticked = request.method == "POST" and not chosen
    context = {"items": items, "tried": told, "opened": opened, "chosen": chosen, "stale": stale}
    context["unticked"] = unticked
    status = 422 if request.method == "POST" and not any(item.signed for item in tried) else 200
    return _page(request, status, context)


@require_POST
def agree(request: HttpRequest) -> HttpResponse:
    """Agree to the chosen requests, and show the tray again with what became of each."""
    chosen = set(request.POST.getlist("chosen"))
    done = consents.answered(chosen, request.user)
    told = {"answered": done, "changed": len(chosen) - len(done), "nothing": not chosen}
    items = list(_waiting(request.user))
    status = 200 if any(item.agreed for item in done) else 422
    return _page(request, status, {"items": items, **told})


def _page(request: HttpRequest, status: int, context: dict[str, Any]) -> HttpResponse:
    consented = consents.waiting(request.user)
    context = {"consents": consented, "opened": PassphraseForm(), **context}
    return render(request, "procedures/tray.html", context, status=status)


def _waiting(user: Any) -> Iterator[Item]:
    held = authority.capacities(user)
    seeds = (task.process.seed for task in waiting_for(user, held))
    # The inbox has left out nearly all that he may not sign: twice as many is enough to read.
    asked = [seed.pk for seed in seeds if _in_the_tray(seed)][: AT_ONCE * 2]
    found = Dossier.for_act().in_bulk(asked)
    mine = (row for key in asked if (row := found.get(key)) and _may_be_his(row, held))
    for dossier in islice(mine, AT_ONCE):
        yield _item(dossier, kind_of(dossier), user)


def _in_the_tray(dossier: Any) -> bool:
    """Whether something is signed on it now, and not with ink alone."""
    slot = kind_of(dossier)
    if not slot:
        return False
    kind = kinds.KINDS[dossier.kind_of(slot)]
    return kind.electronic and (dossier.signed_by_two or not kind.secretary)


def _may_be_his(dossier: Dossier, held: list[Capacity]) -> bool:
    """What is asked of somebody else would take the place of what he can sign."""
    desk = dossier.waits_at
    mine = [one for one in held if desk and desk.key in one.keys(engine.fields())]
    return any(dossier.takes(one) for one in mine)


def _signed_before(chosen: Iterable[str], user: Any) -> Iterator[Item]:
    """What this very choice has signed already: a phone that sent it again after losing the
    network is answered as the first time."""
    for key in chosen:
        pk, _colon, rest = key.partition(":")
        seen = rest.partition(":")[0]
        if not (pk.isdecimal() and seen.isdecimal()):
            continue
        dossier = access.dossiers_of(user).filter(pk=int(pk)).first()
        for kind, ways in _SIGNED.items() if dossier else ():
            if dossier and any(pages.done_before(dossier, w, user, int(seen)) for w in ways):
                yield Item(dossier, kind, signed=True)


def _item(dossier: Dossier, kind: str, user: Any) -> Item:
    """The paper with the block it will carry, or the reason why he may not sign it."""
    item = Item(dossier, kind, fetched=signing_outside.is_fetched(dossier, user))
    if item.fetched:
        return item
    if item.second:
        minutes = dossier.written(kind)
        item.block, item.says = minutes.says().beside, minutes.content_digest
        return item
    try:
        signing.refuse_not_now(dossier, kind, by=user)
        capacity = signing.likely_signer(dossier, kind, user)
        item.block = signers.signature_block(dossier.kind_of(kind), capacity)
        item.says = digest_of(papers.content(kind, dossier, item.block))
    except Refusal as refusal:
        item.refusal = refusal
    return item


@sensitive_variables("secret")
def _sign_each(items: list[Item], by: Any, opened: PassphraseForm) -> None:
    secret = opened.cleaned_data["passphrase"]
    for item in items:
        try:
            item.dossier = _signed(item, by=by, seen=item.dossier.revision, passphrase=secret)
            item.signed = True
        except Refusal as refusal:
            if refusal.field == "passphrase":
                opened.add_error("passphrase", str(refusal))
                return
            item.refusal = refusal


@sensitive_variables("said")
def _signed(item: Item, **said: Any) -> Dossier:
    if item.second:
        return signing.countersign(item.dossier, **said)
    return signing.sign(item.dossier, item.kind, **said)


def _done(items: list[Item]) -> set[int]:
    return {item.dossier.pk for item in items if item.signed}

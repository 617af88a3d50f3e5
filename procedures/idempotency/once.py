"""Once only: a form sent again makes nothing twice and is answered as the first time.

Every form carries a key made for that very page. The answer is kept under it in the same
transaction as what was done: there is no moment in which one exists without the other. It holds
when somebody else has acted since, and for what no revision guards, such as a new draft.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac

from workflows.errors import Refusal
from workflows.service import recorded

from ..models import Press

FIELD = "once"
# Neither what proves the page nor what opens a door or a key is part of what was said.
_UNSAID = {FIELD, "csrfmiddlewaretoken", "passphrase", "password", "code"}


@dataclass(frozen=True)
class _Due:
    """The answer that an act will leave when it is recorded; ``said`` is asked then, for what the
    act itself gives out."""

    request: HttpRequest
    act: str
    to: str
    said: Callable[[Any], str]


_due: ContextVar[_Due | None] = ContextVar("due", default=None)


@contextmanager
def on(request: HttpRequest, act: str, to: str, said: Callable[[Any], str]) -> Iterator[None]:
    """Inside, ``act`` leaves the answer "``said(record)``, see ``to``" in its own transaction."""
    before = _due.set(_Due(request, act, to, said))
    try:
        yield
    finally:
        _due.reset(before)


@receiver(recorded)
def _written_with_the_act(record: Any, event: Any, **kwargs: Any) -> None:
    due = _due.get()
    if due is not None and due.act == event.act:
        keep(due.request, due.to, due.said(record))


def keep(request: HttpRequest, to: str, said: str) -> None:
    """Write the answer down; called inside the transaction of what was done. Raises
    :class:`IntegrityError` when another press of the same button was quicker."""
    key, me = key_of(request), cast(Any, request.user)
    if key is None:
        return
    Press.objects.create(user=me, key=key, digest=_digest(request), to=to, said=said)
    request.answered = True  # type: ignore[attr-defined]


def do(request: HttpRequest, work: Callable[[], tuple[str, str]]) -> HttpResponse:
    """Do ``work``, which returns where to go and what to say, together with its answer; or give
    the first answer again, also where ``work`` is refused by now. Raises its :class:`Refusal`."""
    try:
        with transaction.atomic():
            to, said = work()
            keep(request, to, said)
    except (IntegrityError, Refusal):
        if before := shown(request):
            return before
        raise
    if said:
        messages.success(request, said)
    return redirect(to)


def shown(request: HttpRequest) -> HttpResponse | None:
    """The answer already given to this very form; None when it is new."""
    key, me = key_of(request), cast(Any, request.user)
    if key is None:
        return None
    kept = Press.objects.filter(user=me, key=key, digest=_digest(request)).first()
    if kept is None:
        return None
    request.answered = True  # type: ignore[attr-defined]
    if kept.said:
        messages.success(request, kept.said)
    return redirect(kept.to)


def key_of(request: HttpRequest) -> uuid.UUID | None:
    """The key of the form that was sent; None for a page without one."""
    try:
        return uuid.UUID(request.POST.get(FIELD, "")) if request.user.is_authenticated else None
    except ValueError:
        return None


def new_key() -> str:
    return str(uuid.uuid4())


def _digest(request: HttpRequest) -> str:
    """Of everything said: address, boxes and files. Keyed, for what is said names people."""
    said = [(name, request.POST.getlist(name)) for name in sorted(request.POST)]
    files = [(name, _marks(request, name)) for name in sorted(request.FILES)]
    told = repr((request.path, [pair for pair in said if pair[0] not in _UNSAID], files))
    return salted_hmac("procedures.idempotency.once", told, algorithm="sha256").hexdigest()


def _marks(request: HttpRequest, name: str) -> list[tuple[str | None, int | None]]:
    return [(file.name, file.size) for file in request.FILES.getlist(name)]

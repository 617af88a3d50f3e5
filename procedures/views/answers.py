"""How a page that carries out an act answers: show, do once, or say why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from documents.service import NumberTaken
from workflows.errors import Refusal
from workflows.service import available_to
from workflows.states import Act, acts_of

from .. import access
from ..idempotency import once
from ..models import Dossier
from . import buttons, pages
from .reading import reading_of


def nothing(dossier: Dossier) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Step:
    """A page that does ``acts`` in order. ``paper`` is the kind it shows first; ``done`` is said
    afterwards, on the page ``to`` or the dossier's; ``beside`` gives what else the template
    shows."""

    template: str
    acts: tuple[str, ...]
    done: str
    forms: dict[str, Form] = field(default_factory=dict)
    paper: str = ""
    beside: Callable[[Dossier], dict[str, Any]] = nothing
    to: str = ""


def answer(
    request: HttpRequest, dossier: Dossier, step: Step, work: Callable[[int], None]
) -> HttpResponse:
    """Show the page; on POST do the work and go back to the dossier, or say why not.

    A refusal shows the dossier as it now is, with everything typed still in the boxes.
    """
    status, refusal = 200, None
    if request.method == "POST":
        try:
            to = step.to or reverse("dossier", args=[dossier.pk])
            with once.on(request, step.acts[-1], to, lambda _record: str(step.done)):
                done = _done(request, dossier, step, work)
            if done:
                messages.success(request, step.done)
                return redirect(to)
            status = 422
        except Refusal as refused:
            if first := once.shown(request):
                return first
            refusal = at_field(refused, step.forms.values())
            status = pages.status_of(refusal) if refusal else 422
            dossier = access.dossier_for(request.user, dossier.pk)
    return pages.page(
        request,
        step.template,
        dossier,
        status,
        act=_named(dossier, step.acts[-1]),
        refusal=refusal,
        barred=pages.refusal_of(dossier, step.acts[0], request.user),
        others=_beside(dossier, request),
        reading=reading_of(dossier, step.paper, request) if step.paper else None,
        **step.forms,
        **step.beside(dossier),
    )


def _named(dossier: Dossier, name: str) -> Act:
    act = acts_of(Dossier)[name]
    return replace(act, label=buttons.named(dossier, act.label))


def _beside(dossier: Dossier, request: HttpRequest) -> list[buttons.Button]:
    """What else he may do here: return, reject, record a paper."""
    offered, _withheld = buttons.sorted_out(dossier, available_to(request.user, dossier))
    return [choice for choice in offered if not choice.onward]


def _done(request: HttpRequest, dossier: Dossier, step: Step, work: Callable[[int], None]) -> bool:
    """Carry the step out once; False when something typed is wrong."""
    seen = pages.seen_by(request)
    if not once.key_of(request) and pages.done_before(dossier, step.acts, request.user, seen):
        return True
    # Every form is asked, so that every mistake is shown at once.
    wrong = [form for form in step.forms.values() if not form.is_valid()]
    if wrong:
        return False
    work(seen)
    return True


def at_field(refusal: Refusal, forms: Iterable[Form]) -> Refusal | None:
    """Put the refusal on the field it names; give it back where no form has that field."""
    field = "number" if isinstance(refusal.__cause__, NumberTaken) else refusal.field
    for form in forms:
        if field in form.fields:
            form.add_error(field, str(refusal))
            return None
    return refusal

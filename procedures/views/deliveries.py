"""After the release: where the decision was sent, who has it, a scan that came later."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflows import service
from workflows.errors import Refusal
from workflows.states import acts_of

from .. import access
from ..deadlines import SAME_OR_NEXT_DAY, calendar_of
from ..forms.deliveries import (
    AddedForm,
    CorrectionForm,
    ReceivedForm,
    ScanForm,
    SentForm,
    initial,
)
from ..issuing import deliveries
from ..issuing.deliveries import RECEIVED_SAME_OR_NEXT_DAY, Recipient
from ..models import Dossier
from . import pages

BOOK = "dossier-deliveries"


@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """ "Gửi văn bản": every recipient, and three things to record of the ticked ones."""
    dossier = access.dossier_for(request.user, pk)
    forms = _forms(request, _places(request, dossier))
    if request.method != "POST":
        return _book(request, dossier, forms)
    form = forms.get(request.POST.get("viec", ""))
    if form is None:
        raise Http404
    status, refusal = 422, None
    try:
        if form.is_valid():
            return _recorded(request, dossier, form, _("Đã ghi."))
    except Refusal as refused:
        refusal = _at_field(refused, form)
        status = pages.status_of(refused)
        dossier = access.dossier_for(request.user, pk)
    return _book(request, dossier, forms, status, refusal=refusal)


def _why_not(request: HttpRequest, dossier: Dossier, name: str) -> Refusal | None:
    """Why the visitor may not do it, in the words of his own desk once the case is over."""
    act = acts_of(Dossier)[name]
    if dossier.state not in act.sources:
        return pages.refusal_of(dossier, name, request.user)
    try:
        dossier.why_not(act, service.authorise(dossier, act, by=request.user))
    except Refusal as refusal:
        return refusal
    return None


def _places(request: HttpRequest, dossier: Dossier) -> list[Recipient]:
    return deliveries.recipients(dossier, calendar_of(request))


def _forms(request: HttpRequest, places: list[Recipient]) -> dict[str, Any]:
    """The form that was sent is bound, the others stand ready."""
    sent = request.POST.get("viec", "")

    def data(name: str) -> Any:
        return request.POST if sent == name else None

    return {
        "sent": SentForm(data("sent"), places=places),
        "received": ReceivedForm(data("received"), places=places),
        "added": AddedForm(data("added")),
    }


def _book(
    request: HttpRequest,
    dossier: Dossier,
    forms: dict[str, Any],
    status: int = 200,
    refusal: Refusal | None = None,
) -> HttpResponse:
    calendar, places = calendar_of(request), _places(request, dossier)
    ticked = request.POST.getlist("places")
    return pages.page(
        request,
        "deliveries.html",
        dossier,
        status,
        places=[(place, place.key in ticked) for place in places],
        summary=deliveries.summary(dossier, places, calendar) if places else None,
        barred=_why_not(request, dossier, "record_delivery"),
        refusal=refusal,
        unticked=_unticked(forms),
        sources=(SAME_OR_NEXT_DAY, RECEIVED_SAME_OR_NEXT_DAY),
        **{f"{name}_form": form for name, form in forms.items()},
    )


def _unticked(forms: dict[str, Any]) -> list[str]:
    """What is wrong with the ticks: the boxes stand apart from the form that reads them."""
    return [error for form in forms.values() for error in form.errors.get("places", [])]


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Write another line about a place instead of a wrong one; both stay in the book."""
    dossier = access.dossier_for(request.user, pk)
    place = _place(request, dossier)
    form = (
        CorrectionForm(request.POST or None, initial=initial(place), place=place) if place else None
    )
    status, refusal = 200, None
    if request.method == "POST" and form:
        status = 422
        try:
            if form.is_valid():
                return _recorded(request, dossier, form, _("Đã sửa."))
        except Refusal as refused:
            refusal, status = _at_field(refused, form), pages.status_of(refused)
            dossier = access.dossier_for(request.user, pk)
    barred = _why_not(request, dossier, "record_delivery")
    context = {"place": place, "form": form, "barred": barred, "refusal": refusal}
    return pages.page(request, "delivery.html", dossier, status, **context)


def _place(request: HttpRequest, dossier: Dossier) -> Recipient | None:
    """The place the address names; nothing before the release, when there is none yet."""
    places = {place.key: place for place in _places(request, dossier)}
    place = places.get(request.GET.get("noi", ""))
    if place is None and places:
        raise Http404
    return place


def _recorded(request: HttpRequest, dossier: Dossier, form: Any, done: str) -> HttpResponse:
    _once(
        request,
        dossier,
        "record_delivery",
        note=form.cleaned_data.get("note", ""),
        entries=form.entries(),
    )
    messages.success(request, done)
    return redirect(BOOK, pk=dossier.pk)


def _once(request: HttpRequest, dossier: Dossier, act: str, **data: Any) -> None:
    """Carry an act out; the very same form sent again is answered as the first time.

    Two different forms from one page are two acts: the second is refused as stale.
    """
    if _sent_before(request, dossier, act):
        return
    facts, seen = {"form": _digest(request)}, pages.seen_by(request)
    service.perform(dossier, act, by=request.user, seen=seen, facts=facts, **data)


def _sent_before(request: HttpRequest, dossier: Dossier, act: str) -> bool:
    after = service.history(dossier).filter(revision=pages.seen_by(request) + 1, act=act)
    event = after.filter(actor=request.user.pk).first()
    return event is not None and event.facts.get("form") == _digest(request)


def _digest(request: HttpRequest) -> str:
    """What was typed and chosen, as one short word."""
    said = [(k, v) for k, values in request.POST.lists() for v in values if "csrf" not in k]
    digest = hashlib.sha256(repr(sorted(said)).encode())
    for upload in request.FILES.values():
        upload.seek(0)  # type: ignore[union-attr]
        digest.update(upload.read())  # type: ignore[union-attr]
    return digest.hexdigest()[:32]


def _at_field(refusal: Refusal, form: Form) -> Refusal | None:
    """Put the refusal on the field it names; give it back where the form has none."""
    if refusal.field not in form.fields or refusal.field == "places":
        return refusal
    form.add_error(refusal.field, str(refusal))
    return None


@require_http_methods(["GET", "POST"])
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """ "Tôi đã nhận": the head of a place says so himself.

    The decision cannot change any more, so it does not matter who else has said so since the page
    was opened: the revision is the one read now.
    """
    dossier = access.dossier_for(request.user, pk)
    refusal = _why_not(request, dossier, "acknowledge")
    status = 200
    if request.method == "POST":
        try:
            if not _has_it(dossier, request.user):
                service.perform(dossier, "acknowledge", by=request.user, seen=dossier.revision)
            messages.success(request, _("Đã ghi ông/bà nhận văn bản."))
            return pages.back_to(dossier)
        except Refusal as refused:
            refusal, status = refused, 409
    return pages.page(request, "acknowledge.html", dossier, status, refusal=refusal)


def _has_it(dossier: Dossier, user: Any) -> bool:
    """A second press, or a page sent again by a phone that lost the network."""
    said = service.history(dossier).filter(act="acknowledge", actor=user.pk)
    return said.exists() and pages.refusal_of(dossier, "acknowledge", user) is not None


@require_http_methods(["GET", "POST"])
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """A scan that came later, of a paper whose original is not here."""
    dossier = access.dossier_for(request.user, pk)
    status, refusal = 200, None
    lacking = [(p.pk, f"{p.reference} · {p.signer_name}") for p in dossier.lacking_scans()]
    form = ScanForm(request.POST or None, request.FILES or None, papers=lacking)
    if request.method == "POST":
        status = 422
        try:
            if _sent_before(request, dossier, "add_scan") or form.is_valid():
                _once(request, dossier, "add_scan", **getattr(form, "cleaned_data", {}))
                messages.success(request, _("Đã thêm bản quét."))
                return pages.back_to(dossier)
        except Refusal as refused:
            refusal, status = _at_field(refused, form), pages.status_of(refused)
            dossier = access.dossier_for(request.user, pk)
    barred = _why_not(request, dossier, "add_scan")
    context = {"form": form, "barred": barred, "refusal": refusal}
    return pages.page(request, "scan.html", dossier, status, **context)

"""What a specialist begins: choose it, write it, save or send it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflows import service
from workflows.errors import Refusal

from .. import access, drafting, rules, standing
from ..drafting import DraftedPage
from ..flows import (
    AnnounceTeamsFlow,
    CommendFlow,
    DelegateSigningFlow,
    DraftPaperFlow,
    RegisterTrainingFlow,
)
from ..forms.announcing import AnnouncementForm
from ..forms.commending import CommendationForm
from ..forms.delegating import DelegatingForm
from ..forms.draft_paper import PAPER_KINDS, PaperDraftForm
from ..forms.drafted import MatterForm
from ..forms.purposes import PURPOSES
from ..forms.training import TrainingForm
from ..idempotency import once
from ..models import Dossier, Merit
from ..models.delegating import Grant
from ..road import DossierPage
from ..visitor import visitor
from . import pages
from .home import TITLES

FORMS: dict[type[DossierPage], type[MatterForm]] = {
    AnnounceTeamsFlow: AnnouncementForm,
    RegisterTrainingFlow: TrainingForm,
    CommendFlow: CommendationForm,
    DelegateSigningFlow: DelegatingForm,
    DraftPaperFlow: PaperDraftForm,
}
FLOWS = {flow.code: flow for flow in FORMS}
# Begun by a button that says more than the procedure: {name of the button: (flow, its values)}.
_PICKED: dict[str, tuple[type[DossierPage], Collection[str]]] = {
    "grant": (DelegateSigningFlow, Grant.values),
    "kind": (DraftPaperFlow, PAPER_KINDS),
}
_LATEST = 20


@require_http_methods(["GET", "POST"])
def board(request: HttpRequest) -> HttpResponse:
    """What may be begun, and what was begun lately."""
    held = visitor(request).held
    if not access.offices(held):
        raise Http404
    posts = DraftedPage.posts_that_may_start(held)
    if request.method == "POST":
        flow, chosen = _chosen(request)
        if not posts or flow is None:
            raise Http404
        return once.do(request, lambda: (_begun(request, flow, posts[0], chosen), ""))
    earlier = access.dossiers_of(request.user, held).filter(procedure__in=FLOWS)
    context = {
        "flows": [flow for flow in FLOWS.values() if not _is_picked(flow)],
        "grants": Grant.choices,
        "kinds": PAPER_KINDS,
        "may_start": bool(posts),
        "merits": Merit.waiting(_communes(request))[:_LATEST],
        "dossiers": earlier.prefetch_related(TITLES)
        .select_related("decision")
        .order_by("-moved")[:_LATEST],
    }
    return render(request, "procedures/drafting.html", context)


def _communes(request: HttpRequest) -> list[int]:
    """Those in whose office he works."""
    offices = access.offices(visitor(request).held)
    return [c.pk for c in visitor(request).communes.values() if c.agency_id in offices]


def _chosen(request: HttpRequest) -> tuple[type[DossierPage] | None, dict[str, Any]]:
    """The procedure whose button was pressed, and what the button says besides."""
    for name, (picked, values) in _PICKED.items():
        if (value := request.POST.get(name)) in values:
            return picked, {name: value}
    flow = FLOWS.get(request.POST.get("procedure", ""))
    return (None if flow and _is_picked(flow) else flow), {}


def _is_picked(flow: type[DossierPage]) -> bool:
    return flow in [picked for picked, _values in _PICKED.values()]


def _begun(request: HttpRequest, flow: type[DossierPage], post: Any, chosen: dict[str, Any]) -> str:
    dossier = drafting.draft(flow, request.user, post, **chosen)
    return reverse("dossier-write", args=[dossier.pk])


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """What the dossier says; saved as a draft, or sent. One more row saves nothing."""
    dossier = access.dossier_for(request.user, pk)
    barred = pages.refusal_of(dossier, "edit", request.user)
    if not dossier.is_drafted:
        barred = Refusal(_("Nội dung của hồ sơ này ghi ở trang khác."))
    if barred:
        return pages.barred(request, "drafted.html", dossier, barred)
    kind = FORMS[dossier.flow]
    if request.method == "GET":
        return _show(request, dossier, kind(dossier=dossier))
    form = kind(request.POST, dossier=dossier)
    if form.grows and "more" in request.POST:
        return _show(request, dossier, kind(dossier=dossier, initial=form.grown()))
    if not form.is_valid():
        return _show(request, dossier, form, status=422)
    return _keep(request, dossier, form)


def _keep(request: HttpRequest, dossier: Dossier, form: MatterForm) -> HttpResponse:
    sending = "send" in request.POST
    to, said = _answer(dossier, sending)
    try:
        with once.on(request, pages.SENT[sending], to, said):
            dossier, refused = _do(request, dossier, form, sending)
    except Refusal as refusal:
        if first := once.shown(request):
            return first
        return _refused(request, dossier, form, refusal)
    if refused:
        return _refused(request, dossier, form.as_saved(dossier), refused)
    messages.success(request, said(dossier))
    return redirect(to)


def _answer(dossier: Dossier, sending: bool) -> tuple[str, Callable[[Dossier], str]]:
    if sending:
        to = reverse("dossier", args=[dossier.pk])
        return to, lambda _dossier: _("Đã gửi. Trang này cho biết hồ sơ đang chờ ai.")
    to = reverse("dossier-write", args=[dossier.pk])
    return to, lambda _dossier: _("Đã lưu nháp. Chưa gửi đi đâu cả.")


def _do(
    request: HttpRequest, dossier: Dossier, form: MatterForm, sending: bool
) -> tuple[Dossier, Refusal | None]:
    """Save, and send, in one transaction. What the rules refuse to send stays saved."""
    seen, by = pages.seen_by(request), request.user
    with transaction.atomic():
        dossier = service.perform(dossier, "edit", by=by, seen=seen, said=form.said())
        if sending:
            try:
                return service.perform(dossier, "submit", by=by, seen=dossier.revision), None
            except Refusal as refusal:
                return dossier, refusal
    return dossier, None


def _refused(
    request: HttpRequest, dossier: Dossier, form: MatterForm, refusal: Refusal
) -> HttpResponse:
    """The page again with everything typed; what rules refuse, each at its field."""
    dossier = access.dossier_for(request.user, dossier.pk)
    at_fields = [f for f in rules.judge(dossier) if f.blocks and f.field in form.fields]
    if refusal.field in form.fields and not at_fields:
        form.add_error(refusal.field, str(refusal))
    for finding in at_fields:
        form.add_error(finding.field, str(finding))
    told = None if form.errors else refusal
    status = 422 if form.errors else pages.status_of(refusal)
    return _show(request, dossier, form, status=status, refusal=told)


def _show(
    request: HttpRequest, dossier: Dossier, form: MatterForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    return pages.page(
        request,
        "drafted.html",
        dossier,
        status,
        form=form,
        name=form.heading or dossier.flow.title,
        reason=standing.reason(dossier),
        purposes=PURPOSES,
        **more,
    )

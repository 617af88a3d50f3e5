"""Taking all papers of one dossier, or of several chosen ones, as one file."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from workflows.errors import Refusal

from .. import access
from ..files import bundles, exporting, handover
from ..lists import viewings
from ..models import Dossier, Viewing
from ..visitor import visitor
from . import pages
from .reading import attached


@require_GET
def of_dossier(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every paper of one dossier."""
    dossier = access.dossier_for(request.user, pk)
    try:
        return _zipped(request, [dossier])
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
        return pages.back_to(dossier)


@require_GET
def exported(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The case with its part of the ledger, for who checks it without us; written down as taken."""
    dossier = access.dossier_for(request.user, pk)
    held = visitor(request).held
    if dossier.agency_id not in access.watched(held):
        raise PermissionDenied
    made = exporting.export(dossier)
    for sentence in made.missing:
        messages.warning(request, _("Thiếu trong tệp vừa tải: %(what)s") % {"what": sentence})
    kind, title = Viewing.Kind.PAPERS, f"{dossier.pk}: {dossier.title}"
    viewings.write_down(
        request.user, held, dossier.agency, kind, title=title, count=1, dossier=dossier
    )
    return attached(made.data, f"ho-so-{pk}-kiem-tra.zip", "application/zip")


@require_GET
def chosen(request: HttpRequest) -> HttpResponseBase:
    """The papers of the rows ticked on the list; those he may not see are not there for him."""
    keys = [key for key in request.GET.getlist("chon") if key.isdecimal() and len(key) < 19]
    seen = access.dossiers_of(request.user, visitor(request).held)
    found = (
        seen.filter(pk__in=keys[: bundles.MOST_DOSSIERS + 1])
        .select_related("agency", "commune", *access.PAPERS)
        .prefetch_related("changes__hamlet", "changes__own_decision", "changes__seats")
    )
    try:
        if not keys:
            raise Refusal(_("Ông/bà đánh dấu các hồ sơ muốn tải."))
        return _zipped(request, list(found.order_by("pk")))
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
        return _back(request)


@require_GET
def handed_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The package of a closed case for the office's own system and the archive."""
    dossier = access.dossier_for(request.user, pk)
    try:
        items = _items(request, [dossier])
        data = handover.package(dossier, items)
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
        return pages.back_to(dossier)
    _write_down(request, items)
    return attached(data, f"ban-giao-ho-so-{dossier.pk}.zip", "application/zip")


def _back(request: HttpRequest) -> HttpResponse:
    return redirect("dossiers")


def _zipped(request: HttpRequest, dossiers: Sequence[Dossier]) -> HttpResponseBase:
    """Written down first; then sent piece by piece."""
    items = _items(request, dossiers)
    _write_down(request, items)
    response = StreamingHttpResponse(bundles.stream(items), content_type="application/zip")
    name = f"van-ban_{timezone.localdate():%Y-%m-%d}"
    name += f"_ho-so-{dossiers[0].pk}" if len(dossiers) == 1 else ""
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response


def _items(request: HttpRequest, dossiers: Sequence[Dossier]) -> list[bundles.Item]:
    """The papers of dossiers, and the copies of them that he may see."""
    papers = bundles.items(dossiers)
    copies = access.copies_taken_of(request.user, (item.paper.pk for item in papers))
    return bundles.with_copies(papers, copies)


def _write_down(request: HttpRequest, items: Sequence[bundles.Item]) -> None:
    """Who took which papers, per office."""
    for agency in {item.dossier.agency for item in items}:
        own = [item for item in items if item.dossier.agency_id == agency.pk]
        cases = {item.dossier.pk: item.dossier for item in own}
        viewings.write_down(
            request.user,
            visitor(request).held,
            agency,
            Viewing.Kind.PAPERS,
            title="; ".join(f"{pk}: {dossier.title}" for pk, dossier in cases.items()),
            count=len(own),
            dossier=own[0].dossier if len(cases) == 1 else None,
        )

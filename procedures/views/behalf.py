"""Nhập hộ: choose the place, say how the request came, then the same list as everybody's.

Also the form to be filled in with a pen, which such a request often comes on.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.errors import FileDamaged
from workflows.errors import Refusal
from workflows.models import Post
from workflows.service import perform

from .. import access, behalf
from ..behalf import Place
from ..files import blank_papers
from ..flows import establish_team
from ..forms.behalf import ReceivedForm
from ..idempotency import once
from ..models import Commune
from ..visitor import visitor
from . import pages
from .reading import attached


def _commune(request: HttpRequest) -> Commune:
    """The commune in which the visitor enters for others; for everybody else there is no page."""
    for post in behalf.posts_that_may_enter(visitor(request).held):
        commune: Commune = post.agency.commune
        return commune
    raise Http404


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every place; those with a team or a case under way say so and are not offered."""
    commune = _commune(request)
    context = {"commune": commune, "places": behalf.places(commune)}
    return render(request, "procedures/behalf.html", context)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, number: int) -> HttpResponse:
    """For whom and how received; then the list."""
    place = _place(request, number)
    form = _form(request)
    refusal = None if place.offered else _not_offered(place)
    if form.is_valid() and refusal is None:

        def work() -> tuple[str, str]:
            assert place.post is not None  # found by it
            dossier = establish_team.draft_for(request.user, place.post, form.received())
            return reverse("dossier-edit", args=[dossier.pk]), ""

        try:
            return once.do(request, work)
        except Refusal as refused:
            refusal = refused
    context = {"place": place, "form": form, "refusal": refusal, "barred": not place.offered}
    return render(request, "procedures/enter.html", context, status=_status(form, refusal))


def _place(request: HttpRequest, number: int) -> Place:
    commune = _commune(request)
    post = Post.objects.filter(pk=number, agency=commune.agency_id).first()
    place = behalf.place_of(post) if post else None
    if place is None:
        raise Http404
    return place


def _form(request: HttpRequest) -> ReceivedForm:
    return ReceivedForm(request.POST, request.FILES) if request.method == "POST" else ReceivedForm()


def _status(form: ReceivedForm, refusal: Refusal | None) -> int:
    if not form.is_bound:
        return 200
    return 422 if form.errors else pages.status_of(refusal) if refusal else 200


def _not_offered(place: Place) -> Refusal:
    if place.team:
        return Refusal(_("Nơi này đã có tổ nên không nhập đề nghị thành lập nữa."))
    if place.dossier and not place.begun:
        return Refusal(_("Nơi này đang có hồ sơ. Ông/bà mở hồ sơ ấy để xem hoặc sửa hộ."))
    return Refusal(
        _(
            "Chưa có ai giữ chức vụ này trong hệ thống nên chưa nhập hộ được. Văn thư ghi người "
            "giữ chức vụ trước, rồi ông/bà làm tiếp."
        )
    )


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for a draft or a case sent back: the person was called again."""
    dossier = access.dossier_for(request.user, pk)
    form, refusal = _form(request), None
    if form.is_valid():
        try:
            seen, received = pages.seen_by(request), form.received()
            if not pages.done_before(dossier, ("enter",), request.user, seen):
                perform(dossier, "enter", by=request.user, seen=seen, received=received)
            return redirect("dossier-request" if dossier.asks_consent else "dossier-edit", pk=pk)
        except Refusal as refused:
            refusal, dossier = refused, access.dossier_for(request.user, pk)
    context: dict[str, Any] = {"form": form, "refusal": refusal, "holder": dossier.post.holder()}
    barred = pages.refusal_of(dossier, "enter", request.user)
    context |= {"barred": barred, "refusal": refusal or barred}
    return pages.page(request, "enter.html", dossier, _status(form, refusal), **context)


@require_safe
def scan(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """The photo or scan it was entered from."""
    try:
        file = access.scan_for(request.user, pk, digest)
    except FileDamaged:
        raise Http404 from None
    return attached(file.data, f"ban-nhan-{pk}.{file.name.rpartition('.')[2]}", file.media_type)


@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """The empty form; ``?noi=`` names the post whose place is printed on it."""
    person = visitor(request)
    if person.commune is None:
        raise Http404
    post = _post_asked(request, person.commune)
    return attached(
        blank_papers.proposal(person.commune, post), "mau-de-xuat.pdf", "application/pdf"
    )


def _post_asked(request: HttpRequest, commune: Commune) -> Post | None:
    asked = request.GET.get("noi", "")
    if not asked:
        return None
    proposing = establish_team.EstablishTeamFlow.starters
    found = Post.objects.filter(agency=commune.agency_id, role__in=proposing)
    post: Post | None = found.filter(pk=int(asked)).first() if asked.isdecimal() else None
    if post is None:
        raise Http404
    return post

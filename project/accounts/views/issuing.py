"""The clerk's and the specialist's pages: print a slip, end lost phones."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from procedures.idempotency import once
from procedures.roles import Role
from procedures.visitor import visitor
from workflows.models import Holding, in_force

from .. import slips
from ..models import Device, Slip
from ..standing import with_standing

ISSUERS = (Role.CLERK, Role.SPECIALIST)


@require_safe
@never_cache
def people(request: HttpRequest) -> HttpResponse:
    """ "Cấp phiếu vào": whoever in the commune holds a post outside the office."""
    found = list(_people(request))
    # The order of their posts is the order of the commune's own list of bản.
    found.sort(key=lambda person: person.posts_held[0].post_id)
    return render(request, "accounts/people.html", {"people": found})


@require_safe
@never_cache
def person(request: HttpRequest, person: int) -> HttpResponse:
    """One person: his phones, his slip, and what happened at the door."""
    found = _person(request, person)
    context = {"person": found, "events": found.sign_in_events.select_related("actor")[:10]}
    return render(request, "accounts/person.html", context)


@require_POST
@never_cache
def issue(request: HttpRequest, person: int) -> HttpResponse:
    """A new slip, ready to print. It is shown only now: what is stored cannot be read back."""
    found = _person(request, person)
    me: Any = request.user
    printed = slips.issue(found, by=me)
    site = settings.PUBLIC_URL.rstrip("/")
    context = {
        "person": found,
        "printed": printed,
        "picture": _qr(f"{site}{reverse('slip', args=[printed.token])}"),
        "typed_at": f"{urlsplit(site).netloc}{reverse('slip-code')}",
    }
    return render(request, "accounts/print.html", context)


@require_POST
@never_cache
def lost(request: HttpRequest, person: int) -> HttpResponse:
    """ "Mất điện thoại": nobody comes in by his phones or slips any more."""
    found = _person(request, person)
    me: Any = request.user
    told = _("Đã ngắt %(number)d máy và hủy mọi phiếu chưa dùng của %(name)s. In phiếu mới ở dưới.")

    def end() -> tuple[str, str]:
        ended = slips.lose_phone(found, by=me)
        said = told % {"number": ended, "name": found.full_name}
        return reverse("slip-person", args=[found.pk]), said

    return once.do(request, end)


def _people(request: HttpRequest) -> Any:
    """Whom the visitor may print for; :class:`Http404` for who is neither clerk nor specialist."""
    held = visitor(request).held
    agencies = {c.post.agency_id for c in held if c.post.role in ISSUERS}
    if not agencies:
        raise Http404
    holdings = Holding.objects.filter(in_force(), post__agency__in=agencies)
    people = with_standing().filter(
        pk__in=holdings.values("user"), in_office=False, is_staff=False, is_active=True
    )
    held_now = holdings.select_related("post", "post__agency__commune").order_by("post")
    waiting = Slip.objects.live().filter(used__isnull=True)
    return people.prefetch_related(
        Prefetch("holdings", held_now, "posts_held"),
        Prefetch("devices", Device.objects.live().order_by("-last_seen"), "phones"),
        Prefetch("slips", waiting, "waiting"),
    )


def _person(request: HttpRequest, person: int) -> Any:
    found = _people(request).filter(pk=person).first()
    if found is None:
        raise Http404
    return found


def _qr(link: str) -> str:
    """The link as an SVG drawing inside the page: as a picture of its own it would need an address
    that lets in whoever finds it in a log."""
    import segno

    code = segno.make(link, error="m", boost_error=False, micro=False)
    drawing: str = code.svg_inline(scale=5, border=2, title=_("Mã QR để vào"))
    return drawing

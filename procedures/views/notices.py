"""What a person was told; reminding the desk that has a case; a text for Zalo."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workflows.errors import Refusal

from .. import access
from ..deadlines import calendar_of
from ..idempotency import once
from ..messages import desks, notices, reminding, sharing
from ..models import Dossier
from ..visitor import visitor
from . import pages

ROWS = 20


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """ "Thông báo": newest first; those not opened yet are marked."""
    page = Paginator(notices.of(request.user), ROWS).get_page(request.GET.get("trang"))
    return render(request, "procedures/notices.html", {"page": page})


@require_POST
def opened(request: HttpRequest, number: int) -> HttpResponse:
    """Mark one notice as read and go where it leads."""
    mine = notices.of(request.user).filter(pk=number)
    notice = mine.first()
    if notice is None:
        raise Http404
    notices.mark_read(mine)
    return redirect(notice.page or "notices")


@require_POST
def all_read(request: HttpRequest) -> HttpResponse:
    """Mark as read what the page showed; what came since stays new."""
    newest = request.POST.get("newest", "")
    if not newest.isdecimal():
        raise Http404
    notices.mark_read(notices.of(request.user).filter(pk__lte=int(newest)))
    return redirect("notices")


@require_http_methods(["GET", "POST"])
def nudge(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind the people at the desk that has the case, or say why not."""
    dossier = access.dossier_for(request.user, pk)
    status, refusal = 200, None
    if request.method == "POST":
        try:
            return once.do(request, lambda: _reminded(request, dossier))
        except Refusal as refused:
            status, refusal = pages.status_of(refused), refused
            dossier = access.dossier_for(request.user, pk)
    return _nudge_page(request, dossier, refusal, status)


def _reminded(request: HttpRequest, dossier: Dossier) -> tuple[str, str]:
    reminding.nudge(dossier, by=request.user, seen=pages.seen_by(request))
    said = _("Đã nhắc. Người đang giữ hồ sơ sẽ thấy ở mục Thông báo.")
    return reverse("dossier", args=[dossier.pk]), said


def _nudge_page(
    request: HttpRequest, dossier: Dossier, refusal: Refusal | None, status: int
) -> HttpResponse:
    desk = dossier.waits_at
    offered = reminding.reminding(dossier, visitor(request).held, calendar_of(request))
    return pages.page(
        request,
        "nudge.html",
        dossier,
        status,
        desk=desk,
        sitting=desks.able(dossier),
        refusal=refusal or offered.refusal,
    )


@require_safe
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """The text to paste into Zalo; it names nobody."""
    dossier = access.dossier_for(request.user, pk)
    return pages.page(request, "share.html", dossier, text=sharing.share_text(dossier))

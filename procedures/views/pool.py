"""Chờ ra quyết định: what was agreed to, and the decision that gathers it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflows.errors import Refusal
from workflows.models import Post
from workflows.service import perform
from workflows.states import State

from .. import access, behalf, rules, standing
from ..codes import CHANGE_MEMBERS
from ..flows import change_members
from ..idempotency import once
from ..models import Change, Commune, Dossier
from ..visitor import visitor
from . import pages

_READ = Prefetch("changes", Change.objects.select_related("hamlet", "team"))


@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """Team by team, since when; the specialist makes one decision of all, or of one at once."""
    commune, refusal = _commune(request), None
    if request.method == "POST":
        try:
            return once.do(request, lambda: (_begun(request, commune), ""))
        except Refusal as refused:
            refusal = refused
    context = {
        "groups": _by_team(change_members.pool(commune)),
        "open": _open(commune),
        "may_decide": _post(request) is not None,
        "refusal": refusal,
    }
    status = pages.status_of(refusal) if refusal else 200
    return render(request, "procedures/pool.html", context, status=status)


def _commune(request: HttpRequest) -> Commune:
    person = visitor(request)
    if person.commune is None or not person.in_office:
        raise PermissionDenied
    return person.commune


def _post(request: HttpRequest) -> Post | None:
    return next(iter(behalf.posts_that_may_enter(visitor(request).held)), None)


def _begun(request: HttpRequest, commune: Commune) -> str:
    post = _post(request)
    if post is None:
        raise Refusal(_("Chỉ chuyên viên lập hồ sơ ra quyết định."))
    chosen = change_members.pool(commune).filter(pk__in=_keys(request))
    dossier = change_members.draft(request.user, post, chosen)
    return reverse("dossier-members", args=[dossier.pk])


def _keys(request: HttpRequest) -> list[int]:
    """The requests chosen; the one whose own button was pressed, where one was."""
    only = request.POST.getlist("only")
    chosen = only or request.POST.getlist("requests")
    return [int(key) for key in chosen if key.isdecimal()]


def _by_team(requests: Any) -> list[tuple[str, list[Dossier]]]:
    read = requests.select_related("commune").prefetch_related(_READ, "changes__seats")
    found = groupby(read, lambda request: request.lines()[0].team_name)
    return [(team, list(group)) for team, group in found]


def _open(commune: Commune) -> Iterable[Dossier]:
    """Decisions being made of it, not sent yet or sent back."""
    under_way = Dossier.objects.filter(commune=commune, procedure=CHANGE_MEMBERS)
    return under_way.filter(state__in=(State.DRAFT, State.RETURNED)).order_by("-pk")


@require_http_methods(["GET", "POST"])
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """What one decision gathers: more from the pool, then sent up."""
    dossier = access.dossier_for(request.user, pk)
    if dossier.procedure != CHANGE_MEMBERS:
        barred = Refusal(_("Hồ sơ này không kết nạp hay cho thôi ai."))
        status = 200 if request.method == "GET" else 409
        return pages.page(request, "members.html", dossier, status, refusal=barred)
    if request.method == "GET":
        return _shown(request, dossier)
    work = _gather if "gather" in request.POST else _send
    return _done(request, dossier, work)


def _done(
    request: HttpRequest, dossier: Dossier, work: Callable[[HttpRequest, Dossier], tuple[str, str]]
) -> HttpResponse:
    try:
        return once.do(request, lambda: work(request, dossier))
    except Refusal as refusal:
        now = access.dossier_for(request.user, dossier.pk)
        return _shown(request, now, refusal, pages.status_of(refusal))


def _gather(request: HttpRequest, dossier: Dossier) -> tuple[str, str]:
    seen, chosen = pages.seen_by(request), _keys(request)
    perform(dossier, "gather", by=request.user, seen=seen, requests=chosen)
    return reverse("dossier-members", args=[dossier.pk]), _("Đã đưa vào hồ sơ.")


def _send(request: HttpRequest, dossier: Dossier) -> tuple[str, str]:
    """Whoever gathered it has read it: his content check goes with it."""
    seen = pages.seen_by(request)
    sent = perform(dossier, "submit", by=request.user, seen=seen)
    perform(sent, "check_content", by=request.user, seen=sent.revision)
    return reverse("dossier", args=[dossier.pk]), _("Đã trình. Hồ sơ đã chuyển lên Trưởng phòng.")


def _shown(
    request: HttpRequest, dossier: Dossier, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    read = dossier.changes.select_related("hamlet", "team", "origin").prefetch_related("seats")
    lines = list(read)
    may_work = pages.refusal_of(dossier, "gather", request.user) is None
    return pages.page(
        request,
        "members.html",
        dossier,
        status,
        lines=lines,
        groups=_by_team(change_members.pool(dossier.commune)),
        findings=rules.judge(dossier) if may_work and lines else [],
        may_work=may_work,
        reason=standing.reason(dossier),
        refusal=refusal,
    )

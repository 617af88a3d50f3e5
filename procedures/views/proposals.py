"""Proposing a team: where, then who."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflows import service
from workflows.errors import Refusal
from workflows.states import State

from .. import access, rules, standing
from ..flows import establish_team
from ..forms import MAX_ROWS, SeatRows, rows_from, rows_shown, seat_rows, seat_values
from ..models import Dossier
from ..rules import Finding
from ..visitor import visitor
from . import pages
from .home import TITLES

Rows = list[dict[str, Any]]
# The acts of "Gửi"; "Lưu nháp" is the first of them.
SENT = ("edit", "submit")


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The places for which the person may propose a team; a draft begun is taken up again."""
    posts = visitor(request).starting_posts
    if request.method == "POST":
        return _start(request)
    drafts = Dossier.objects.filter(post__in=posts, state=State.DRAFT).prefetch_related(TITLES)
    context = {"posts": posts, "drafts": {draft.post_id: draft for draft in drafts}}
    return render(request, "procedures/start.html", context)


def _start(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("post", "")
    post = next((p for p in visitor(request).starting_posts if str(p.pk) == chosen), None)
    if post is None:
        raise Http404
    begun = Dossier.objects.filter(post=post, state=State.DRAFT).first()
    dossier = begun or establish_team.draft(request.user, post)
    return redirect("dossier-edit", pk=dossier.pk)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of people. Adding and removing a row keeps what is typed and saves nothing."""
    dossier = access.dossier_for(request.user, pk)
    if dossier.remedy:
        return redirect("dossier-correct", pk=dossier.pk)
    barred = pages.refusal_of(dossier, "edit", request.user)
    if barred:
        return _barred(request, dossier, barred)
    if request.method == "GET":
        return _opened(request, dossier)
    rows = seat_rows(request.POST)
    if not rows.management_form.is_valid():
        return _form(request, dossier, rows, status=422)
    if "more" in request.POST or "less" in request.POST:
        return _form(request, dossier, rows_shown(_reshaped(request.POST, rows.typed())))
    return _keep(request, dossier, rows)


def _barred(request: HttpRequest, dossier: Dossier, barred: Refusal) -> HttpResponse:
    """Not his to write any more; the second click on "Gửi" is answered as the first."""
    seen = request.POST.get("seen", "")
    if seen.isdecimal() and pages.done_before(dossier, SENT, request.user, int(seen)):
        return pages.back_to(dossier)
    status = 200 if request.method == "GET" else 409
    return pages.page(request, "proposal.html", dossier, status, refusal=barred)


def _opened(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The list as last saved; judged once somebody has worked on it."""
    people = _stored(dossier)
    if dossier.revision == 1:
        return _form(request, dossier, rows_shown([*people, {}]))
    rows = rows_from(people)
    return _form(request, dossier, rows, findings=_at_fields(rows, rules.judge(dossier)))


def _keep(request: HttpRequest, dossier: Dossier, rows: SeatRows) -> HttpResponse:
    """Save the list, and send it if asked to."""
    if not rows.is_valid():
        return _form(request, dossier, rows, status=422)
    sending = "send" in request.POST
    try:
        seen = pages.seen_by(request)
        same = rows.people() == _stored(dossier)
        # The same list pressed twice is answered as the first time; another list is stale.
        if not (same and pages.done_before(dossier, SENT[: 1 + sending], request.user, seen)):
            dossier = _save(dossier, rows, request.user, seen)
            if sending:
                service.perform(dossier, "submit", by=request.user, seen=dossier.revision)
    except Refusal as refusal:
        return _refused(request, access.dossier_for(request.user, dossier.pk), rows, refusal)
    if not sending:
        messages.success(request, _("Đã lưu nháp. Chưa gửi đi đâu cả."))
        return redirect("dossier-edit", pk=dossier.pk)
    messages.success(request, _("Đã gửi. Trang này cho biết hồ sơ đang chờ ai."))
    return pages.back_to(dossier)


def _save(dossier: Dossier, rows: SeatRows, by: Any, seen: int) -> Dossier:
    seats = {change.pk: rows.people() for change in dossier.changes.all()}
    return service.perform(dossier, "edit", by=by, seen=seen, seats=seats)


def _refused(
    request: HttpRequest, dossier: Dossier, rows: SeatRows, refusal: Refusal
) -> HttpResponse:
    """The page again with everything typed; where rules refuse, each at its field."""
    people = [form.cleaned_data for form in rows.forms if form.has_changed()]
    rows = rows_from(people)
    # Saved but not sent: the rules judge what is now stored, which is what stands in the boxes.
    if people == _stored(dossier):
        judged = rules.judge(dossier)
        told = None if any(finding.blocks for finding in judged) else refusal
        findings = _at_fields(rows, judged)
        return _form(request, dossier, rows, refusal=told, findings=findings, status=422)
    return _form(request, dossier, rows, refusal=refusal, status=409)


def _at_fields(rows: SeatRows, findings: Iterable[Finding]) -> list[Finding]:
    """Put what blocks on its field; return the rest, to stand above the list."""
    rows.is_valid()
    left = []
    for finding in findings:
        number = (finding.position or 0) - 1
        if finding.blocks and finding.field and 0 <= number < len(rows.forms):
            rows.forms[number].add_error(finding.field, str(finding))
        else:
            left.append(finding)
    return left


def _stored(dossier: Dossier) -> Rows:
    return [seat_values(seat) for change in dossier.changes.all() for seat in change.seats.all()]


def _reshaped(sent: QueryDict, typed: Rows) -> Rows:
    """The rows with one more at the end, or without the one whose button was pressed."""
    if "more" in sent:
        return [*typed, {}][:MAX_ROWS]
    return [row for number, row in enumerate(typed) if str(number) != sent["less"]] or [{}]


def _form(
    request: HttpRequest, dossier: Dossier, rows: SeatRows, *, status: int = 200, **context: Any
) -> HttpResponse:
    return pages.page(
        request,
        "proposal.html",
        dossier,
        status,
        rows=rows,
        wrong=rows.is_bound and any(rows.errors),
        reason=standing.reason(dossier),
        room=len(rows.forms) < MAX_ROWS,
        **context,
    )

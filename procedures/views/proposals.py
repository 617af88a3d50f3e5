"""Proposing a team: where, then who."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflows import service
from workflows.errors import Refusal
from workflows.models import Post
from workflows.states import State

from .. import access, behalf, rules, standing
from ..flows import establish_team
from ..forms.steps import MAX_ROWS, SeatRows, rows_from, rows_shown, seat_rows, seat_values
from ..idempotency import once
from ..models import Dossier
from ..models.people import OF_AGE
from ..road import DossierPage
from ..rules import Finding
from ..visitor import visitor
from . import pages
from .home import TITLES

Rows = list[dict[str, Any]]
Acts = tuple[str, str]
# The acts of "Gửi"; "Lưu nháp" is the first of them. The other pair is that of "nhập hộ".
ENTERED: Acts = ("edit_entered", "submit_entered")
_PAIRS = (pages.SENT, ENTERED)


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The places for which the person may propose a team; a draft begun is taken up again."""
    posts = _offering(request)
    if request.method == "POST":
        return _start(request)
    own = Dossier.objects.filter(post__in=posts, procedure=establish_team.EstablishTeamFlow.code)
    drafts = own.filter(state=State.DRAFT).prefetch_related(TITLES)
    context = {
        "places": [(post, behalf.place_of(post)) for post in posts],
        "drafts": {draft.post_id: draft for draft in drafts},
    }
    return render(request, "procedures/start.html", context)


def _offering(request: HttpRequest) -> list[Post]:
    """His posts whose place still exists: what was merged away gets no new team."""
    posts = visitor(request).starting_posts
    return [p for p in posts if not getattr(getattr(p, "hamlet", None), "is_over", False)]


def _start(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("post", "")
    post = next((p for p in _offering(request) if str(p.pk) == chosen), None)
    if post is None:
        raise Http404

    def begin() -> tuple[str, str]:
        # Two presses queue here, so that the second takes up what the first has begun.
        Post.objects.select_for_update().get(pk=post.pk)
        begun = establish_team.begun_at(post)
        dossier = begun or establish_team.draft(request.user, post)
        return reverse("dossier-edit", args=[dossier.pk]), ""

    return once.do(request, begin)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of people. Adding and removing a row keeps what is typed and saves nothing."""
    dossier = access.dossier_for(request.user, pk)
    if (page := dossier.flow.written_at) != DossierPage.written_at:
        return redirect(reverse(page, args=[dossier.pk]))
    acts, barred = acts_of_writer(dossier, request.user)
    if barred:
        return pages.barred(request, "proposal.html", dossier, barred, _PAIRS)
    if request.method == "GET":
        return _opened(request, dossier)
    rows = seat_rows(request.POST)
    if not rows.management_form.is_valid():
        return list_form(request, dossier, rows, status=422)
    if not {"more", "less", "again"}.isdisjoint(request.POST):
        return list_form(request, dossier, rows_shown(reshaped(request.POST, rows.typed())))
    return _keep(request, dossier, rows, acts)


def acts_of_writer(dossier: Dossier, user: Any) -> tuple[Acts, Refusal | None]:
    """The acts by which he writes in it: as its author, or entering for him; else why not."""
    offers = {act.name: refusal for act, refusal in pages.offered(dossier, user)}
    for acts in _PAIRS:
        if acts[0] in offers and offers[acts[0]] is None:
            return acts, None
    return pages.SENT, pages.refusal_of(dossier, pages.SENT[0], user)


def _opened(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The list as last saved; judged once somebody has worked on it."""
    people = _stored(dossier)
    if not service.history(dossier).filter(act__in=(pages.SENT[0], ENTERED[0])).exists():
        return list_form(request, dossier, rows_shown([*people, {}]))
    rows = rows_from(people)
    return list_form(request, dossier, rows, findings=_at_fields(rows, rules.judge(dossier)))


def _keep(request: HttpRequest, dossier: Dossier, rows: SeatRows, acts: Acts) -> HttpResponse:
    """Save the list, and send it if asked to."""
    if not rows.is_valid():
        return list_form(request, dossier, rows, status=422)
    sending = "send" in request.POST
    try:
        to, said = _answer(dossier, sending)
        with once.on(request, acts[sending], to, said):
            dossier = _do(request, dossier, rows, acts, sending)
    except Refusal as refusal:
        if first := once.shown(request):
            return first
        return _refused(request, access.dossier_for(request.user, dossier.pk), rows, refusal)
    messages.success(request, said(dossier))
    return redirect(to)


def _do(
    request: HttpRequest, dossier: Dossier, rows: SeatRows, acts: Acts, sending: bool
) -> Dossier:
    """Save, and send, in one transaction, so that a second press waits for both. What the rules
    refuse to send stays saved."""
    seen, refused = pages.seen_by(request), None
    same = rows.people() == _stored(dossier)
    # Saved from this page, with an answer that was lost: only sending it is left.
    saved = same and pages.done_before(dossier, acts[:1], request.user, seen)
    with transaction.atomic():
        if not (saved and dossier.revision == seen + 1):
            dossier = _save(dossier, rows, request.user, seen, acts[0])
        if sending:
            try:
                pages.refuse_hints_unseen(request, dossier)
                dossier = service.perform(dossier, acts[1], by=request.user, seen=dossier.revision)
            except Refusal as refusal:
                refused = refusal
    if refused:
        raise refused
    return dossier


def _answer(dossier: Dossier, sending: bool) -> tuple[str, Callable[[Dossier], str]]:
    """Where the person goes next, and what he is told of the dossier as it is then."""
    if sending:
        return reverse("dossier", args=[dossier.pk]), _received
    to = reverse("dossier-edit", args=[dossier.pk])
    return to, lambda _dossier: _("Đã lưu nháp. Chưa gửi đi đâu cả.")


def _received(dossier: Dossier) -> str:
    return _("Đã nhận. Mã hồ sơ: %(code)s. Trang này cho biết hồ sơ đang chờ ai.") % {
        "code": dossier.receipt
    }


def _save(dossier: Dossier, rows: SeatRows, by: Any, seen: int, act: str) -> Dossier:
    seats = {change.pk: rows.people() for change in dossier.changes.all()}
    return service.perform(dossier, act, by=by, seen=seen, seats=seats)


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
        return list_form(request, dossier, rows, refusal=told, findings=findings, status=422)
    return list_form(request, dossier, rows, refusal=refusal, status=409)


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


def reshaped(sent: QueryDict, typed: Rows) -> Rows:
    """The rows with one more at the end, or without the one whose button was pressed; as they
    are where the phone gives back what it kept."""
    if "more" in sent:
        return [*typed, {}][:MAX_ROWS]
    return [row for number, row in enumerate(typed) if str(number) != sent.get("less")] or [{}]


def list_form(
    request: HttpRequest, dossier: Dossier, rows: SeatRows, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The page with the rows; ``saving`` is its address where it is a list of a round, which is
    saved and not sent."""
    return pages.page(
        request,
        "proposal.html",
        dossier,
        status,
        rows=rows,
        wrong=rows.is_bound and any(rows.errors),
        reason=standing.reason(dossier),
        room=len(rows.forms) < MAX_ROWS,
        # Who was born later is a child today.
        of_age_from=timezone.localdate().year - OF_AGE,
        scans=access.may_see_phones(request.user, dossier),
        **context,
    )

"""A team's own page: what it is to reach, how far it has come, and asking for a change."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workflows.errors import Refusal

from .. import access
from ..flows import AssignTargetsFlow, assign_targets
from ..forms.progress import ProgressForm, WishForm
from ..idempotency import once
from ..models import TargetRequest, Team
from ..targets import assigned, pages, progress
from ..targets.pages import Reached
from ..targets.progress import Count
from ..visitor import visitor


@require_safe
def show(request: HttpRequest, team: int) -> HttpResponse:
    """ "Chỉ tiêu của tổ". Its leader or deputy opening it acknowledges what was decided."""
    found = access.team_for(request.user, team)
    leads = assigned.leading(request.user, found) is not None
    if leads and request.method == "GET":
        assigned.acknowledge(found, request.user)
    now, over = pages.of_team(found)
    context = {
        "team": found,
        "now": now,
        "over": over,
        "leads": leads,
        "may_tell": bool(_speaker(request, found)),
        "readable": _readable(request, [*now, *over]),
    }
    return render(request, "procedures/team_targets.html", context)


def _readable(request: HttpRequest, rows: list[Reached]) -> set[int]:
    """Of the reports behind these numbers those he may open."""
    behind = pages.reports_behind(rows)
    if not behind:
        return set()
    found = access.reports_of(request.user, visitor(request).held).filter(pk__in=behind)
    return set(found.values_list("pk", flat=True))


@require_safe
def arrived(request: HttpRequest, number: int) -> HttpResponse:
    """From a notice about what one decision gave a team to the team's page."""
    place = access.target_team_for(request.user, number)
    return redirect("team-targets", team=place.team_id)


def _speaker(request: HttpRequest, team: Team) -> str:
    if team.until is not None:
        return ""
    return assigned.speaks_for(request.user, team, visitor(request).held)


@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, team: int) -> HttpResponse:
    """The numbers of a day, for all targets at once; an open box is not zero."""
    found = access.team_for(request.user, team)
    speaker = _speaker(request, found)
    if not speaker:
        raise Http404
    now, _over = pages.of_team(found)
    wholes = {row.target.item.indicator_id: (row.entry or row.target).denominator for row in now}
    form = ProgressForm(request.POST or None, targets=[row.target for row in now], wholes=wholes)
    refusal = None
    if form.is_valid():

        def work() -> tuple[str, str]:
            counts = [Count(*row) for row in form.counts()]
            on = form.cleaned_data["on"]
            progress.tell(found, counts, on=on, by=request.user, capacity=speaker)
            return reverse("team-targets", args=[found.pk]), _("Đã ghi số liệu.")

        try:
            return once.do(request, work)
        except Refusal as refused:
            refusal = refused
    context = {"team": found, "form": form, "refusal": refusal, "speaker": speaker}
    status = 422 if form.is_bound else 200
    return render(request, "procedures/team_progress.html", context, status=status)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, team: int, target: int) -> HttpResponse:
    """The leader's wish that one target be changed, with its reason."""
    found = access.team_for(request.user, team)
    if assigned.leading(request.user, found) is None:
        raise Http404
    asked = access.target_for(found, target)
    form = WishForm(request.POST or None)
    refusal, status = None, 422 if form.is_bound else 200
    if form.is_valid():

        def work() -> tuple[str, str]:
            assigned.ask(asked, by=request.user, reason=form.cleaned_data["reason"])
            said = _("Đã gửi đề nghị. Văn phòng trả lời ở trang này.")
            return reverse("team-targets", args=[found.pk]), said

        try:
            return once.do(request, work)
        except Refusal as refused:
            refusal, status = refused, 409
    context = {"team": found, "target": asked, "form": form, "refusal": refusal}
    return render(request, "procedures/target_ask.html", context, status=status)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """A team's request: change the target by a new decision, or say why it stays."""
    asked = access.target_request_for(request.user, number)
    form = WishForm(request.POST if "keep" in request.POST else None)
    refusal, status = None, 422 if form.is_bound else 200
    if request.method == "POST":
        try:
            if "change" in request.POST:
                return once.do(request, lambda: (_change(request, asked), ""))
            if form.is_valid():
                return once.do(request, lambda: _keep(request, asked, form))
        except Refusal as refused:
            refusal, status = refused, 409
    asked = access.target_request_for(request.user, number)
    context = {
        "asked": asked,
        "target": asked.target,
        "case": assign_targets.answering(asked),
        "may_answer": assigned.specialist_of(
            visitor(request).held, asked.target.place.team.commune.agency_id
        ),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "procedures/target_answer.html", context, status=status)


def _change(request: HttpRequest, asked: TargetRequest) -> str:
    agency = asked.target.place.team.commune.agency_id
    posts = AssignTargetsFlow.posts_that_may_start(visitor(request).held)
    post = next((post for post in posts if post.agency_id == agency), None)
    if post is None:
        raise Refusal(_("Chỉ chuyên viên trả lời đề nghị điều chỉnh chỉ tiêu."))
    dossier = assign_targets.draft_for(request.user, post, asked)
    return reverse("targets-plan", args=[dossier.pk])


def _keep(request: HttpRequest, asked: TargetRequest, form: WishForm) -> tuple[str, str]:
    reason = form.cleaned_data["reason"]
    assigned.refuse(asked, by=request.user, held=visitor(request).held, reason=reason)
    return reverse("target-answer", args=[asked.pk]), _("Đã trả lời tổ.")

"""Rounds: opened, watched, gathered and sent up by the specialist; answered by the places."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workflows import service
from workflows.errors import Refusal
from workflows.models import Post

from .. import access, rounds
from ..flows import establish_round, establish_team
from ..forms.rounds import COMMUNE, LinesForm, RoundForm
from ..idempotency import once
from ..models import Dossier, Round, RoundPlace
from ..models.rounds import lines_of
from ..visitor import visitor
from . import pages
from .answers import Step, answer

USUAL_DAYS = 7


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The rounds of the office, newest first."""
    held = visitor(request).held
    if not access.offices(held):
        raise PermissionDenied
    found = access.rounds_of(request.user, held).order_by("-pk")[:50]
    rows = [(round, rounds.progress(round, judged=False)) for round in found]
    may_open = bool(establish_round.posts_that_may_open(held))
    return render(request, "procedures/rounds.html", {"rows": rows, "may_open": may_open})


def _post(request: HttpRequest) -> Post:
    for post in establish_round.posts_that_may_open(visitor(request).held):
        return post
    raise Http404


@require_http_methods(["GET", "POST"])
def open_round(request: HttpRequest) -> HttpResponse:
    """A new round; every place without a team is ticked already."""
    post = _post(request)
    hamlets, with_commune = rounds.free_places(post.agency.commune)
    form = RoundForm(
        request.POST or None, hamlets=hamlets, with_commune=with_commune, initial=_usual(hamlets)
    )
    if form.is_valid():

        def work() -> tuple[str, str]:
            told = {name: form.cleaned_data[name] for name in ("name", "due", "message")}
            opened = establish_round.open_round(request.user, post, **told, **form.chosen())
            said = _("Đã mở đợt. Các nơi được mời thấy ở trang đầu của họ.")
            return reverse("round", args=[opened.pk]), said

        return once.do(request, work)
    context = {"form": form, "nowhere": not hamlets and not with_commune, "commune_key": COMMUNE}
    status = 422 if form.is_bound else 200
    return render(request, "procedures/round_open.html", context, status=status)


def _usual(hamlets: list[Any]) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "name": _("Đợt lập tổ tháng %(month)s") % {"month": f"{today:%m/%Y}"},
        "due": today + datetime.timedelta(days=USUAL_DAYS),
        "places": [str(hamlet.pk) for hamlet in hamlets],
    }


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """ "14/18": every place, what came, what is missing, and what to do next."""
    return _page(request, access.round_for(request.user, pk))


def _page(
    request: HttpRequest, round: Round, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    dossier = round.dossier
    return pages.page(
        request,
        "round.html",
        dossier,
        status,
        round=round,
        progress=rounds.progress(round),
        lines=list(lines_of(dossier)),
        days_left=round.days_left(timezone.localdate()),
        may_work=pages.refusal_of(dossier, "gather", request.user) is None,
        refusal=refusal,
    )


def _work(request: HttpRequest, pk: int, work: Callable[[Round], str]) -> HttpResponse:
    """Do the work on a round once, which says what was done, and show the round again."""
    round = access.round_for(request.user, pk)
    try:
        return once.do(request, lambda: (reverse("round", args=[pk]), work(round)))
    except Refusal as refusal:
        return _page(request, access.round_for(request.user, pk), refusal, pages.status_of(refusal))


@require_POST
def gather(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the chosen lists into the round: the specialist has read them."""
    chosen = [int(key) for key in request.POST.getlist("requests") if key.isdecimal()]

    def work(round: Round) -> str:
        seen = pages.seen_by(request)
        service.perform(round.dossier, "gather", by=request.user, seen=seen, requests=chosen)
        return _("Đã đưa vào đợt.")

    return _work(request, pk, work)


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the lists and send the round up: whoever gathered it has checked the content."""

    def work(round: Round) -> str:
        seen = pages.seen_by(request)
        sent = service.perform(round.dossier, "submit", by=request.user, seen=seen)
        service.perform(sent, "check_content", by=request.user, seen=sent.revision)
        return _("Đã chốt danh sách. Đợt đã chuyển lên Trưởng phòng.")

    return _work(request, pk, work)


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind every place whose list is missing."""

    def work(round: Round) -> str:
        return _("Đã nhắc %(count)d người.") % {"count": rounds.remind(round, by=request.user)}

    return _work(request, pk, work)


@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """The link of one place: what is asked until when, and a button that begins the list."""
    asked = access.round_place_for(request.user, pk)
    post = next((p for p in visitor(request).starting_posts if p == rounds.post_of(asked)), None)
    known = _request_of(asked)
    if request.method == "POST":
        if post is None:
            raise Http404
        return once.do(request, lambda: (_begun(request, known, post), ""))
    context = {
        "asked": asked,
        "known": known,
        "mine": post is not None,
        "text": rounds.share_text(asked),
        "is_open": asked.round.is_open,
    }
    return render(request, "procedures/round_place.html", context)


def _begun(request: HttpRequest, known: Dossier | None, post: Post) -> str:
    dossier = known or establish_team.draft(request.user, post)
    page = "dossier-edit" if dossier.state == "draft" else "dossier"
    return reverse(page, args=[dossier.pk])


def _request_of(asked: RoundPlace) -> Dossier | None:
    """The newest request of the place that was not given up."""
    post = rounds.post_of(asked)
    requests = Dossier.objects.filter(post=post, procedure="establish_team")
    return requests.exclude(state__in=("withdrawn", "rejected")).order_by("-pk").first()


@require_http_methods(["GET", "POST"])
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave some teams for later; the rest goes on."""
    dossier = access.dossier_for(request.user, pk)
    if not dossier.gathers:
        raise Http404
    form = LinesForm(request.POST or None, changes=dossier.lines())

    def work(seen: int) -> None:
        lines, note = form.cleaned_data["lines"], form.cleaned_data["note"]
        service.perform(dossier, "set_aside", by=request.user, seen=seen, note=note, lines=lines)

    done = _("Đã để lại. Các tổ còn lại đi tiếp.")
    step = Step("set_aside.html", ("set_aside",), done, {"form": form})
    return answer(request, dossier, step, work)

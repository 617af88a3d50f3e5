""" "Việc về tổ": what is open about standing teams, and the cases that mend it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workflows.authority import Capacity
from workflows.errors import Refusal
from workflows.models import Post
from workflows.states import FINAL

from .. import access
from ..flows import appoint_leader, dissolve_team, merge_hamlets, review_team
from ..forms.restructuring import MergerForm, TeamsForm
from ..forms.steps import NoteForm
from ..idempotency import once
from ..models import Commune, Dossier, HamletMerger, Team
from ..models.restructuring import (
    APPOINT_LEADER,
    DISSOLVE_TEAM,
    MERGE_HAMLETS,
    RESTRUCTURING,
    REVIEW_TEAM,
)
from ..teams import mergers, restructuring, unmerging, warnings
from ..teams.standing_teams import all_standing
from ..visitor import visitor
from . import pages
from .answers import at_field
from .home import TITLES

_MOST = 20
# By the word in the address: procedure, its draft, and what the page says.
KINDS: dict[str, tuple[str, Any, Any, Any]] = {
    "thay-to-truong": (
        APPOINT_LEADER,
        appoint_leader.draft,
        gettext_lazy("Thay Tổ trưởng, Tổ phó"),
        gettext_lazy(
            "Nơi nào đã có người đứng đầu mới, hệ thống ghi sẵn người ấy làm Tổ trưởng; ông/bà xem "
            "lại rồi gửi."
        ),
    ),
    "kien-toan": (
        REVIEW_TEAM,
        review_team.draft,
        gettext_lazy("Kiện toàn tổ"),
        gettext_lazy(
            "Danh sách hiện nay của mỗi tổ được chép sẵn; ông/bà sửa chỗ thay đổi rồi gửi."
        ),
    ),
    "giai-the": (
        DISSOLVE_TEAM,
        dissolve_team.draft,
        gettext_lazy("Giải thể tổ"),
        gettext_lazy("Quyết định ghi rõ ai nhận nhiệm vụ và các nhóm liên lạc của tổ."),
    ),
}
ADDRESSES = {procedure: word for word, (procedure, *_rest) in KINDS.items()}


@require_safe
def hub(request: HttpRequest) -> HttpResponse:
    """What is open about the teams of the commune, each with the way to mend it."""
    commune, held = _commune(request), visitor(request).held
    teams = list(all_standing(commune))
    told = warnings.of_teams(teams)
    context = {
        "open": [(team, mends(held, team, told[team.pk])) for team in teams if told[team.pk]],
        "lost": [t for t in teams if any(w.kind == warnings.POST_LOST for w in told[t.pk])],
        "mergers": mergers.open_ones(commune),
        "recorded": _recorded(commune),
        "kinds": [(word, title) for word, (_p, _d, title, _t) in KINDS.items()],
        "may_draft": restructuring.office_post(held, commune) is not None,
        "teams": len(teams),
        "cases": _under_way(request, commune),
    }
    return render(request, "procedures/restructuring.html", context)


def _recorded(commune: Commune) -> list[tuple[HamletMerger, Any]]:
    """The mergers written down, newest first, with who took one back and why."""
    found = list(commune.mergers.select_related("into").prefetch_related("ended")[:_MOST])
    why = unmerging.reasons(found)
    return [(merger, why.get(merger.pk)) for merger in found]


def _under_way(request: HttpRequest, commune: Commune) -> list[Dossier]:
    """The cases about standing teams that are not over, newest first."""
    seen = access.dossiers_of(request.user, visitor(request).held)
    found = seen.filter(commune=commune, procedure__in=RESTRUCTURING).exclude(state__in=FINAL)
    read_with_it = (TITLES, "given_lines__dossier")
    found = found.select_related("commune", "merger__into").prefetch_related(*read_with_it)
    return list(found.order_by("-pk")[:_MOST])


def _commune(request: HttpRequest) -> Commune:
    """The commune whose clerk or specialist the visitor is; for others there is no page."""
    keeper = mergers.keeper(visitor(request).held)
    if keeper is None:
        raise Http404
    commune: Commune = keeper.post.agency.commune
    return commune


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, kind: str) -> HttpResponse:
    """Choose the teams, then a draft with their lists is begun."""
    if kind not in KINDS:
        raise Http404
    procedure, draft, title, explained = KINDS[kind]
    eligible = _eligible(request, procedure)
    if not eligible:
        raise Http404
    form = _form(request, list(eligible))
    status, refusal = (422 if form.is_bound else 200), None
    if form.is_valid():
        teams = list(form.cleaned_data["teams"])

        def work() -> tuple[str, str]:
            dossier = draft(request.user, eligible[teams[0]], teams)
            return reverse("dossier-restructure", args=[dossier.pk]), ""

        try:
            return once.do(request, work)
        except Refusal as refused:
            refusal, status = refused, 409
    context = {"form": form, "title": title, "explained": explained, "refusal": refusal}
    context["office"] = mergers.keeper(visitor(request).held) is not None
    return render(request, "procedures/restructuring_begin.html", context, status=status)


def _form(request: HttpRequest, teams: list[Team]) -> TeamsForm:
    """The teams to choose from; the only one, or the one the address names, is chosen."""
    chosen = {int(pk) for pk in request.GET.getlist("to") if pk.isdecimal() and len(pk) < 10}
    if len(teams) == 1:
        chosen = {teams[0].pk}
    sent = request.POST if request.method == "POST" else None
    return TeamsForm(sent, teams=teams, chosen=chosen)


def _eligible(request: HttpRequest, procedure: str) -> dict[Team, Post]:
    """The standing teams for which the visitor may begin such a case, with his post for each."""
    held = visitor(request).held
    seen = access.teams_of(request.user, held).filter(until=None).order_by("level", "hamlet")
    teams = seen.select_related("commune", "hamlet").distinct()
    return {team: post for team in teams if (post := may_begin(held, team, procedure))}


def may_begin(held: Sequence[Capacity], team: Team, procedure: str) -> Post | None:
    """The post from which somebody may begin such a case about a team."""
    if procedure == APPOINT_LEADER:
        return appoint_leader.post_that_may_ask(held, team)
    return restructuring.office_post(held, team.commune)


def ways(held: Sequence[Capacity], team: Team) -> list[tuple[str, Any]]:
    """The cases somebody may begin about one team: (address, what the link says)."""
    if team.until is not None:
        return []
    return [
        (f"{reverse('restructure-begin', args=[word])}?to={team.pk}", title)
        for word, (procedure, _draft, title, _explained) in KINDS.items()
        if may_begin(held, team, procedure)
    ]


def mends(
    held: Sequence[Capacity], team: Team, told: list[warnings.Warning]
) -> list[tuple[warnings.Warning, str]]:
    """Each warning with the address of what mends it, empty for whoever may not."""
    return [(warning, _mend(held, team, warning.mend)) for warning in told]


def _mend(held: Sequence[Capacity], team: Team, procedure: str) -> str:
    if procedure == MERGE_HAMLETS:
        return reverse("restructuring") if restructuring.office_post(held, team.commune) else ""
    if not may_begin(held, team, procedure):
        return ""
    return f"{reverse('restructure-begin', args=[ADDRESSES[procedure]])}?to={team.pk}"


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest) -> HttpResponse:
    """ "Ghi nhận sáp nhập": what a resolution on hamlets says."""
    commune, keeper = _commune(request), mergers.keeper(visitor(request).held)
    assert keeper is not None
    form = MergerForm(request.POST if request.method == "POST" else None, commune=commune)
    status, refusal = (422 if form.is_bound else 200), None
    if form.is_valid():

        def work() -> tuple[str, str]:
            typed = dict(form.cleaned_data)
            mergers.enter(keeper, hamlets=list(typed.pop("hamlets")), **typed)
            return reverse("restructuring"), _("Đã ghi nhận sáp nhập. Việc tiếp theo: hợp nhất tổ.")

        try:
            return once.do(request, work)
        except Refusal as refused:
            refusal = at_field(refused, [form])
            status = pages.status_of(refused)
    context = {"form": form, "refusal": refusal}
    return render(request, "procedures/merger.html", context, status=status)


def _merger(commune: Commune, pk: int) -> HamletMerger:
    found = HamletMerger.objects.filter(commune=commune, pk=pk, taken_back=None)
    merger = found.select_related("into", "commune").first()
    if merger is None:
        raise Http404
    return merger


@require_http_methods(["GET", "POST"])
def take_back_merger(request: HttpRequest, merger: int) -> HttpResponse:
    """ "Rút lại ghi nhận sáp nhập": why, or what stands in the way."""
    commune, capacity = _commune(request), unmerging.specialist(visitor(request).held)
    if capacity is None:
        raise Http404
    if request.method == "POST" and (first := once.shown(request)):
        return first
    found = _merger(commune, merger)
    form = NoteForm(request.POST or None, required=True)
    form.fields["note"].error_messages["required"] = _("Ông/bà ghi rõ vì sao rút lại.")
    refusal, status = None, 422 if form.is_bound else 200
    try:
        unmerging.refuse(found)
        if form.is_valid():

            def work() -> tuple[str, str]:
                unmerging.take_back(capacity, found, form.cleaned_data["note"])
                return reverse("restructuring"), _("Đã rút lại. Các thôn, bản cũ như trước.")

            return once.do(request, work)
    except Refusal as refused:
        refusal, status = refused, 409 if form.is_bound else 200
    context = {"merger": found, "form": form, "refusal": refusal}
    return render(request, "procedures/merger_back.html", context, status=status)


@require_POST
def begin_merger(request: HttpRequest, merger: int) -> HttpResponse:
    """The dossier that makes one team of those of a merger."""
    commune = _commune(request)
    found = _merger(commune, merger)
    post = restructuring.office_post(visitor(request).held, commune)

    def work() -> tuple[str, str]:
        if post is None:
            raise Refusal(_("Chỉ chuyên viên lập được hồ sơ hợp nhất tổ."))
        dossier = merge_hamlets.draft(request.user, post, found)
        return reverse("dossier-restructure", args=[dossier.pk]), ""

    try:
        return once.do(request, work)
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect("restructuring")

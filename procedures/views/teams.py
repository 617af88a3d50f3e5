"""Teams and who is in them, phones masked; the list as a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workflows.states import FINAL

from .. import access
from ..forms.purposes import PURPOSES, ExportForm
from ..lists import team_lists, viewings
from ..lists.team_lists import COMMUNE_TEAM, Choice
from ..models import Change, Commune, Hamlet, SeatRole, Team, Trainee, Viewing, ZaloGroup
from ..people import member_requests
from ..rules.facts import ABOUT_ONE
from ..teams import warnings
from ..visitor import visitor
from . import restructuring
from .existing import workbook

ROWS = 50
MOST_EXPORTED = 5000


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """ "Tổ và thành viên": teams, or the people of a role or a name."""
    choice, seen = Choice.of(request.GET), _seen(request)
    found: Any = choice.teams(seen)
    found = choice.members(seen) if choice.by_person else team_lists.with_members(found)
    page = Paginator(found, ROWS).get_page(request.GET.get("trang"))
    context = {
        "choice": choice,
        "page": page,
        "warned": {} if choice.by_person else _warned(page.object_list),
        "roles": SeatRole.choices,
        "places": _places(request),
        "commune_team": COMMUNE_TEAM,
        "asked": _asked(choice),
    }
    return render(request, "procedures/teams.html", context)


def _warned(teams: Iterable[Team]) -> dict[int, list[Any]]:
    """The open warnings of the teams on a page, by team."""
    by_commune: dict[int, list[Team]] = {}
    for team in teams:
        by_commune.setdefault(team.commune_id, []).append(team)
    told = (warnings.of_teams(listed) for listed in by_commune.values())
    return {pk: found for part in told for pk, found in part.items() if found}


def _seen(request: HttpRequest) -> Any:
    return access.teams_of(request.user, visitor(request).held)


def _places(request: HttpRequest) -> list[tuple[str, str]]:
    """The hamlets of the teams he may see, to choose from."""
    teams = _seen(request).filter(hamlet__isnull=False)
    hamlets = Hamlet.objects.filter(pk__in=teams.values("hamlet")).order_by("pk")
    return [(str(hamlet.pk), hamlet.full_name) for hamlet in hamlets]


def _asked(choice: Choice) -> dict[str, str]:
    return {"vai": choice.role, "noi": choice.place, "ten": choice.name}


@require_safe
def show(request: HttpRequest, team: int) -> HttpResponse:
    """One team: since when, by which decision, and its members."""
    found = access.team_for(request.user, team)
    today, held = timezone.localdate(), visitor(request).held
    seats = list(found.memberships.select_related("person").order_by("pk"))
    sitting = [s for s in seats if s.until is None or s.until >= today]
    made_by = Change.objects.exclude(kind__in=ABOUT_ONE).filter(
        team=found, dossier__in=access.dossiers_of(request.user, held)
    )
    context = {
        "team": found,
        "members": [s for s in sitting if s.role != SeatRole.COLLABORATOR],
        "collaborators": [s for s in sitting if s.role == SeatRole.COLLABORATOR],
        "asks": found.until is None and _asks(request, found),
        "requests": _requests(request, found),
        "left": [s for s in seats if s.until is not None and s.until < today],
        "phones": access.may_open_phones(request.user, found),
        "zalo": _groups_of(request, found),
        "dossier": made_by.values_list("dossier", flat=True).first(),
        "ways": restructuring.ways(held, found),
        "warnings": restructuring.mends(held, found, warnings.of_team(found)),
        "may_put_forward": access.may_put_forward(request.user, found),
        "trainings": Trainee.of_team(found),
    }
    return render(request, "procedures/team.html", context)


def _asks(request: HttpRequest, team: Team) -> bool:
    """Whether he may ask for members of the team, or enter it for its leader."""
    return member_requests.asking_post(visitor(request).held, team) is not None


def _requests(request: HttpRequest, team: Team) -> list[Change]:
    """What is under way about single members, as far as he may see it."""
    seen = access.dossiers_of(request.user, visitor(request).held)
    lines = Change.objects.filter(Q(dossier__in=seen) | Q(origin__in=seen), team=team)
    open_lines = lines.filter(kind__in=ABOUT_ONE).exclude(dossier__state__in=FINAL)
    read = open_lines.select_related("dossier", "origin", "hamlet").prefetch_related("seats")
    return list(read.order_by("pk"))


def _groups_of(request: HttpRequest, team: Team) -> dict[str, Any] | None:
    """The Zalo groups of the team's place, for whoever keeps them."""
    held = visitor(request).held
    if not held:
        return None
    groups = ZaloGroup.objects.filter(commune=team.commune_id, hamlet=team.hamlet_id)
    return {"groups": list(groups)}


@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """The list as the superior's form: masked, or in full once the reason is written down."""
    choice = Choice.of(request.POST if request.method == "POST" else request.GET)
    commune = _commune(request)
    in_full = commune.agency_id in access.offices(visitor(request).held)
    form = ExportForm(request.POST or None, in_full=in_full)
    members = choice.members(_seen(request).filter(commune=commune))
    if form.is_valid():
        rows, full = list(members[:MOST_EXPORTED]), form.cleaned_data["phones"] == "full"
        if full:
            _write_down(request, commune, rows, form.cleaned_data["purpose"])
        return workbook(
            team_lists.workbook(commune, rows, full=full), "danh-sach-to-cong-nghe-so.xlsx"
        )
    context = {"form": form, "count": members.count(), "asked": _asked(choice)}
    context |= {"commune": commune, "purposes": PURPOSES}
    status = 422 if form.is_bound else 200
    return render(request, "procedures/teams_export.html", context, status=status)


def _commune(request: HttpRequest) -> Commune:
    """The commune whose list is asked for; whoever sees no team has no list."""
    team: Team | None = _seen(request).select_related("commune__agency").first()
    if team:
        return team.commune
    if visitor(request).commune is None:
        raise Http404
    return visitor(request).commune  # type: ignore[return-value]


def _write_down(request: HttpRequest, commune: Commune, rows: list[Any], purpose: str) -> None:
    viewings.write_down(
        request.user,
        visitor(request).held,
        commune.agency,
        Viewing.Kind.EXPORT,
        title=_("Danh sách tổ %(commune)s") % {"commune": commune.full_name},
        count=sum(bool(seat.person.phone) for seat in rows),
        purpose=purpose,
    )


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Who looked at phones in full, and who took papers away."""
    agencies = access.watched(visitor(request).held)
    if not agencies:
        raise PermissionDenied
    rows = Viewing.objects.filter(agency__in=agencies).select_related("team", "dossier")
    page = Paginator(rows, ROWS).get_page(request.GET.get("trang"))
    return render(request, "procedures/viewings.html", {"page": page})

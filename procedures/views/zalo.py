"""Zalo groups of a commune: which places have one, and who was invited."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from .. import access
from ..forms.zalo import GroupForm
from ..idempotency import once
from ..models import Commune, Hamlet, Team, ZaloGroup
from ..models.zalo import suggested_name
from ..teams import zalo
from ..visitor import visitor

Tier = ZaloGroup.Tier


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every place he may see with its groups, and which the source asks for."""
    commune = _commune(request)
    places = _places(request, commune)
    rows = [row for row in zalo.rows(commune) if (row.hamlet and row.hamlet.pk) in places]
    found = [zalo.asked(commune, None)[1], zalo.asked(commune, _any_hamlet(commune))[1]]
    context = {
        "commune": commune,
        "rows": rows,
        "citations": dict.fromkeys(ruled.citation for ruled in found if ruled),
        "tiers": Tier,
    }
    return render(request, "procedures/zalo.html", context)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, tier: str, place: int) -> HttpResponse:
    """Register a group; ``place`` is a hamlet's key, 0 for the commune itself."""
    commune = _commune(request)
    if (place or None) not in _places(request, commune) or tier not in Tier.values:
        raise Http404
    hamlet = Hamlet.objects.filter(commune=commune, pk=place).first()
    if (tier == Tier.COMMUNE) != (hamlet is None):
        raise Http404
    if ZaloGroup.objects.filter(commune=commune, hamlet=hamlet, tier=tier).exists():
        if before := once.shown(request):
            return before
        raise Http404
    group = ZaloGroup(
        commune=commune,
        hamlet=hamlet,
        tier=tier,
        name=suggested_name(commune, hamlet, tier),
        created_on=timezone.localdate(),
        creator=str(request.user),
        by=visitor(request).user,
    )
    return _answer(request, group)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, group: int) -> HttpResponse:
    """A group as registered, and the checklist of who belongs into it."""
    commune = _commune(request)
    found = ZaloGroup.objects.filter(commune=commune, pk=group)
    kept = found.select_related("commune", "hamlet").first()
    if kept is None or kept.hamlet_id not in _places(request, commune):
        raise Http404
    return _answer(request, kept)


def _answer(request: HttpRequest, group: ZaloGroup) -> HttpResponse:
    people = zalo.checklist(group)
    form = GroupForm(request.POST or None, group=group, checklist=people)
    if form.is_valid():
        return once.do(request, lambda: (_saved(group), _("Đã lưu nhóm Zalo.")))
    ticked = form["invited"].value() if form.is_bound else group.invited
    context: dict[str, Any] = {"form": form, "group": group, "people": people, "ticked": ticked}
    context["gone"] = zalo.to_take_out(group, people) if not form.is_bound else []
    status = 422 if form.is_bound else 200
    return render(request, "procedures/zalo_group.html", context, status=status)


def _saved(group: ZaloGroup) -> str:
    group.save()
    return reverse("zalo-group", args=[group.pk])


def _commune(request: HttpRequest) -> Commune:
    """The commune whose groups he may see; without a team or a post there is no page."""
    commune = visitor(request).commune
    if commune is None:
        team: Team | None = _teams(request).select_related("commune").first()
        if team is None:
            raise Http404
        return team.commune
    return commune


def _places(request: HttpRequest, commune: Commune) -> set[int | None]:
    """The places whose groups he keeps: the office all, a leader or head his own."""
    if commune.agency_id in access.offices(visitor(request).held):
        return {None, *commune.hamlets.values_list("pk", flat=True)}
    own = _teams(request).filter(commune=commune)
    if not visitor(request).held:
        # A member only looks; the leader of a team keeps its group.
        own = own.filter(memberships__person__user=request.user.pk, memberships__role="leader")
    return set(own.values_list("hamlet", flat=True))


def _teams(request: HttpRequest) -> Any:
    return access.teams_of(request.user, visitor(request).held).filter(until__isnull=True)


def _any_hamlet(commune: Commune) -> Hamlet | None:
    return commune.hamlets.order_by("pk").first()

"""The page of one dossier, and the small page of an act that only needs a word."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workflows import diagram, service
from workflows.states import Act, State, acts_of

from .. import access, standing
from ..forms.steps import NoteForm
from ..messages import desks
from ..models import Change, Dossier
from ..teams import differences
from ..visitor import visitor
from . import buttons, pages, standings
from .answers import Step, answer


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one dossier: where it stands, who is on it, its papers and its history."""
    by, held = request.user, visitor(request).held
    dossier = access.dossier_for(by, pk, held)
    dossier.read_lines()
    desk = dossier.waits_at
    offers = list(service.available_to(by, dossier, held))
    offered, withheld = buttons.sorted_out(dossier, offers)
    lines = differences.read_before(_lines_for(request, dossier))
    phones = access.may_see_phones(by, dossier, held)
    return pages.page(
        request,
        "case.html",
        dossier,
        desk=desk,
        sitting=desks.able(dossier),
        reason=standing.reason(dossier),
        joined=dossier.joined,
        ahead=standing.steps_ahead(dossier),
        changes=lines,
        phones=phones,
        opens_phones=phones and any(seat.phone for line in lines for seat in line.seats.all()),
        papers=[(kind, paper) for kind in access.PAPERS if (paper := dossier.paper(kind))],
        main_buttons=[choice for choice in offered if choice.onward],
        others=[choice for choice in offered if not choice.onward],
        withheld=withheld,
        may_acknowledge=any(a.name == "acknowledge" and not refusal for a, refusal in offers),
        events=standing.told(dossier),
        **standings.context(dossier, request),
        picture=_picture(dossier),
    )


def _picture(dossier: Dossier) -> str:
    """The diagram, its last step called as the paper this case ends in."""
    drawn = diagram.svg(dossier, _("Đường đi của hồ sơ"), dossier.state)
    last = State.RELEASED
    return buttons.named(dossier, drawn.replace(str(last.label), dossier.word(last)))


def _lines_for(request: HttpRequest, dossier: Dossier) -> QuerySet[Change]:
    """Its lists for the office and for who asked; the head of a place sees that of his place."""
    lines = dossier.changes.select_related("hamlet", "own_decision").prefetch_related("seats")
    held = visitor(request).held
    posts = {capacity.post.pk for capacity in held}
    asked = dossier.post_id in posts or dossier.author == request.user
    if asked or dossier.agency_id in access.offices(held):
        return lines
    return lines.filter(hamlet__head_post__in=posts)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One act that needs at most a reason: withdraw, return, reject, change one's mind."""
    dossier = access.dossier_for(request.user, pk)
    declared = _small(name)
    form = NoteForm(request.POST or None, required=declared.reason)
    step = Step("act.html", (name,), _("Đã xong: %s.") % declared.label, {"form": form})

    def work(seen: int) -> None:
        note = form.cleaned_data["note"]
        service.perform(dossier, name, by=request.user, seen=seen, note=note)

    return answer(request, dossier, step, work)


def _small(name: str) -> Act:
    """A declared act without a page of its own."""
    declared = acts_of(Dossier).get(name)
    if declared is None or declared.inner or name in buttons.PAGES:
        raise Http404
    if declared.hold in ("take", "use"):
        raise Http404
    return declared

""" "Trả về": one page for every return to an earlier step."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflows import service
from workflows.states import acts_of

from .. import access
from ..forms.returning import ReturnForm
from ..models import Dossier
from . import buttons
from .answers import Step, answer


@require_http_methods(["GET", "POST"])
def turn_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the step and give the reason."""
    dossier = access.dossier_for(request.user, pk)
    offers = service.available_to(request.user, dossier)
    acts = [act for act, refusal in offers if refusal is None and buttons.is_return(act)]
    form = ReturnForm(request.POST or None, acts=acts)
    chosen = request.POST.get("to", "")
    # A page sent again after the return names an act that is no longer open.
    declared = acts_of(Dossier).get(chosen) or buttons.ANY_RETURN
    if not buttons.is_return(declared):
        declared = buttons.ANY_RETURN
    step = Step(
        "returning.html", (declared.name,), _("Đã xong: %s.") % declared.label, {"form": form}
    )

    def work(seen: int) -> None:
        note = form.cleaned_data["note"]
        service.perform(dossier, declared.name, by=request.user, seen=seen, note=note)

    return answer(request, dossier, step, work)

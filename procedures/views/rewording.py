"""The clerk changes what is free in the paper, before the form check lets it go."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents import service as documents
from workflows.service import perform

from .. import access
from ..forms.rewording import RewordForm
from .answers import Step, answer


@require_http_methods(["GET", "POST"])
def reword(request: HttpRequest, pk: int) -> HttpResponse:
    """The zones that may be changed, beside the paper as it stands."""
    dossier = access.dossier_for(request.user, pk)
    form = RewordForm(request.POST or None, zones=documents.free_text(dossier.final_text()))

    def work(seen: int) -> None:
        perform(dossier, "reword", by=request.user, seen=seen, texts=form.cleaned_data)

    done = _("Đã sửa. Ông/bà đọc lại văn bản rồi xác nhận thể thức.")
    step = Step("reword.html", ("reword",), done, {"form": form}, "decision")
    return answer(request, dossier, step, work)

"""Teams that exist already: upload the list, look at what was read, confirm.

Nothing is taken from the page that shows a list but its address: on confirming, the stored file is
read again.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workflows.errors import Refusal
from workflows.models import Post

from .. import sheets
from ..files import uploads
from ..flows import record_teams
from ..forms.existing import UploadForm, decision_forms, issued
from ..lists import listing
from ..models import Commune, Dossier
from ..sheets import Sheet
from ..visitor import visitor
from . import pages

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A file that is wrong from top to bottom is not told line by line.
_TOLD = 60


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is bound to: nothing before the page was sent."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _post(request: HttpRequest) -> Post:
    """The post from which the visitor may record teams; for everybody else there is no page."""
    for post in record_teams.posts_that_may_record(visitor(request).held):
        return post
    raise Http404


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose the file. A list with mistakes is shown with them and kept nowhere."""
    post = _post(request)
    form = UploadForm(*_sent(request))
    if form.is_valid():
        data = form.cleaned_data["file"]
        sheet = listing.read(post.agency.commune, data)
        if sheet.problems:
            return _shown(request, post, sheet, status=422)
        return redirect("existing-check", digest=uploads.keep(post.agency, data))
    context = {"form": form, "commune": post.agency.commune}
    status = 422 if form.is_bound else 200
    return render(request, "procedures/existing_upload.html", context, status=status)


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, digest: str) -> HttpResponse:
    """What the list says, and who signed; on POST record it all, or say why not."""
    post = _post(request)
    try:
        sheet = listing.read(post.agency.commune, uploads.opened(post.agency, digest))
    except Http404:
        return _done_before(request, post, digest)
    forms = decision_forms(sheet.decisions, *_sent(request))
    sent, refusal = request.method == "POST", None
    # Every form is asked, so that every mistake is shown at once.
    if sent and not sheet.problems and all([form.is_valid() for _decision, form in forms]):  # noqa: C419
        try:
            dossier = record_teams.record(request.user, post, sheet, issued(forms), digest=digest)
            uploads.drop(post.agency, digest)
            return _recorded(request, dossier)
        except Refusal as refused:
            refusal = refused
    status = (409 if refusal else 422) if sent else 200
    return _shown(request, post, sheet, status=status, refusal=refusal, forms=forms)


def _done_before(request: HttpRequest, post: Post, digest: str) -> HttpResponse:
    """The answer to a second press: as to the first one."""
    dossier = record_teams.recorded_before(post.agency, digest)
    if dossier is None:
        raise Http404
    return _recorded(request, dossier)


def _recorded(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    if request.method == "POST":
        messages.success(request, _("Đã ghi nhận các tổ trong danh sách."))
    return pages.back_to(dossier)


def _shown(
    request: HttpRequest, post: Post, sheet: Sheet, *, status: int, **context: Any
) -> HttpResponse:
    findings = [] if sheet.problems else listing.judge(request.user, post, sheet)
    context |= {
        "commune": post.agency.commune,
        "sheet": sheet,
        "problems": sheet.problems[:_TOLD],
        "untold": max(0, len(sheet.problems) - _TOLD),
        "findings": findings,
    }
    return render(request, "procedures/existing_check.html", context, status=status)


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The empty form."""
    commune: Commune = _post(request).agency.commune
    return workbook(sheets.template(commune.full_name), "mau-danh-sach-to.xlsx")


@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """The form with invented people."""
    places = sheets.Places.of(_post(request).agency.commune)
    return workbook(sheets.sample(places), "vi-du-danh-sach-to.xlsx")


def workbook(data: bytes, name: str) -> HttpResponse:
    """An Excel file to keep."""
    response = HttpResponse(data, content_type=_WORKBOOK)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

"""The list of teams for an office above: as a file, as a table to copy, as a công văn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflows import service
from workflows.errors import Refusal
from workflows.models import Post

from .. import access, rules, sheets
from ..flows import ListUpwardFlow, list_upward
from ..forms.existing import UploadForm
from ..forms.purposes import PURPOSES
from ..forms.upward import ListForm, RequestForm
from ..idempotency import once
from ..lists import comparing, superior, upward, viewings
from ..models import Commune, Dossier, SuperiorSheet, Viewing
from ..sheets.lao_cai import Head
from ..visitor import visitor
from . import pages
from .existing import workbook

_COLUMNS = ("asked_by", "reference", "date", "about", "due", "form", "full_phones", "purpose")


def office(request: HttpRequest) -> Commune:
    """The commune in whose office the visitor works; for everybody else there is no page."""
    held = visitor(request).held
    for commune in visitor(request).communes.values():
        if commune.agency_id in access.offices(held):
            return commune
    raise Http404


@require_http_methods(["GET", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    """Choose the form; the answer is the file, or the same rows to select and copy."""
    commune = office(request)
    own = {f"own-{sheet.pk}": sheet for sheet in SuperiorSheet.objects.filter(commune=commune)}
    form = ListForm(
        request.POST or None,
        more=[(key, sheet.name) for key, sheet in own.items()],
        initial={"form": request.GET.get("form", "eight")},
    )
    listed = None
    if form.is_valid():
        listed = _listed(request, commune, form.cleaned_data)
        if "file" in request.POST:
            return _file(request, listed, form.cleaned_data["form"], own)
    context: dict[str, Any] = {"form": form, "commune": commune, "purposes": PURPOSES}
    context["may_write"] = bool(ListUpwardFlow.posts_that_may_start(visitor(request).held))
    if listed:
        sheet = own.get(form.cleaned_data["form"])
        table = superior.table(sheet, listed) if sheet else listed.table(form.cleaned_data["form"])
        context["headings"], context["rows"] = table
        context["listed"] = listed
    status = 422 if form.is_bound and listed is None else 200
    response = render(request, "procedures/upward.html", context, status=status)
    # Phones may stand on it: neither a proxy nor a shared machine keeps a copy.
    response["Cache-Control"] = "private, no-store"
    return response


def _listed(request: HttpRequest, commune: Commune, typed: dict[str, Any]) -> upward.Listed:
    """The list; one in full only after the reason is written down."""
    listed = upward.listed(commune, typed["on"], full=typed["phones"] == "full")
    if listed.full:
        viewings.write_down(
            request.user,
            visitor(request).held,
            commune.agency,
            Viewing.Kind.EXPORT,
            title=_("Danh sách tổ %(commune)s gửi cấp trên") % {"commune": commune.full_name},
            count=listed.phones,
            purpose=typed["purpose"],
        )
    return listed


def _file(
    request: HttpRequest, listed: upward.Listed, form: str, own: Mapping[str, SuperiorSheet]
) -> HttpResponse:
    who = visitor(request)
    # Who makes the list answers for it; the form asks for his name and post above the table.
    head = Head(name=str(who.user), position=who.titles)
    data = superior.filled(own[form], listed) if form in own else listed.workbook(form, head)
    response = workbook(data, "danh-sach-to-cong-nghe-so.xlsx")
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
def compare(request: HttpRequest) -> HttpResponse:
    """An old list of seven columns beside the teams of today; nothing of it is kept."""
    commune = office(request)
    sent = request.method == "POST"
    form = UploadForm(request.POST if sent else None, request.FILES if sent else None)
    form.fields["file"].help_text = _("Tệp Excel (.xlsx) hoặc CSV UTF-8 theo mẫu 7 cột.")
    context: dict[str, Any] = {"form": form, "commune": commune}
    if form.is_valid():
        read = sheets.lao_cai.read(form.cleaned_data["file"], sheets.Places.of(commune))
        if "file_out" in request.POST and not read.problems:
            data = comparing.as_eight_columns(commune.full_name, read)
            return workbook(data, "danh-sach-to-8-cot.xlsx")
        context |= {"sheet": read, "rows": comparing.beside(commune, read)}
    wrong = form.is_bound and (not form.is_valid() or context["sheet"].problems)
    return render(request, "procedures/upward_compare.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin the công văn; what it answers is typed on the next page."""
    posts = ListUpwardFlow.posts_that_may_start(visitor(request).held)
    if not posts:
        raise Http404
    if request.method == "POST":
        return once.do(request, lambda: (_begun(request, posts[0]), ""))
    return render(request, "procedures/upward_begin.html", {"commune": posts[0].agency.commune})


def _begun(request: HttpRequest, post: Post) -> str:
    return reverse("dossier-list-up", args=[list_upward.draft(request.user, post).pk])


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The request a list answers; saved as a draft, or sent."""
    dossier = access.dossier_for(request.user, pk)
    barred = pages.refusal_of(dossier, "edit", request.user)
    if not dossier.lists_upward:
        barred = Refusal(_("Hồ sơ này không phải công văn gửi danh sách."))
    if barred:
        return pages.barred(request, "upward_request.html", dossier, barred)
    kept = {name: getattr(dossier.list_request, name) for name in _COLUMNS}
    if request.method == "GET":
        return _show(request, dossier, RequestForm(initial=kept))
    form = RequestForm(request.POST)
    if not form.is_valid():
        return _show(request, dossier, form, status=422)
    try:
        return _saved(request, dossier, form)
    except Refusal as refusal:
        return _refused(request, dossier, form, refusal)


def _saved(request: HttpRequest, dossier: Dossier, form: RequestForm) -> HttpResponse:
    sending, seen, by = "send" in request.POST, pages.seen_by(request), request.user
    if not pages.done_before(dossier, pages.SENT[: 1 + sending], by, seen):
        dossier = service.perform(dossier, "edit", by=by, seen=seen, request=form.cleaned_data)
        if sending:
            service.perform(dossier, "submit", by=by, seen=dossier.revision)
    if sending:
        messages.success(request, _("Đã gửi. Trang này cho biết hồ sơ đang chờ ai."))
        return pages.back_to(dossier)
    messages.success(request, _("Đã lưu nháp. Chưa gửi đi đâu cả."))
    return pages.back_to(dossier)


def _refused(
    request: HttpRequest, dossier: Dossier, form: RequestForm, refusal: Refusal
) -> HttpResponse:
    """The page again with everything typed; what rules refuse, each at its field."""
    dossier = access.dossier_for(request.user, dossier.pk)
    at_fields = [f for f in rules.judge(dossier) if f.blocks and f.field in form.fields]
    for finding in at_fields:
        form.add_error(finding.field, str(finding))
    told = None if at_fields else refusal
    status = 422 if at_fields else pages.status_of(refusal)
    return _show(request, dossier, form, status=status, refusal=told)


def _show(
    request: HttpRequest, dossier: Dossier, form: RequestForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    return pages.page(
        request, "upward_request.html", dossier, status, form=form, purposes=PURPOSES, **more
    )

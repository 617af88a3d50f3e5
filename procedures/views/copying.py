"""Sao văn bản: ask for a copy, allow it, record who signed it by hand, seal and release it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents import service as documents
from documents.models import Document, Mode
from workflows import service
from workflows.errors import Refusal
from workflows.states import acts_of

from .. import access
from ..flows import copy_document
from ..forms.copying import CopyForm, SignedCopyForm
from ..forms.steps import NoteForm
from ..idempotency import once
from ..messages import desks
from ..models import CopyRequest
from ..papers import copies as papers
from ..visitor import visitor
from . import pages
from .answers import at_field
from .copy_files import images_of
from .steps import signer_choices

ROWS = 30
SMALL = ("refuse_copy", "withdraw_copy")


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The copies of the office, the newest first."""
    found = access.copies_of(request.user, visitor(request).held)
    rows = found.select_related("copy").order_by("-pk")
    page = Paginator(rows, ROWS).get_page(request.GET.get("trang"))
    return render(request, "procedures/copies.html", {"page": page})


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, document: int) -> HttpResponse:
    """Which copy of a document: its form, its parts, for whom."""
    original = access.original_for(request.user, document)
    ways = documents.ways_to_copy(original)
    posts = copy_document.posts_that_may_start(visitor(request).held, original)
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CopyForm(*bound, original=original, ways=ways)
    if request.method == "GET" or not (ways and posts):
        return _begin_page(request, original, form, bool(ways and posts))
    if not form.is_valid():
        return _begin_page(request, original, form, True, status=422)

    def work() -> tuple[str, str]:
        copy = copy_document.begin(request.user, posts[0], original, **form.told())
        said = _("Đã lập bản sao: in ra để ký tay.") if copy.by_hand else _("Đã trình cho sao.")
        return reverse("copy", args=[copy.pk]), said

    try:
        return once.do(request, work)
    except Refusal as refusal:
        if first := once.shown(request):
            return first
        left = at_field(refusal, [form])
        return _begin_page(request, original, form, True, left, pages.status_of(refusal))


def _begin_page(
    request: HttpRequest,
    original: Document,
    form: CopyForm,
    may: bool,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    barred = None
    if not may:
        only_clerks = Refusal(_("Chỉ văn thư lập bản sao."), papers.ARTICLE)
        barred = only_clerks if form.ways else papers.refused(original)
    earlier = access.copies_of(request.user, visitor(request).held).filter(original=original)
    context = {
        "original": original,
        "cited": documents.cited(original),
        "form": form,
        "barred": barred,
        "refusal": refusal,
        "undergone": documents.undergone_by(original),
        "earlier": earlier.select_related("copy"),
    }
    return render(request, "procedures/copy_begin.html", context, status=status)


@require_safe
def show(request: HttpRequest, copy: int) -> HttpResponse:
    """One copy: as it is or would be, where it stands, and what is to be done."""
    return _show(request, access.copy_for(request.user, copy))


def _show(
    request: HttpRequest, asked: CopyRequest, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    desk = asked.waits_at
    offers = {
        act.name: act
        for act, refused in service.available_to(request.user, asked)
        if refused is None
    }
    context = {
        "asked": asked,
        "cited": documents.cited(asked.original),
        "undergone": documents.undergone_by(asked.original),
        "desk": desk,
        "sitting": desks.able(asked),
        "offers": offers,
        "small": [offers[name] for name in SMALL if name in offers],
        "numbers": range(1, len(images_of(asked)) + 1),
        "events": service.history(asked),
        "refusal": refusal,
    }
    return render(request, "procedures/copy.html", context, status=status)


@require_POST
def allow(request: HttpRequest, copy: int) -> HttpResponse:
    """The head of the office, or who signs copies for him, lets the copy be made."""
    asked = access.copy_for(request.user, copy)
    to, done = reverse("copy", args=[asked.pk]), _("Đã cho sao. Văn thư sẽ đóng dấu.")
    try:
        with once.on(request, "allow_copy", to, lambda _record: done):
            seen = pages.seen_by(request)
            service.perform(asked, "allow_copy", by=request.user, seen=seen)
    except Refusal as refusal:
        if first := once.shown(request):
            return first
        fresh = access.copy_for(request.user, copy)
        return _show(request, fresh, refusal, pages.status_of(refusal))
    messages.success(request, done)
    return redirect(to)


@dataclass(frozen=True)
class ActPage:
    """A page that does one act on a copy with what its forms say."""

    template: str
    act: str
    done: str
    forms: dict[str, Form] = field(default_factory=dict)
    beside: dict[str, Any] = field(default_factory=dict)
    to: str = ""


def answer(
    request: HttpRequest, asked: CopyRequest, page: ActPage, work: Callable[[int], object]
) -> HttpResponse:
    """Show the page; on POST do the work and go to the copy, or say why not with all typed."""
    status, refusal = 200, None
    if request.method == "POST":
        to = page.to or reverse("copy", args=[asked.pk])
        try:
            if not [form for form in page.forms.values() if not form.is_valid()]:
                with once.on(request, page.act, to, lambda _record: page.done):
                    work(pages.seen_by(request))
                messages.success(request, page.done)
                return redirect(to)
            status = 422
        except Refusal as refused:
            if first := once.shown(request):
                return first
            refusal = at_field(refused, page.forms.values())
            status = pages.status_of(refusal) if refusal else 422
            asked = access.copy_for(request.user, asked.pk)
    declared = acts_of(CopyRequest)[page.act]
    context = {"asked": asked, "act": declared, "refusal": refusal, **page.forms, **page.beside}
    context["barred"] = _barred(request, asked, page.act)
    return render(request, f"procedures/{page.template}", context, status=status)


def _barred(request: HttpRequest, asked: CopyRequest, name: str) -> Refusal | None:
    for act, refused in service.available_to(request.user, asked):
        if act.name == name:
            return refused
    return Refusal(
        _("Bản sao đang ở bước “%(state)s” nên không làm được việc này.")
        % {"state": asked.word(asked.state)}
    )


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, copy: int) -> HttpResponse:
    """Print the copy for who signs it; then say who signed it by hand, and when."""
    asked = access.copy_for(request.user, copy)
    typed = SignedCopyForm(
        request.POST or None,
        external=numbered_outside(asked),
        signers=signer_choices(asked.may_have_signed()),
    )

    def work(seen: int) -> None:
        data = dict(typed.cleaned_data)
        data["signer"] = get_user_model().objects.get(pk=data["signer"])
        service.perform(asked, "record_paper_copy", by=request.user, seen=seen, **data)

    done = _("Đã ghi nhận bản sao đã ký. Ông/bà đóng dấu rồi phát hành.")
    page = ActPage("copy_record.html", "record_paper_copy", done, {"typed": typed})
    page.beside["able"] = asked.able_to_sign()
    return answer(request, asked, page, work)


def numbered_outside(asked: CopyRequest) -> bool:
    return bool(asked.series.mode == Mode.EXTERNAL)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, copy: int, name: str) -> HttpResponse:
    """Refuse a copy, or give it up: with a reason."""
    asked = access.copy_for(request.user, copy)
    if name not in SMALL:
        raise Http404
    form = NoteForm(request.POST or None, required=True)

    def work(seen: int) -> None:
        note = form.cleaned_data["note"]
        service.perform(asked, name, by=request.user, seen=seen, note=note)

    done = _("Đã xong: %s.") % acts_of(CopyRequest)[name].label
    return answer(request, asked, ActPage("copy_act.html", name, done, {"form": form}), work)

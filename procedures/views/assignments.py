""" "Người và phân công": the clerk enters who holds a post and who acts for whom.

For everybody but the clerk of the commune these pages do not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workflows import assigning
from workflows.errors import Refusal
from workflows.models import Agency

from .. import access, assignments, ways
from ..forms.assignments import DelegationForm, EndForm, HolderForm, WaysForm
from ..idempotency import once
from ..visitor import visitor
from . import pages, reading
from .answers import at_field


def agency_of(request: HttpRequest) -> Agency:
    """The agency whose clerk the visitor is; :class:`Http404` for everybody else."""
    agency = assignments.keeps(visitor(request).held)
    if agency is None:
        raise Http404
    return agency


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Every post with its holder, and every paper by which one acts for another."""
    agency = agency_of(request)
    shown = assignments.board(agency)
    context = {"board": shown, "forms": assignments.FORMS, "commune": agency.commune}
    return render(request, "procedures/assignments.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, form: str) -> HttpResponse:
    """Enter a delegation of one form."""
    agency = agency_of(request)
    known = next((known for known in assignments.FORMS if known.address == form), None)
    if known is None:
        raise Http404
    typed = DelegationForm(**_sent(request), form=known, agency=agency)

    def work() -> None:
        principal, delegate = typed.cleaned_data["principal"], typed.cleaned_data["delegate"]
        assignments.refuse_unfitting(known, principal, delegate)
        if not typed.assigned:
            assignments.refuse_second_in_charge(known, principal, delegate, typed.term())
        assigning.assign(
            assignments.desk_of(agency),
            by=request.user,
            principal=principal,
            delegate=delegate,
            kind=known.kind,
            field=typed.assigned,
            limited_to=typed.cleaned_data.get("kinds", ()),
            term=typed.term(),
            paper=typed.rests_on(),
        )

    words = {"title": known.title, "explained": known.explained}
    return _answer(request, typed, work, _("Đã nhập. Có hiệu lực từ ngày đã ghi."), **words)


@require_http_methods(["GET", "POST"])
def install(request: HttpRequest, post: int) -> HttpResponse:
    """A post gets another holder from a day on."""
    agency = agency_of(request)
    found = access.post_for(agency, post)
    typed = HolderForm(**_sent(request), agency=agency, me=request.user)

    def work() -> None:
        assigning.install(
            assignments.desk_of(agency),
            by=request.user,
            post=found,
            user=typed.cleaned_data["user"],
            acting=bool(typed.cleaned_data["acting"]),
            term=typed.term(),
            paper=typed.rests_on(),
        )

    words = {
        "title": _("Đổi người giữ chức vụ"),
        "subject": found.title,
        "holder": found.holder(),
    }
    return _answer(request, typed, work, _("Đã nhập người giữ chức vụ."), **words)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, kind: str, row: int) -> HttpResponse:
    """Give a delegation, or somebody's time in a post, its last day."""
    agency = agency_of(request)
    found = access.assignment_for(agency, kind, row)
    typed = EndForm(**_sent(request))

    def work() -> None:
        assigning.end(
            assignments.desk_of(agency),
            found,
            by=request.user,
            last=typed.last_day(),
            note=typed.cleaned_data["note"],
        )

    title = _("Thôi giữ chức vụ") if kind == "chuc-vu" else _("Kết thúc phân công, ủy quyền")
    words = {"title": title, "subject": str(found), "row": found}
    return _answer(request, typed, work, _("Đã ghi ngày kết thúc."), **words)


@require_http_methods(["GET", "POST"])
def choose_ways(request: HttpRequest) -> HttpResponse:
    """ "Cách làm của cơ quan": how the division asks, and who looks before the leader."""
    agency = agency_of(request)
    stands = {
        "asking": agency.commune.asking,
        "office_review": "yes" if agency.commune.office_review else "no",
    }
    typed = WaysForm(request.POST if request.method == "POST" else None, initial=stands)

    def work() -> None:
        ways.choose(agency, by=request.user, **typed.chosen())

    words = {
        "title": _("Cách làm của cơ quan"),
        "explained": _("Áp dụng cho hồ sơ gửi từ nay về sau; hồ sơ đang đi vẫn theo cách cũ."),
    }
    return _answer(request, typed, work, _("Đã ghi cách làm của cơ quan."), **words)


@require_safe
def scan(request: HttpRequest, kind: str, row: int) -> HttpResponse:
    """The scanned paper of an entry, for the office alone."""
    found = access.assignment_of_office(request.user, kind, row)
    return reading.scan(found, f"van-ban-{row}")


def _sent(request: HttpRequest) -> dict[str, Any]:
    """What a form is bound to, or begins with where it was typed before he proved who he is."""
    if request.method == "POST":
        return {"data": request.POST, "files": request.FILES}
    kept: QueryDict | None = getattr(request, "kept", None)
    if kept is None:
        return {}
    boxes = {"kinds": kept.getlist("kinds")} if "kinds" in kept else {}
    return {"initial": kept.dict() | boxes}


def _answer(
    request: HttpRequest, typed: Form, work: Callable[[], None], done: str, **context: Any
) -> HttpResponse:
    """Show the page; on POST do the work, or say why not with everything typed in its box."""
    status, refusal = (422 if typed.is_bound else 200), None
    if typed.is_valid():

        def carried_out() -> tuple[str, str]:
            work()
            return reverse("assignments"), done

        try:
            return once.do(request, carried_out)
        except Refusal as refused:
            refusal = at_field(refused, [typed])
            status = pages.status_of(refused)
    context |= {"typed": typed, "refusal": refusal}
    return render(request, "procedures/assignment_form.html", context, status=status)

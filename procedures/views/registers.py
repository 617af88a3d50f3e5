"""The registers on screen and as the printed book. What came in stands beside what went out."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from documents.kinds import KINDS
from documents.models import Document, Mode, Series
from documents.registry import book, register

from .. import access
from ..access import Register
from ..issuing import registers
from ..visitor import visitor
from .reading import attached

ROWS, NUMBERS = 50, 100


@require_safe
def outgoing(request: HttpRequest, issuer: int | None = None) -> HttpResponse:
    """The register of outgoing documents of a year, by kind or number if asked."""
    known = access.registers_of(request.user, visitor(request).held)
    if not known:
        raise PermissionDenied
    if issuer is None:
        return redirect("register", known[0].issuer.pk)
    shown = access.register_for(request.user, issuer, visitor(request).held)
    years = register.years(shown.issuer)
    asked = _asked(request, years)
    found = _filtered(register.numbered(shown.issuer, asked["nam"]), asked)
    page = Paginator(found, ROWS).get_page(request.GET.get("trang"))
    documents = list(page.object_list)
    context = {
        "shown": shown,
        "known": known,
        "years": years or [asked["nam"]],
        "kinds": _kinds(shown),
        "asked": asked,
        "page": page,
        "lines": register.entries(documents, registers.dispatch(documents)),
        "cases": registers.cases(documents),
        "copies": registers.copies(documents),
        "series": shown.issuer.series.order_by("symbol"),
        "printable": shown.issuer.series.filter(mode=Mode.OURS).exists() and bool(years),
    }
    return render(request, "procedures/register.html", context)


def _asked(request: HttpRequest, years: list[int]) -> dict[str, Any]:
    year = request.GET.get("nam", "")
    this = years[0] if years else timezone.localdate().year
    return {
        "nam": int(year) if year.isdecimal() and len(year) == 4 else this,
        "loai": request.GET.get("loai", ""),
        "so": request.GET.get("so", "").strip()[:40],
    }


def _filtered(found: QuerySet[Document], asked: dict[str, Any]) -> QuerySet[Document]:
    if asked["loai"] in KINDS:
        found = found.filter(kind=asked["loai"])
    number, _slash, symbol = asked["so"].partition("/")
    if number.isdecimal() and len(number) < 9:
        found = found.filter(number=int(number))
    elif number:
        found = found.none()
    return found.filter(symbol__iexact=symbol.strip()) if symbol else found


def _kinds(shown: Register) -> list[tuple[str, Any]]:
    used = Document.objects.filter(issuer=shown.issuer, series__isnull=False)
    keys = set(used.order_by().values_list("kind", flat=True).distinct())
    return [(key, kind.label) for key, kind in KINDS.items() if key in keys]


@require_safe
def numbers(request: HttpRequest, issuer: int, series: int) -> HttpResponse:
    """What became of every number of a series in a year."""
    shown = access.register_for(request.user, issuer, visitor(request).held)
    one = get_object_or_404(Series, pk=series, issuer=shown.issuer)
    years = register.years(shown.issuer)
    year = _asked(request, years)["nam"]
    account = register.account(one, year)
    page = Paginator(account.numbers, NUMBERS).get_page(request.GET.get("trang"))
    explained = [document for number in page.object_list for document in number.documents]
    context = {
        "shown": shown,
        "account": account,
        "years": years or [year],
        "page": page,
        "cases": registers.cases(explained),
    }
    return render(request, "procedures/register_numbers.html", context)


@require_safe
def printed(request: HttpRequest, issuer: int, year: int) -> HttpResponse:
    """The year's register as a book; of one series where ``?day=`` names it."""
    shown = access.register_for(request.user, issuer, visitor(request).held)
    series = shown.issuer.series.filter(mode=Mode.OURS).order_by("symbol")
    chosen = request.GET.get("day", "")
    if chosen:
        series = series.filter(pk=int(chosen)) if chosen.isdecimal() else series.none()
    documents = list(register.numbered(shown.issuer, year).filter(series__in=series))
    if not documents:
        raise Http404
    lines = register.entries(documents, registers.dispatch(documents))
    volume = request.GET.get("quyen", "1")
    cover = book.Cover(
        shown.superior, shown.office, year, int(volume) if volume in set("123456789") else 1
    )
    data = book.register_book(cover, list(series), lines)
    return attached(data, f"so-dang-ky-van-ban-di-{year}.pdf", "application/pdf")


@require_safe
def incoming(request: HttpRequest) -> HttpResponse:
    """The papers of offices above that cases answer, ready to be cited."""
    known = access.registers_of(request.user, visitor(request).held)
    if not known:
        raise PermissionDenied
    communes = {one.commune.pk: one.commune for one in known}
    rows = [row for commune in communes.values() for row in registers.incoming(commune)]
    page = Paginator(rows, ROWS).get_page(request.GET.get("trang"))
    context = {"page": page, "several": len(communes) > 1}
    return render(request, "procedures/register_incoming.html", context)

"""Pages for anybody, without signing in: what stands behind the QR code, whether a file is genuine,
whether a paper has the form of the decree. No names of persons; no file is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from . import nd30
from .annexes import Apart, annexes_apart
from .errors import DocumentRefused
from .issuing.relations import around, originals_of, told, undergone_by
from .kinds import KINDS
from .models import Document, Medium, Relation, State
from .verification import bounds
from .verification.answer import answer, is_accepted
from .verification.case import final_file
from .verification.incoming import received

P = ParamSpec("P")
MOST_PAGES = 60
# Before its signature a document is nobody else's business, voided or not; one issued outside the
# system is not ours to vouch for.
_SEEN = Q(issued__isnull=False, number__isnull=False) & ~Q(medium=Medium.ELSEWHERE)


def _for_anybody(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page that asks for no account and sets no cookie.

    A forged press does nothing here but ask a question with nobody's authority: it needs no token,
    and a page without one can be kept and read with cookies turned off.
    """

    @csrf_exempt
    @login_not_required
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return shown


@_for_anybody
def public(request: HttpRequest, token: str) -> HttpResponse:
    """Issuer, number, date, excerpt, SHA-256 and standing of a signed document; else 404.

    A file sent here is compared with this very document. An address that names none may come from
    a forged paper: its page says so to whoever holds it.
    """
    documents = Document.objects.filter(_SEEN).select_related("issuer")
    document = documents.prefetch_related("files", "annex_files").filter(token=token).first()
    if document is None:
        return render(request, "documents/public/unknown.html", status=404)
    told, status = _told(request, lambda data: {"answer": answer(data, document)})
    response = render(
        request, "documents/public/document.html", _facts(document) | told, status=status
    )
    # The address is a secret of whoever holds the paper: no search engine should keep it.
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _facts(document: Document) -> dict[str, Any]:
    stored = final_file(document)
    undergone, done = around(document)
    ended = next((relation for relation in undergone if relation.ends), None)
    originals = [_original(original) for original in originals_of(document)]
    standing, colour = _standing(document, ended, originals)
    return {
        "document": document,
        "kind": KINDS[document.kind].label,
        "sha256": stored.sha256 if stored else "",
        "standing": standing,
        "colour": colour,
        "undergone": undergone,
        "done": done,
        "paper": document.medium == Medium.PAPER,
        "originals": originals,
        "annexes": [_annex(document, annex) for annex in annexes_apart(document)],
    }


def _standing(
    document: Document, ended: Relation | None, originals: list[dict[str, Any]]
) -> tuple[str, str]:
    """What a reader looks for first, and whether it is "good" or "bad" (empty: neither yet)."""
    if ended:
        return (_("Đã bị thu hồi") if ended.kind == "recalls" else _("Đã được thay thế")), "bad"
    if document.state == State.VOID:
        return _("Đã hủy"), "bad"
    if document.half_signed:
        return _("Mới có một trong hai chữ ký, chưa phát hành"), ""
    if document.state != State.RELEASED:
        return _("Đã ký, chưa phát hành"), ""
    # A copy is worth what it is a copy of.
    if any(original["ended"] for original in originals):
        return _("Văn bản được sao không còn hiệu lực"), "bad"
    if originals:
        return _("Văn bản được sao đang có hiệu lực"), "good"
    if document.kind == "decision":
        return _("Đang có hiệu lực"), "good"
    return _("Đã phát hành, còn giá trị"), "good"


def _annex(document: Document, annex: Apart) -> dict[str, Any]:
    """An annex in a file of its own; ``stored`` once the agency has signed it."""
    return {"annex": annex, "stored": final_file(document, annex.ordinal)}


def _original(original: Document) -> dict[str, Any]:
    """What a copy was taken from, what became of that since, and whether it ``ended`` it."""
    undergone = list(undergone_by(original))
    ended = any(relation.ends for relation in undergone)
    return {"document": original, "told": list(map(told, undergone)), "ended": ended}


@_for_anybody
def verify_file(request: HttpRequest) -> HttpResponse:
    """Is this file genuine? Answered in words, check by check."""
    told, status = _told(request, lambda data: {"answer": answer(data)})
    return render(request, "documents/public/verify.html", told, status=status)


@_for_anybody
def check_form(request: HttpRequest) -> HttpResponse:
    """Does this PDF, whoever made it, have the form of the decree?"""
    told, status = _told(request, _report)
    context = {"decree": nd30.DECREE, **told}
    return render(request, "documents/public/form.html", context, status=status)


_UNREADABLE = {
    "not-pdf": lambda: _("Tệp không phải PDF đọc được; ông/bà xuất lại tệp PDF rồi kiểm tra."),
    "encrypted": lambda: _("Tệp có mật khẩu; ông/bà bỏ mật khẩu rồi kiểm tra lại."),
    "no-page": lambda: _("Tệp không có trang nào."),
    "too-large": lambda: _("Tệp giải nén ra quá lớn nên không kiểm tra được."),
    "too-many-pages": lambda: (
        _("Tệp có hơn %(most)d trang; ông/bà tách phần cần kiểm tra.") % {"most": MOST_PAGES}
    ),
}


def _report(data: bytes) -> dict[str, Any]:
    try:
        return {"report": nd30.inspect(data, MOST_PAGES)}
    except nd30.UnreadablePdfError as error:
        raise DocumentRefused(_UNREADABLE[error.reason]()) from error


def _told(
    request: HttpRequest, tell: Callable[[bytes], dict[str, Any]]
) -> tuple[dict[str, Any], int]:
    """What ``tell`` says of the file sent, or why it says nothing; and the status of the page."""
    if request.method != "POST":
        return {}, 200
    try:
        data = received(request)  # before the desk: a slow sender must not keep others waiting
        if not is_accepted(data):
            raise DocumentRefused(_("Ở đây chỉ kiểm tra được tệp PDF, hoặc ảnh JPEG, PNG."))
        with _bounded():
            return tell(data), 200
    except DocumentRefused as refused:
        return {"refused": refused.sentence}, 422
    except bounds.Busy:
        return {"refused": _("Đang có nhiều người kiểm tra. Ông/bà thử lại sau một phút.")}, 503


@contextmanager
def _bounded() -> Iterator[None]:
    """A place at the desk, and a sentence for a file that would take too long."""
    try:
        with bounds.turn(), bounds.within(bounds.SECONDS):
            yield
    except bounds.TooLong:
        raise DocumentRefused(
            _("Tệp quá phức tạp nên không kiểm tra xong trong thời gian cho phép.")
        ) from None

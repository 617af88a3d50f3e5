"""The page behind the QR code: what anybody holding a copy may know, and no names."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from .kinds import KINDS
from .models import Document, Medium, State
from .relations import around
from .verify import final_file

# Before its signature a document is nobody else's business, voided or not; one issued outside the
# system is not ours to vouch for.
_SEEN = Q(issued__isnull=False, number__isnull=False) & ~Q(medium=Medium.ELSEWHERE)


@login_not_required
@require_safe
def public(request: HttpRequest, token: str) -> HttpResponse:
    """Issuer, number, date, excerpt, SHA-256 and standing of a signed document; else 404."""
    documents = Document.objects.filter(_SEEN).select_related("issuer").prefetch_related("files")
    document = get_object_or_404(documents, token=token)
    stored = final_file(document)
    undergone, done = around(document)
    ended = next((relation for relation in undergone if relation.ends), None)
    context = {
        "document": document,
        "kind": KINDS[document.kind].label,
        "sha256": stored.sha256 if stored else "",
        "in_force": document.state == State.RELEASED and ended is None,
        "ended": ended,
        "undergone": undergone,
        "done": done,
        "void": document.state == State.VOID,
        "paper": document.medium == Medium.PAPER,
    }
    response = render(request, "documents/public/document.html", context)
    # The address is a secret of whoever holds the paper: no search engine should keep it.
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response

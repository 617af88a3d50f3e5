"""Papers of a team, to print."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from documents import service as documents

from .. import access, papers
from .reading import attached


@require_safe
def report(request: HttpRequest, report: int) -> HttpResponse:
    """The Báo cáo of a team as it was sent, dated the day it was first sent."""
    found = access.report_for(request.user, report)
    if not found.is_sent:
        raise Http404
    data = documents.printed(papers.report_of_team(found), found.sent_on or timezone.localdate())
    return attached(data, f"bao-cao-cua-to-{found.pk}.pdf", "application/pdf")

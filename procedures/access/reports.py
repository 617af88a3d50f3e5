"""Reports, what asks for them, and their files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from documents import service as documents
from documents.service import Download
from workflows import authority
from workflows.authority import Capacity

from ..models import Commune, Indicator, Report, ReportCall
from ..roles import Role
from .dossiers import scan_digest
from .office import found_or_404, offices


def reports_of(user: Any, held: Sequence[Capacity] | None = None) -> QuerySet[Report]:
    """The reports ``user`` may see: the office and the commune team's leader all of the commune,
    the leader of a village team its own, whoever signed one off that one."""
    held = authority.capacities(user) if held is None else held
    if not held:
        return Report.objects.none()
    agencies = {capacity.post.agency_id for capacity in held}
    return Report.objects.filter(
        Q(agency__in=_overseen(held))
        | Q(post__in={capacity.post.pk for capacity in held})
        | Q(author=user, agency__in=agencies)
    )


def _overseen(held: Iterable[Capacity]) -> set[int]:
    """The agencies whose reports somebody with these capacities reads all of."""
    held = list(held)
    secretary = {c.post.agency_id for c in held if c.post.role == Role.YOUTH_SECRETARY}
    return offices(held) | secretary


def report_for(user: Any, pk: int) -> Report:
    """The report with what its page needs; :class:`Http404` for a stranger's or none."""
    seen = reports_of(user).values("pk")
    found: Report = found_or_404(Report.for_act().filter(pk__in=seen), pk)
    return found


def calls_of(user: Any, held: Sequence[Capacity] | None = None) -> QuerySet[ReportCall]:
    """The calls of the communes whose reports he reads all of."""
    held = authority.capacities(user) if held is None else held
    return ReportCall.objects.filter(commune__agency__in=_overseen(held)).select_related("commune")


def call_for(user: Any, pk: int) -> ReportCall:
    """A call of a commune he reads all reports of; :class:`Http404` otherwise."""
    found: ReportCall = found_or_404(calls_of(user), pk)
    return found


def indicator_for(commune: Commune, pk: int) -> Indicator:
    """An indicator of the commune he asks reports of; :class:`Http404` for any other."""
    found: Indicator = found_or_404(Indicator.objects.filter(commune=commune), pk)
    return found


def report_file_for(user: Any, pk: int, digest: str) -> Download:
    """A photo or file of a report, or the paper it was entered from, for who may see it."""
    report = report_for(user, pk)
    names = [file.name for file in report.files.all()]
    return _scan_named([*names, report.received_file], digest)


def request_scan_for(user: Any, pk: int) -> Download:
    """The scan of the request a call answers, for the office and for every team asked."""
    asked = reports_of(user).filter(call=pk).values("call")
    calls = ReportCall.objects.filter(Q(pk__in=calls_of(user).values("pk")) | Q(pk__in=asked))
    call: ReportCall = found_or_404(calls, pk)
    return _scan_named([call.scan], scan_digest(call.scan))


def _scan_named(names: Iterable[str], digest: str) -> Download:
    for name in names:
        if digest and name and scan_digest(name) == digest:
            return documents.read_scan(name)
    raise Http404

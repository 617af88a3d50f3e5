"""What cannot stand beside a delegation on one day."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from .models import Delegation
from .terms import Term


def same(row: Delegation, term: Term) -> QuerySet[Delegation]:
    """What gives the same to the same post on a day of the term."""
    return _others(row, term).filter(_same(row))


def of(row: Delegation, term: Term) -> QuerySet[Delegation]:
    """:func:`same`, and who else is in charge of every field of work where the row gives that."""
    rivals = _same(row)
    if row.kind == Delegation.Kind.DEPUTY and not row.field:
        rivals |= Q(kind=row.kind, field="")
    return _others(row, term).filter(rivals).order_by("since")


def _same(row: Delegation) -> Q:
    return Q(delegate=row.delegate_id, kind=row.kind, field=row.field)


def _others(row: Delegation, term: Term) -> QuerySet[Delegation]:
    others = Delegation.objects.filter(term.overlapping, principal=row.principal_id)
    return others.exclude(pk=row.pk).select_related("delegate", "principal")

"""What :mod:`workflows.assigning` enters by: a paper, and a term from a first to a last day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from .models import Delegation, Holding


@dataclass(frozen=True)
class Paper:
    """The paper an entry rests on: its name as cited, its date, the stored scan with its SHA-256
    (both empty where the office keeps the paper alone)."""

    name: str
    date: datetime.date
    scan: str = ""
    digest: str = ""


@dataclass(frozen=True)
class Term:
    """From a first to a last day; without a last one until further notice."""

    since: datetime.date
    until: datetime.date | None = None

    @property
    def overlapping(self) -> Q:
        """Filter of the rows that share a day with it."""
        shared = Q(until__isnull=True) | Q(until__gte=self.since)
        return shared & Q(since__lte=self.until) if self.until else shared


def period(row: Delegation | Holding) -> str:
    """ "từ 01/07/2025 đến hết 31/12/2026"."""
    since = _("từ %(day)s") % {"day": f"{row.since:%d/%m/%Y}"}
    if row.until is None:
        return since
    return _("%(since)s đến hết %(day)s") % {"since": since, "day": f"{row.until:%d/%m/%Y}"}

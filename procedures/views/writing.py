"""Where its author writes a case: the page depends on what the case says."""

from __future__ import annotations

from ..models import Dossier

LISTS = "dossier-edit"
# By the property of a dossier that tells its kind.
_PAGES = {
    "remedy": "dossier-correct",
    "is_drafted": "dossier-write",
    "is_upward": "dossier-report",
    "assigns": "targets-plan",
    "lists_upward": "dossier-list-up",
    "asks_consent": "dossier-request",
    "restructures": "dossier-restructure",
}


def page_of(dossier: Dossier) -> str:
    """The name of the route, which takes the dossier's primary key; a list of people by default."""
    return next((page for tells, page in _PAGES.items() if getattr(dossier, tells)), LISTS)

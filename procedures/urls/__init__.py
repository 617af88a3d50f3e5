"""Addresses of the screens, in the words of the people who use them: a module per subject."""

from __future__ import annotations

from . import beginnings, cases, copies, issued, members, office, reports, targets, teams

urlpatterns = [
    *office.urlpatterns,
    *beginnings.urlpatterns,
    *cases.urlpatterns,
    *issued.urlpatterns,
    *teams.urlpatterns,
    *members.urlpatterns,
    *targets.urlpatterns,
    *reports.urlpatterns,
    *copies.urlpatterns,
]

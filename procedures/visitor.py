"""Who is looking at a page: his posts and his commune, read once per request."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from workflows import authority
from workflows.authority import Capacity
from workflows.models import Post

from . import assignments, behalf
from .access import OFFICE, watched
from .flows.establish_team import EstablishTeamFlow
from .models import Commune
from .reports import reporting
from .roles import Role


@dataclass(frozen=True)
class Visitor:
    """A signed-in person with the capacities he has today."""

    user: Any
    held: list[Capacity]

    @cached_property
    def titles(self) -> str:
        """ "Phó Chủ tịch": the posts he holds himself."""
        return ", ".join(dict.fromkeys(capacity.holding.post.title for capacity in self.held))

    @cached_property
    def communes(self) -> dict[int, Commune]:
        """The communes in which he acts, by primary key."""
        # Who acts for a post holds one of the same agency, so the holdings name them all.
        agencies = (capacity.holding.post.agency for capacity in self.held)
        found = (getattr(agency, "commune", None) for agency in agencies)
        return {commune.pk: commune for commune in found if commune}

    @property
    def commune(self) -> Commune | None:
        """The one whose name stands on his pages."""
        return next(iter(self.communes.values()), None)

    @property
    def in_office(self) -> bool:
        """Whether he works in the commune's office."""
        return any(capacity.post.role in OFFICE for capacity in self.held)

    @property
    def keeps_slips(self) -> bool:
        """Whether he gives others their slips and records what exists: clerk and specialist."""
        roles = {capacity.post.role for capacity in self.held}
        return not roles.isdisjoint({Role.CLERK, Role.SPECIALIST})

    @property
    def enters_for_others(self) -> bool:
        """Whether he may enter a proposal for a head of hamlet or the Youth secretary."""
        return bool(behalf.posts_that_may_enter(self.held))

    @property
    def watches(self) -> bool:
        """Whether he may read who looked at phones in full."""
        return bool(watched(self.held))

    @property
    def keeps_assignments(self) -> bool:
        """Whether he enters who holds a post and who acts for whom: the clerk."""
        return assignments.keeps(self.held) is not None

    @property
    def makes_copies(self) -> bool:
        """Whether he makes copies of documents: the clerk."""
        return any(capacity.post.role == Role.CLERK for capacity in self.held)

    @property
    def asks_for_reports(self) -> bool:
        """Whether he asks the teams for reports: a specialist."""
        return bool(reporting.posts_that_may_ask(self.held))

    @property
    def reads_reports(self) -> bool:
        """Whether he reads the reports of a whole commune: the office, the commune team."""
        leads = any(capacity.post.role == Role.YOUTH_SECRETARY for capacity in self.held)
        return self.in_office or leads

    @cached_property
    def starting_posts(self) -> list[Post]:
        """The posts from which he may propose a team."""
        return EstablishTeamFlow.posts_that_may_start(self.held)


def visitor(request: HttpRequest) -> Visitor:
    """The visitor of a request; asked again it costs no query."""
    known: Visitor | None = getattr(request, "visitor", None)
    if known is None:
        held = authority.capacities(request.user, also=("post__agency__commune",))
        known = Visitor(request.user, held)
        request.visitor = known  # type: ignore[attr-defined]
    return known

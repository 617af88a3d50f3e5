"""Dossiers with their papers, rounds, and what a dossier was entered from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from documents import service as documents
from documents.models import Document
from documents.service import Download
from workflows import authority
from workflows.authority import Capacity
from workflows.service import history
from workflows.states import State

from ..models import Change, Dossier, Round, RoundPlace
from ..models.existing import RECORD_TEAMS
from ..roles import Role
from .office import offices
from .targets import assigned_by

PAPERS = ("proposal", "submission", "decision")


def dossiers_of(user: Any, held: Sequence[Capacity] | None = None) -> QuerySet[Dossier]:
    """Every dossier ``user`` may see; ``held`` are his capacities where they are known already."""
    held = authority.capacities(user) if held is None else held
    if not held:
        return Dossier.objects.none()
    posts = {capacity.post.pk for capacity in held}
    seen = (
        Q(agency__in=offices(held))
        | Q(post__in=posts)
        | _released_to(posts)
        | Q(author=user, agency__in={capacity.post.agency_id for capacity in held})
    )
    return Dossier.objects.filter(seen)


def _released_to(posts: set[int]) -> Q:
    """What was decided about the places these posts head, whoever asked for it. Lists of teams
    that existed before are the office's: they name people of every place."""
    about = Change.objects.filter(hamlet__head_post__in=posts).values("dossier")
    recorded = Q(procedure=RECORD_TEAMS)
    return Q(state=State.RELEASED, pk__in=about) & ~recorded


def dossier_for(user: Any, pk: int, held: Sequence[Capacity] | None = None) -> Dossier:
    """The dossier with what its page needs; :class:`Http404` for a stranger's or none."""
    dossiers = dossiers_of(user, held).select_related("agency", "post", "author", "commune", "unit")
    dossiers = dossiers.select_related("entered_by")
    try:
        return dossiers.select_related("corrects", *PAPERS).get(pk=pk)
    except Dossier.DoesNotExist:
        raise Http404 from None


def rounds_of(user: Any, held: Sequence[Capacity] | None = None) -> QuerySet[Round]:
    """The rounds of the offices ``user`` works in."""
    held = authority.capacities(user) if held is None else held
    return Round.objects.filter(dossier__agency__in=offices(held)).select_related(
        "dossier__commune", "dossier__agency", "dossier__unit", "dossier__post"
    )


def round_for(user: Any, pk: int) -> Round:
    """A round of his office; :class:`Http404` otherwise."""
    found = rounds_of(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def round_place_for(user: Any, pk: int) -> RoundPlace:
    """A place a round asks, for who sends its list or works in the office."""
    held = authority.capacities(user)
    posts = [capacity.post for capacity in held]
    own = Q(hamlet__head_post__in=posts) | Q(
        hamlet=None,
        round__dossier__agency__in=[p.agency_id for p in posts if p.role == Role.YOUTH_SECRETARY],
    )
    places = RoundPlace.objects.filter(own | Q(round__dossier__agency__in=offices(held)))
    found = places.select_related("hamlet__head_post", "round__dossier__commune").filter(pk=pk)
    place: RoundPlace | None = found.first()
    if place is None:
        raise Http404
    return place


def document_for(user: Any, pk: int) -> Document:
    """A paper of a dossier ``user`` may see; :class:`Http404` otherwise."""
    document: Document | None = Document.objects.filter(pk=pk).first()
    if document is None:
        raise Http404
    holding = Dossier.holding(document)
    if not dossiers_of(user).filter(holding).exists() and not assigned_by(user, document):
        raise Http404
    return document


def scan_for(user: Any, pk: int, digest: str) -> Download:
    """What a dossier was entered from: for the office and the author; :class:`Http404` otherwise.

    The ledger names every photo handed in, those before a return too.
    """
    dossier = dossier_for(user, pk)
    entered = history(dossier).filter(act="enter").values_list("facts", flat=True)
    for facts in entered:
        name = str(facts.get("file", ""))
        if digest and scan_digest(name) == digest and may_see_phones(user, dossier):
            return documents.read_scan(name)
    raise Http404


def scan_digest(name: str) -> str:
    """The digest in the address of a photo, from the name it is kept under."""
    return name.rpartition("/")[2].partition(".")[0]


def may_see_phones(user: Any, dossier: Dossier, held: Sequence[Capacity] | None = None) -> bool:
    """Phones are for the commune's office and for the person who typed them; both open them on a
    page of their own, and each look is written down."""
    if user.pk == dossier.author_id:
        return True
    held = authority.capacities(user) if held is None else held
    return dossier.agency_id in offices(held)

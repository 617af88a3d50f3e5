"""The only door through which a view obtains a record or a file. Denies by default.

Another commune's object and one that does not exist look the same: 404. Within the commune the
office sees every dossier; whoever holds another post sees the dossiers of that post, and those he
drew up himself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from documents.models import Document
from workflows import authority
from workflows.authority import Capacity

from .models import Dossier
from .roles import Role

OFFICE = frozenset(
    {
        Role.SPECIALIST,
        Role.DIVISION_HEAD,
        Role.DEPUTY_DIVISION_HEAD,
        Role.CLERK,
        Role.CHAIRMAN,
        Role.DEPUTY_CHAIRMAN,
    }
)
PAPERS = ("proposal", "submission", "decision")


def dossiers_of(user: Any, held: Sequence[Capacity] | None = None) -> QuerySet[Dossier]:
    """Every dossier ``user`` may see; ``held`` are his capacities where they are known already."""
    held = authority.capacities(user) if held is None else held
    if not held:
        return Dossier.objects.none()
    seen = (
        Q(agency__in=offices(held))
        | Q(post__in={capacity.post.pk for capacity in held})
        | Q(author=user, agency__in={capacity.post.agency_id for capacity in held})
    )
    return Dossier.objects.filter(seen)


def dossier_for(user: Any, pk: int) -> Dossier:
    """The dossier with what its page needs; :class:`Http404` for a stranger's or none."""
    dossiers = dossiers_of(user).select_related("agency", "post", "author", "commune", "unit")
    try:
        return dossiers.select_related("corrects", *PAPERS).get(pk=pk)
    except Dossier.DoesNotExist:
        raise Http404 from None


def document_for(user: Any, pk: int) -> Document:
    """A paper of a dossier ``user`` may see; :class:`Http404` otherwise."""
    document: Document | None = Document.objects.filter(pk=pk).first()
    holding = Q(proposal=document) | Q(submission=document) | Q(decision=document)
    holding |= Q(changes__own_decision=document) | Q(corrects=document)
    if document is None or not dossiers_of(user).filter(holding).exists():
        raise Http404
    return document


def may_see_phones(user: Any, dossier: Dossier) -> bool:
    """Phones are for the commune's office and for the person who typed them."""
    if user.pk == dossier.author_id:
        return True
    return dossier.agency_id in offices(authority.capacities(user))


def offices(held: Iterable[Capacity]) -> set[int]:
    """The agencies in whose office somebody with these capacities works."""
    return {capacity.post.agency_id for capacity in held if capacity.post.role in OFFICE}

"""Who holds a post and who acts for whom, as the clerk enters it."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from workflows import authority
from workflows.models import Agency, Delegation, Holding, Post

from .office import found_or_404, offices

# By the name in the address: (model, the way from a row to its agency).
_ASSIGNED: dict[str, tuple[Any, str]] = {
    "phan-cong": (Delegation, "principal__agency"),
    "chuc-vu": (Holding, "post__agency"),
}


def post_for(agency: Agency, pk: int) -> Post:
    """A post of the agency; :class:`Http404` for any other."""
    found: Post = found_or_404(Post.objects.filter(agency=agency), pk)
    return found


def assignment_for(agency: Agency, kind: str, pk: int) -> Any:
    """A delegation ("phan-cong") or a holding ("chuc-vu") of the agency."""
    return _assigned({agency.pk}, kind, pk)


def assignment_of_office(user: Any, kind: str, pk: int) -> Any:
    """The same for whoever works in the office of its agency."""
    return _assigned(offices(authority.capacities(user)), kind, pk)


def _assigned(agencies: set[int], kind: str, pk: int) -> Any:
    if kind not in _ASSIGNED:
        raise Http404
    model, way = _ASSIGNED[kind]
    return found_or_404(model.objects.filter(**{f"{way}__in": agencies}), pk)

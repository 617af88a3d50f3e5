"""What became of the released decisions of a case, and the way to put one right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from documents.models import Document, Relation
from documents.models import State as Standing

from .. import access
from ..flows import CorrectDocumentFlow
from ..models import Dossier
from ..visitor import visitor


@dataclass
class Told:
    """A released document with what others did to it and it to others; ``may_ask`` where the
    reader may press "Sai gì?"."""

    document: Document
    undergone: list[Relation]
    done: list[Relation]
    may_ask: bool


def of(dossier: Dossier, request: HttpRequest) -> list[Told]:
    """The released documents of a case about which there is something to say or to ask."""
    found = {d.pk: d for d in _released(dossier)}
    if not found:
        return []
    both = Relation.objects.filter(Q(document__in=found) | Q(target__in=found))
    relations = list(both.select_related("document", "target"))
    asked, told = _may_ask(dossier, request), []
    for pk, document in found.items():
        undergone = [r for r in relations if r.target_id == pk]
        done = [r for r in relations if r.document_id == pk]
        # Its own page says which remedies it can have, and why no others.
        may_ask = asked and not any(relation.ends for relation in undergone)
        told.append(Told(document, undergone, done, may_ask))
    return [one for one in told if one.undergone or one.done or one.may_ask]


def homes(told: Iterable[Told], request: HttpRequest) -> dict[int, int]:
    """The cases of the other documents that the reader may see: {document: dossier}."""
    others = {r.document_id for one in told for r in one.undergone}
    others |= {r.target_id for one in told for r in one.done}
    if not others:
        return {}
    seen = access.dossiers_of(request.user, visitor(request).held)
    own = dict(seen.filter(decision__in=others).values_list("decision", "pk"))
    lines = seen.filter(changes__own_decision__in=others)
    return dict(lines.values_list("changes__own_decision", "pk")) | own


def _released(dossier: Dossier) -> list[Document]:
    own = [change.own_decision for change in dossier.lines()]
    return [d for d in (dossier.decision, *own) if d is not None and d.state == Standing.RELEASED]


def _may_ask(dossier: Dossier, request: HttpRequest) -> bool:
    posts = CorrectDocumentFlow.posts_that_may_start(visitor(request).held)
    return any(post.agency_id == dossier.agency_id for post in posts)


def context(dossier: Dossier, request: HttpRequest) -> dict[str, Any]:
    """What the page of a case shows of it."""
    told = of(dossier, request)
    corrected = dossier.corrects
    return {
        "told": told,
        "homes": homes(told, request),
        "corrected": corrected,
    }

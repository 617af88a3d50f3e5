"""Matters begun by the second specialist, so that the first may check them."""

from __future__ import annotations

from procedures import drafting
from procedures.models import Dossier
from procedures.roles import Role

from .correcting import post_of


def begun(cast, flow, by=None, **chosen) -> Dossier:
    author = by or cast(Role.SPECIALIST, 1)
    return drafting.draft(flow, author, post_of(author), **chosen)


def written(road, dossier, said) -> Dossier:
    return road.do(dossier, "edit", dossier.author, said=said)


def sent(road, dossier, said) -> Dossier:
    dossier = written(road, dossier, said)
    return road.do(dossier, "submit", dossier.author)
